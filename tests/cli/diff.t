What a deployment would do, between two versions of a spec.

  $ mkdir specs && cat >specs/shop.yaml <<'END'
  > system: shop
  > queues:
  >   orders: {}
  >   mails: {fifo: true}
  > tables:
  >   sessions: {key: id}
  >   carts: {key: id}
  > functions:
  >   bill: {uses: {orders: send, sessions: read}}
  > END
  $ cp specs/shop.yaml old.yaml && sed -i 's/system: shop/system: old/' old.yaml
  $ wgen build -q && wgen diff
  wgen: no difference
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > queues:
  >   orders: {retention: 7d}
  >   mails: {}
  >   bills: {}
  > tables:
  >   sessions: {key: token}
  > functions:
  >   bill: {memory: 256MB, uses: {orders: send, sessions: [read, write], bills: send}}
  > END
  $ wgen diff
  shop
    + CloudWatch::Alarm AlarmBillsDeadLetterDepth (shop-bills-dead-letter-depth)
    ! CloudWatch::Alarm AlarmMailsDeadLetterDepth (shop-mails-dead-letter.fifo-depth) is made anew
        AlarmName: "shop-mails-dead-letter.fifo-depth" -> "shop-mails-dead-letter-depth"   (makes it anew)
        AlarmDescription: "Messages wait in shop-mails-dead-letter.fifo." -> "Messages wait in shop-mails-dead-letter."
        Dimensions: [{"Name":"QueueName","Value":"shop-mails-dead-letter.fifo"}] -> [{"Name":"QueueName","Value":"shop-mails-dead-letter"}]
    ~ Lambda::Function FunctionBill (shop-bill)
        MemorySize: 128 -> 256
        Environment/Variables/BILLS_QUEUE_NAME: nothing -> "shop-bills"
    + SQS::Queue QueueBills (shop-bills)
    + SQS::Queue QueueBillsDeadLetter (shop-bills-dead-letter)
    + SQS::QueuePolicy QueueBillsDeadLetterPolicy
        forbids sqs:* on QueueBillsDeadLetter.Arn, for "*", if {"Bool":{"aws:SecureTrans...
    + SQS::QueuePolicy QueueBillsPolicy
        forbids sqs:* on QueueBills.Arn, for "*", if {"Bool":{"aws:SecureTransport":"fal...
    ! SQS::Queue QueueMails (shop-mails.fifo) is made anew, and its data is lost
        QueueName: "shop-mails.fifo" -> "shop-mails"   (makes it anew)
        FifoQueue: true -> nothing   (makes it anew)
    ! SQS::Queue QueueMailsDeadLetter (shop-mails-dead-letter.fifo) is made anew, and its data is lost
        QueueName: "shop-mails-dead-letter.fifo" -> "shop-mails-dead-letter"   (makes it anew)
        FifoQueue: true -> nothing   (makes it anew)
        RedriveAllowPolicy/sourceQueueArns: [{"Fn::Sub":"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:... -> [{"Fn::Sub":"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:...
    ~ SQS::Queue QueueOrders (shop-orders)
        MessageRetentionPeriod: 345600 -> 604800
    ~ IAM::Role RoleBill (shop-bill-role)
        allows sqs:SendMessage on shop-bills
        allows dynamodb:BatchWriteItem on table/shop-sessions
        allows dynamodb:DeleteItem on table/shop-sessions
        allows dynamodb:PutItem on table/shop-sessions
        allows dynamodb:UpdateItem on table/shop-sessions
    - DynamoDB::Table TableCarts (shop-carts) is no longer managed, and stays in AWS
    ! DynamoDB::Table TableSessions (shop-sessions) is made anew, and the old one stays behind with its data
        CloudFormation refuses this while the name stays: give it another `name`
        AttributeDefinitions: [{"AttributeName":"id","AttributeType":"S"}] -> [{"AttributeName":"token","AttributeType":"S"}]
        KeySchema: [{"AttributeName":"id","KeyType":"HASH"}] -> [{"AttributeName":"token","KeyType":"HASH"}]   (makes it anew)
  costs: 1.20 -> 1.30 USD a month, 0.10 more
    + alarm bills.dead-letter.alarm-depth, metrics watched: 0.10
  wgen: 5 added, 3 changed, 4 replaced, 1 removed; 1 that CloudFormation refuses; 2 lost with their data; 5 grants more; 0.10 USD a month more
  $ for command in diff list cost 'show orders'; do
  >   wgen $command --json >json; wgen $command --format json | cmp json - && test -s json || echo $command; done
  $ wgen diff --json | jq -c '.changes[] | select(.change != "added" and .change != "changed") | [.change, .id, .data_lost, .properties[0].property]'
  ["replaced","AlarmMailsDeadLetterDepth",false,"AlarmName"]
  ["replaced","QueueMails",true,"QueueName"]
  ["replaced","QueueMailsDeadLetter",true,"QueueName"]
  ["removed","TableCarts",false,null]
  ["replaced","TableSessions",false,"AttributeDefinitions"]
  $ wgen diff --markdown | head -12
  ### What a deployment does: 5 added, 3 changed, 4 replaced, 1 removed; 1 that CloudFormation refuses; 2 lost with their data; 5 grants more; 0.10 USD a month more
  
  - **replaced** CloudWatch::Alarm `AlarmMailsDeadLetterDepth` (shop-mails-dead-letter.fifo-depth) is made anew, in `shop`
    ```text
    AlarmName: "shop-mails-dead-letter.fifo-depth" -> "shop-mails-dead-letter-depth"   (makes it anew)
    AlarmDescription: "Messages wait in shop-mails-dead-letter.fifo." -> "Messages wait in shop-mails-dead-letter."
    Dimensions: [{"Name":"QueueName","Value":"shop-mails-dead-letter.fifo"}] -> [{"Name":"QueueName","Value":"shop-mails-dead-letter"}]
    ```
  - :warning: **replaced** SQS::Queue `QueueMails` (shop-mails.fifo) is made anew, and its data is lost, in `shop`
    ```text
    QueueName: "shop-mails.fifo" -> "shop-mails"   (makes it anew)
    FifoQueue: true -> nothing   (makes it anew)

For pipelines: what must not happen.

  $ wgen diff --fail-on data-loss >/dev/null
  error[unwanted-change]: 2 changes that `--fail-on data-loss` is about
  
  wgen: 1 difference
  wgen: 5 added, 3 changed, 4 replaced, 1 removed; 1 that CloudFormation refuses; 2 lost with their data; 5 grants more; 0.10 USD a month more
  [3]
  $ wgen diff --fail-on grants --exit-zero >/dev/null 2>&1
  $ wgen diff --fail-on replace -q >/dev/null
  error[unwanted-change]: 4 changes that `--fail-on replace` is about
  
  [3]
  $ wgen diff out out --fail-on any
  wgen: no difference

With one template, as it was read back.

  $ wgen diff - specs/shop.yaml 2>told <out/shop/cloudformation/shop.yaml | head -3; cat told
  standard input
    - DynamoDB::Table TableCarts (shop-carts) is no longer managed, and stays in AWS
  shop
  wgen: 5 added, 3 changed, 4 replaced, 1 removed; 1 that CloudFormation refuses; 2 lost with their data; 5 grants more
  $ jq -Rs '{TemplateBody: .}' out/shop/cloudformation/shop.yaml >back.json && wgen diff back.json out
  wgen: no difference
  $ wgen diff nowhere specs
  error[unreadable]: cannot read `nowhere`: No such file or directory
   --> nowhere
  
  wgen: 1 error in nowhere
  [4]
  $ printf 'a: 1\n' | wgen diff - specs
  error[usage]: `standard input` is no CloudFormation template
   --> standard input:1:1
    |
  1 | a: 1
    | ^
  
  [2]

A thing that keeps its name but not its id, or not its stack, is made anew.

  $ wgen build -q && sed 's/QueueOrders:/QueueOther:/; s/\[QueueOrders,/[QueueOther,/; s/QueueOrders}/QueueOther}/' out/shop/cloudformation/shop.yaml >other.yaml
  $ wgen diff out/shop other.yaml 2>/dev/null | grep 'QueueOrders '
    ! SQS::Queue QueueOrders (shop-orders) is called QueueOther: it is made anew, and its data is lost
  $ wgen diff out/shop other.yaml --json | jq -c '.changes[] | select(.change == "renamed") | [.id, .new_id, .data_lost, .refused]'
  ["QueueOrders","QueueOther",true,true]

What is deployed, beside the spec.

  $ wgen drift
  # Reads every stack as it is deployed, for `wgen drift --from DIR`.
  mkdir -p "${1:-deployed}" && cd "${1:-deployed}" || exit
  aws cloudformation get-template --stack-name 'shop-foundation' --template-stage Original >'shop-foundation.json'
  aws cloudformation describe-stack-resource-drifts --stack-name 'shop-foundation' >'shop-foundation.drifts.json' || rm -f 'shop-foundation.drifts.json'
  aws cloudformation get-template --stack-name 'shop' --template-stage Original >'shop.json'
  aws cloudformation describe-stack-resource-drifts --stack-name 'shop' >'shop.drifts.json' || rm -f 'shop.drifts.json'
  $ mkdir deployed && for stack in shop shop-foundation; do jq -Rs '{TemplateBody: .}' out/shop/cloudformation/$stack.yaml >deployed/$stack.json; done
  $ wgen drift --from deployed
  wgen: no difference
  $ sed -i 's/256/512/' deployed/shop.json
  $ cat >deployed/shop.drifts.json <<'END'
  > {"StackResourceDrifts": [
  >   {"LogicalResourceId": "QueueOrders", "StackResourceDriftStatus": "MODIFIED", "PropertyDifferences": [
  >     {"PropertyPath": "/DelaySeconds", "ExpectedValue": "0", "ActualValue": "5", "DifferenceType": "NOT_EQUAL"}]},
  >   {"LogicalResourceId": "QueueBills", "StackResourceDriftStatus": "DELETED"},
  >   {"LogicalResourceId": "FunctionBill", "StackResourceDriftStatus": "IN_SYNC"}]}
  > END
  $ wgen drift --from deployed
  shop
    ~ Lambda::Function FunctionBill (shop-bill)
        MemorySize: 512 -> 256
  error[drift]: `QueueOrders` of the stack shop was changed by hand
    = note: /DelaySeconds is 5, and 0 in the template
  
  error[drift]: `QueueBills` of the stack shop was deleted
  
  error[drift]: what is deployed is not what the spec says
  
  wgen: 3 differences
  wgen: 1 changed
  [3]

What gets dearer, by the usage that the specs expect.

  $ mkdir priced && cat >priced/shop.yaml <<'END'
  > system: shop
  > queues: {orders: {usage: {messages: 1M/month}}}
  > functions: {api: {memory: 1GB, usage: {requests: 1M/month, duration: 50ms}}}
  > END
  $ wgen build -q priced -o before && sed -i 's/1GB/2GB/; s/queues: {/&bills: {fifo: true, usage: {messages: 1M\/month}}, /' priced/shop.yaml
  $ wgen diff before priced --fail-on cost | sed -n '/^costs/,$p'
  error[unwanted-change]: it gets dearer, by 2.26 USD a month, which `--fail-on cost` is about
  
  wgen: 1 difference
  wgen: 5 added, 1 changed; 2.26 USD a month more
  costs: 3.17 -> 5.43 USD a month, 2.26 more
    + queue bills, requests: send, receive, delete: 1.50
    ~ function api, computing: 0.67 -> 1.33
    + alarm bills.dead-letter.alarm-depth, metrics watched: 0.10
  $ wgen diff before priced --markdown | tail -5
  :moneybag: 3.17 -> 5.43 USD a month, 2.26 more, by the usage that the spec expects:
  
  - queue bills, requests: send, receive, delete: 1.50
  - function api, computing: 0.67 -> 1.33
  - alarm bills.dead-letter.alarm-depth, metrics watched: 0.10
  $ wgen diff before priced --json | jq -c '.costs | [.before, .after, (.changes | length)]'
  [3.17,5.43,3]
  $ wgen diff priced before --fail-on cost | tail -2
  wgen: 1 changed, 5 removed; 2 lost with their data; 2 grants more; 2.26 USD a month less
    ~ function api, computing: 1.33 -> 0.67
    - alarm bills.dead-letter.alarm-depth, metrics watched: 0.10

CloudFormation would make a budget anew for other shares, and cannot under the name that the budget has.

  $ printf 'system: shop\nnotify: {email: ops@example.com}\nbudgets: {monthly: {month: 50USD}}\n' >specs/shop.yaml
  $ mkdir was && cp specs/shop.yaml was && sed -i 's/50USD/50USD, warn-at: [90%]/' specs/shop.yaml
  $ wgen diff was specs 2>&1 | grep -v NotificationsWith
  shop
    ! Budgets::Budget BudgetMonthly (shop-monthly) is made anew
        CloudFormation refuses this while the name stays: give it another `name`
  wgen: 1 replaced; 1 that CloudFormation refuses

It adds or removes one index of a table at a time, and changes none.

  $ tables() { printf 'system: shop\ntables: {carts: {key: id, indexes: {%s}}}\n' "$1" >$2/shop.yaml; }
  $ tables 'by-user: {key: user}' was; tables 'by-user: {key: user}, by-day: {key: day}' specs
  $ wgen diff was specs 2>&1 | grep -e '!' -e '~' -e refuses -e wgen:
    ~ DynamoDB::Table TableCarts (shop-carts)
  wgen: 1 changed
  $ tables 'by-user: {key: user}, by-day: {key: day}, by-shop: {key: shop}' specs
  $ wgen diff was specs 2>&1 | grep -e '!' -e '~' -e refuses -e wgen:
    ~ DynamoDB::Table TableCarts (shop-carts)
        CloudFormation refuses this: it adds or removes one at a time, and changes none; take several deployments, and another name for another one
  wgen: 1 changed; 1 that CloudFormation refuses
  $ tables 'by-user: {key: user, sort: day}' specs
  $ wgen diff was specs 2>&1 | grep -e '!' -e '~' -e refuses -e wgen:
    ~ DynamoDB::Table TableCarts (shop-carts)
        CloudFormation refuses this: it adds or removes one at a time, and changes none; take several deployments, and another name for another one
  wgen: 1 changed; 1 that CloudFormation refuses
