What there is can be asked for, and drawn.

  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > projects: {amelia: [scott]}
  > queues: {orders: {per: user, dead-letter: {after: 3}}, jobs: {fifo: true}}
  > tables: {items: {key: id}}
  > buckets: {uploads: {events: [{event: created, call: take}]}}
  > functions:
  >   take: {uses: {uploads: read, items: [read, write], orders: send}, alarms: {errors: 1%}}
  >   pay: {}
  > workflows:
  >   sell:
  >     stages:
  >       - call: take
  >         catch: {error: all, go: Sorry}
  >       - name: Is it "dear"?
  >         choose: [{if: $.price > 100, go: Pay}]
  >         else: Each
  >       - call: pay
  >       - name: Each
  >         each: $.items
  >         do: [{name: Send, send: jobs, message: $, group: all, dedupe: $.id}]
  >       - name: Done
  >         succeed: true
  >       - name: Sorry
  >         fail: {error: Sorry}
  > END
  $ wgen list
  SYSTEM  KIND      ID                  NAME                                      STACK           SPEC
  shop    queue     orders              shop-orders-<project>-<user>              (one for each)  specs/shop.yaml:4
  shop    queue     orders.dead-letter  shop-orders-dead-letter-<project>-<user>  (one for each)  specs/shop.yaml:4
  shop    queue     jobs                shop-jobs.fifo                            shop            specs/shop.yaml:4
  shop    queue     jobs.dead-letter    shop-jobs-dead-letter.fifo                shop            specs/shop.yaml:4
  shop    table     items               shop-items                                shop            specs/shop.yaml:5
  shop    bucket    uploads             shop-uploads-<account>                    shop            specs/shop.yaml:6
  shop    function  take                shop-take                                 shop            specs/shop.yaml:8
  shop    function  pay                 shop-pay                                  shop            specs/shop.yaml:9
  shop    workflow  sell                shop-sell                                 shop-sell       specs/shop.yaml:11
  $ wgen list --json | head -12
  [
    {
      "system": "shop",
      "environment": "",
      "kind": "queue",
      "id": "orders",
      "name": "shop-orders-<project>-<user>",
      "stack": "",
      "logicalId": "QueueOrders",
      "where": "specs/shop.yaml:4"
    },
    {
  $ wgen show orders
  shop: queue orders
    name         shop-orders-<project>-<user>
    is           Decouples a producer from a consumer; delivers each message at least once.
    spec         specs/shop.yaml:4
    stack        one for each item of its fan-out
    variable     ORDERS_QUEUE_NAME
    used by      take (send)
    with it      orders.dead-letter (queue)
    AWS          QueueOrders (AWS::SQS::Queue), QueueOrdersPolicy (AWS::SQS::QueuePolicy)
    Terraform    aws_sqs_queue.orders[each.key], aws_sqs_queue_policy.orders[each.key]
  $ wgen show queues.jobs
  shop: queue jobs
    name         shop-jobs.fifo
    is           Decouples a producer from a consumer; delivers each message at least once.
    spec         specs/shop.yaml:4
    stack        shop
    variable     JOBS_QUEUE_NAME
    used by      sell (as its send)
    with it      jobs.dead-letter (queue)
    AWS          QueueJobs (AWS::SQS::Queue), QueueJobsPolicy (AWS::SQS::QueuePolicy)
    Terraform    aws_sqs_queue.jobs, aws_sqs_queue_policy.jobs
  $ wgen show order
  error[unknown-resource]: no resource is called `order`
  help: did you mean `orders`?
  
  wgen: 1 error
  [1]
  $ wgen who-can send orders
  SYSTEM  WHO   MAY              WHY
  shop    take  sqs:SendMessage  uses: specs/shop.yaml:8
  $ wgen who-can send jobs --json
  [
    {
      "system": "shop",
      "environment": "",
      "who": "sell",
      "actions": "sqs:SendMessage",
      "why": "a stage of it: specs/shop.yaml:21"
    }
  ]
  $ wgen who-can receive jobs
  nobody
  $ wgen who-can write jobs
  error[unknown-access]: a queue has no access `write`
  help: it has send, receive, poll, manage, find, list
  
  wgen: 1 error
  [1]
  $ wgen who-can send
  error[usage]: `wgen who-can` needs to know of what
  help: usage: wgen who-can ACCESS NAME [SPEC...]
  
  [2]

  $ wgen graph --of workflow
  %% shop: sell
  flowchart TD
    n1(["start"])
    n2["Take"]
    n3{"Is it #quot;dear#quot;?"}
    n4["Pay"]
    subgraph n5["Each: for each"]
      direction TB
      n6["Send"]
    end
    n7(["Done"])
    n8(["Sorry"])
    n2 --> n3
    n2 -.-> n8
    n3 -->|"$.price #gt; 100"| n4
    n3 -->|"otherwise"| n5
    n4 --> n5
    n5 --> n7
    n1 --> n2
  $ wgen graph
  %% shop
  %%{init: {"flowchart": {"nodeSpacing": 20, "rankSpacing": 25}}}%%
  flowchart LR
    n1[("orders<br/>queue, one a user")]
    n2[("orders-dead-letter<br/>queue, one a user")]
    n3[("jobs<br/>queue")]
    n4[("jobs-dead-letter<br/>queue")]
    n5[("items<br/>table")]
    n6[("uploads<br/>bucket")]
    n7["take<br/>function"]
    n8["pay<br/>function"]
    n9{{"sell<br/>workflow"}}
    n7 -->|"read"| n6
    n7 -->|"read, write"| n5
    n7 -->|"send"| n1
    n1 -->|"dead-letter"| n2
    n9 -->|"send"| n3
    n3 -->|"dead-letter"| n4
    n9 -->|"call"| n7
    n6 -->|"call"| n7
    n9 -->|"call"| n8
  $ wgen graph --of data --as dot
  // shop
  digraph {
    rankdir=LR; compound=true; fontname="sans-serif";
    node [fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];
    n1 [label="take\nfunction", shape=box];
    n2 [label="uploads\nbucket", shape=cylinder];
    n3 [label="items\ntable", shape=cylinder];
    n4 [label="orders\nqueue, one a user", shape=cylinder];
    n5 [label="orders-dead-letter\nqueue, one a user", shape=cylinder];
    n6 [label="jobs\nqueue", shape=cylinder];
    n7 [label="sell\nworkflow", shape=hexagon];
    n8 [label="jobs-dead-letter\nqueue", shape=cylinder];
    n9 [label="pay\nfunction", shape=box];
    n2 -> n1 [label="read"];
    n3 -> n1 [label="read"];
    n1 -> n3 [label="write"];
    n1 -> n4 [label="send"];
    n4 -> n5 [label="dead-letter"];
    n7 -> n6 [label="send"];
    n6 -> n8 [label="dead-letter"];
    n7 -> n1 [label="call"];
    n7 -> n9 [label="call"];
  }
  $ PATH="$TESTS/cli/fake:$PATH" wgen graph --of workflow --as svg
  <svg><!-- -Tsvg of 1 --></svg>
  $ wgen docs --list
  shop/docs/runbook.md
  shop/docs/inventory.md
  shop/docs/workflows.md
  shop/docs/access.md
  shop/docs/cost.md
  $ wgen docs --page runbook | sed -n '/## Something/,/## Deploying/p'
  ## Something is wrong
  
  ### `shop-orders-dead-letter-depth`
  
  Messages wait in shop-orders-dead-letter-\<project>-\<user>. The alarm's contributors say which. Tells `shop-alerts`.
  
  See whether what takes its messages runs and succeeds. If these are dead letters, read one, mend the cause, then send them back.
  
  ```sh
  # How many messages wait
  aws sqs get-queue-attributes \
      --queue-url "https://sqs.eu-central-1.amazonaws.com/${account}/shop-orders-dead-letter-${project}-${user}" \
      --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible
  # Read one and leave it there
  aws sqs receive-message \
      --queue-url "https://sqs.eu-central-1.amazonaws.com/${account}/shop-orders-dead-letter-${project}-${user}" \
      --visibility-timeout 1 --attribute-names All
  # Send its dead letters back
  aws sqs start-message-move-task \
      --source-arn "arn:aws:sqs:eu-central-1:${account}:shop-orders-dead-letter-${project}-${user}" \
      --destination-arn "arn:aws:sqs:eu-central-1:${account}:shop-orders-${project}-${user}"
  ```
  
  ### `shop-jobs-dead-letter.fifo-depth`
  
  Messages wait in shop-jobs-dead-letter.fifo. Tells `shop-alerts`.
  
  See whether what takes its messages runs and succeeds. If these are dead letters, read one, mend the cause, then send them back.
  
  ```sh
  # How many messages wait
  aws sqs get-queue-attributes \
      --queue-url "https://sqs.eu-central-1.amazonaws.com/${account}/shop-jobs-dead-letter.fifo" \
      --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible
  # Read one and leave it there
  aws sqs receive-message \
      --queue-url "https://sqs.eu-central-1.amazonaws.com/${account}/shop-jobs-dead-letter.fifo" \
      --visibility-timeout 1 --attribute-names All
  # Send its dead letters back
  aws sqs start-message-move-task \
      --source-arn "arn:aws:sqs:eu-central-1:${account}:shop-jobs-dead-letter.fifo" \
      --destination-arn "arn:aws:sqs:eu-central-1:${account}:shop-jobs.fifo"
  ```
  
  ### `shop-take-errors`
  
  More than 1% of the calls of shop-take fail. Tells `shop-alerts`.
  
  Read its log: each failed call ends in a line with `level: ERROR`. If it began with a release, go back to the one before.
  
  ```sh
  # Its log
  aws logs tail /aws/lambda/shop-take --follow
  # Call it
  aws lambda invoke --function-name shop-take --payload '{}' \
      --cli-binary-format raw-in-base64-out /dev/stdout
  ```
  
  ## Deploying
  ## Something is in the way
  
  A deployment that says `already exists` has met a thing that another one left behind. If nobody needs what
  is in it, delete it, as above. If its data is wanted, make it part of its stack again; here are the names
  that are asked for. With Terraform, in the stack's folder:
  
  ```sh
  terraform -chdir=out/shop/terraform/STACK import ADDRESS VALUE
  ```
  
  With CloudFormation, by a change set that imports it and changes nothing else:
  
  ```sh
  aws cloudformation create-change-set --stack-name STACK \
      --change-set-name adopt --change-set-type IMPORT --capabilities CAPABILITY_NAMED_IAM \
      --template-body file://out/shop/cloudformation/STACK.yaml \
      --resources-to-import '[{"ResourceType": "TYPE", "LogicalResourceId": "ID",
          "ResourceIdentifier": {"BY": "VALUE"}}]'
  aws cloudformation wait change-set-create-complete --stack-name STACK --change-set-name adopt
  aws cloudformation execute-change-set --stack-name STACK --change-set-name adopt
  ```
  
  | VALUE | STACK | ADDRESS | TYPE | ID | BY |
  |---|---|---|---|---|---|
  | `"arn:aws:sns:eu-central-1:${account}:shop-alerts"` | shop | `aws_sns_topic.alerts` | AWS::SNS::Topic | TopicAlerts | TopicArn |
  | `"shop-code-${account}"` | shop-foundation | `aws_s3_bucket.code` | AWS::S3::Bucket | BucketCode | BucketName |
  | `"https://sqs.eu-central-1.amazonaws.com/${account}/shop-jobs.fifo"` | shop | `aws_sqs_queue.jobs` | AWS::SQS::Queue | QueueJobs | QueueUrl |
  | `"https://sqs.eu-central-1.amazonaws.com/${account}/shop-jobs-dead-letter.fifo"` | shop | `aws_sqs_queue.jobs_dead_letter` | AWS::SQS::Queue | QueueJobsDeadLetter | QueueUrl |
  | `shop-items` | shop | `aws_dynamodb_table.items` | AWS::DynamoDB::Table | TableItems | TableName |
  | `"shop-uploads-${account}"` | shop | `aws_s3_bucket.uploads` | AWS::S3::Bucket | BucketUploads | BucketName |
  | `shop-take` | shop | `aws_lambda_function.take` | AWS::Lambda::Function | FunctionTake | FunctionName |
  | `/aws/lambda/shop-take` | shop | `aws_cloudwatch_log_group.take` | AWS::Logs::LogGroup | LogTake | LogGroupName |
  | `shop-take-role` | shop | `aws_iam_role.take` | AWS::IAM::Role | RoleTake | RoleName |
  | `shop-pay` | shop | `aws_lambda_function.pay` | AWS::Lambda::Function | FunctionPay | FunctionName |
  | `/aws/lambda/shop-pay` | shop | `aws_cloudwatch_log_group.pay` | AWS::Logs::LogGroup | LogPay | LogGroupName |
  | `shop-pay-role` | shop | `aws_iam_role.pay` | AWS::IAM::Role | RolePay | RoleName |
  | `"arn:aws:states:eu-central-1:${account}:stateMachine:shop-sell"` | shop-sell | `aws_sfn_state_machine.sell` | AWS::StepFunctions::StateMachine | WorkflowSell | Arn |
  | `/aws/vendedlogs/states/shop-sell` | shop-sell | `aws_cloudwatch_log_group.sell` | AWS::Logs::LogGroup | LogSell | LogGroupName |
  | `shop-sell-role` | shop-sell | `aws_iam_role.sell` | AWS::IAM::Role | RoleSell | RoleName |
  $ wgen docs --page access | sed -n '/## take/,/## pay/p'
  ## take
  
  Its role is `shop-take-role`; lambda.amazonaws.com acts as it.
  
  By its `uses`: read uploads; read and write items; send orders.
  
  | may | on |
  |---|---|
  | logs:CreateLogStream<br>logs:PutLogEvents | `arn:aws:logs:eu-central-1:<account>:log-group:/aws/lambda/shop-take:*` |
  | xray:PutTelemetryRecords<br>xray:PutTraceSegments | `*` |
  | s3:GetObject | `arn:aws:s3:::shop-uploads-<account>/*` |
  | s3:ListBucket | `arn:aws:s3:::shop-uploads-<account>` |
  | dynamodb:BatchGetItem<br>dynamodb:BatchWriteItem<br>dynamodb:ConditionCheckItem<br>dynamodb:DeleteItem<br>dynamodb:GetItem<br>dynamodb:PutItem<br>dynamodb:Query<br>dynamodb:UpdateItem | `arn:aws:dynamodb:eu-central-1:<account>:table/shop-items` |
  | sqs:SendMessage | `arn:aws:sqs:eu-central-1:<account>:shop-orders-<project>-<user>` |
  
  ## pay
  $ wgen graph --help
  wgen graph - draw a system, its workflows, or where its data goes
  
    wgen graph specs/orders.yaml                  # what is connected with what
    wgen graph specs/orders.yaml --of workflow    # its states, choices and catches
    wgen graph specs/orders.yaml --of data --as svg > data.svg
  
  Usage: wgen graph [OPTION...] [SPEC...]
  
  A picture of each system, as Mermaid, which GitHub and editors show, or for Graphviz.
  Dashed lines are ways that are taken when something fails. SPEC is as in `wgen build`.
  
  Options:
    -e, --env ENV                only this environment
        --of WHAT                what is drawn: what is connected, how workflows run, where data goes (system): system|workflow|data
        --as FORM                how it is written (mermaid); svg needs Graphviz: mermaid|dot|svg
  
  Options of every command:
    -f, --format FORMAT          how messages look (human): human|short|json|jsonl|sarif|github|gitlab|junit
        --max-errors N           print at most N errors; 0: all (20)
        --templates DIR          look for kinds and templates in DIR before the built-in ones
        --color WHEN             colour messages (auto): auto|always|never
    -C, --directory DIR          run as if started in DIR
    -q, --quiet                  print nothing but errors
    -v, --verbose                say more about what was done
    -h, --help                   print help and exit
        --version                print the version and exit

A bucket that outlives its stack is emptied of its versions and markers too, as many at a time as S3 takes.

  $ rm -r specs; mkdir specs; printf 'system: shop\nregion: eu-central-1\nbuckets: {inbox: {name: shop-inbox}}\n' >specs/shop.yaml
  $ wgen docs --page runbook | sed -n '/^### buckets that stay/,/^```$/p' | grep shop-inbox >remove.sh
  $ cat >aws <<'END'
  > #!/bin/sh
  > case "$*" in
  > *list-object-versions*) printf '{"Objects": [%s]}\n' "$(head -2 objects | sed 's/.*/{"VersionId": "&"}/' | paste -sd,)" ;;
  > *delete-objects*) sed -i 1,2d objects; echo "$@" ;;
  > *) echo "$@"; [ ! -s objects ] ;;
  > esac
  > END
  $ chmod +x aws; seq 5 >objects; PATH=$PWD:$PATH sh -e remove.sh && wc -c objects
  s3api delete-bucket --bucket shop-inbox
  0 objects

Several pictures are one, with a frame for each.

  $ rm -r specs; mkdir specs; printf 'system: shop\nregion: eu-central-1\nfunctions: {f: {}}\nworkflows:\n  a: {stages: [{call: f}]}\n  b: {stages: [{call: f}]}\n' >specs/shop.yaml
  $ wgen graph --of workflow
  %% shop: a
  %% shop: b
  flowchart TD
    subgraph n1["shop: a"]
      direction TB
      n2(["start"])
      n3(["end"])
      n4["F"]
    end
    subgraph n5["shop: b"]
      direction TB
      n6(["start"])
      n7(["end"])
      n8["F"]
    end
    n4 --> n3
    n2 --> n4
    n8 --> n7
    n6 --> n8
  $ wgen graph --of workflow --as dot
  // shop: a
  // shop: b
  digraph {
    rankdir=TB; compound=true; fontname="sans-serif";
    node [fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];
    subgraph cluster_n1 { label="shop: a"
      n2 [label="start", shape=oval];
      n3 [label="end", shape=oval];
      n4 [label="F", shape=box];
    }
    subgraph cluster_n5 { label="shop: b"
      n6 [label="start", shape=oval];
      n7 [label="end", shape=oval];
      n8 [label="F", shape=box];
    }
    n4 -> n3 [label=""];
    n2 -> n4 [label=""];
    n8 -> n7 [label=""];
    n6 -> n8 [label=""];
  }

A system without workflows has none to draw. Where a workflow has storage, its data goes through that.

  $ printf 'system: shop\nregion: eu-central-1\nfunctions: {f: {}}\n' >specs/shop.yaml
  $ wgen graph --of workflow
  wgen: there is no workflow to draw
  $ printf 'system: shop\nregion: eu-central-1\nworkflows:\n  a: {storage: {}, stages: [{call: {id: f}}, {call: {id: g}}]}\n' >specs/shop.yaml
  $ wgen graph --of data
  %% shop
  %%{init: {"flowchart": {"nodeSpacing": 20, "rankSpacing": 25}}}%%
  flowchart LR
    subgraph n1["a"]
      direction LR
      n2["f<br/>function"]
      n3[("storage<br/>bucket")]
      n4["g<br/>function"]
      n5{{"a<br/>workflow"}}
    end
    n2 -->|"write"| n3
    n3 -->|"read"| n4
    n4 -->|"write"| n3
    n5 -->|"call"| n2
    n5 -->|"call"| n4
