Pages are for people: what is known only when it is deployed is shown as that, where the targets
could not say it.

  $ mkdir -p specs/shop
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > notify: {email: ops@example.com}
  > apis: {site: {function: health, routes: [GET /health]}}
  > functions: {health: {alarms: {errors: 5%}}}
  > alarms: {slow: {of: {namespace: AWS/Lambda, metric: Duration}, above: 5, do: Open $(site.url) and see.}}
  > END
  $ wgen build -q && grep 'and see' out/shop/docs/runbook.md
  Open \<endpoint>/$default and see.

They have nothing to report, so a check does not make them; but with templates of one's own they
may.

  $ mkdir specs/shop/docs
  $ echo '{{systems}} costs much' >specs/shop/docs/cost.md.mustache
  $ wgen check
  error[template]: `systems` stands for nothing here
   --> specs/shop/docs/cost.md.mustache:1:1
    |
  1 | {{systems}} costs much
    | ^
  
  wgen: 1 error in specs/shop/docs/cost.md.mustache
  [1]
  $ rm -r specs/shop/docs
  $ mkdir -p own/docs
  $ echo '{{#system}} costs much' >own/docs/cost.md.mustache
  $ wgen check --templates own
  error[template]: a section is not closed: `system`
   --> own/docs/cost.md.mustache:1:1
    |
  1 | {{#system}} costs much
    | ^
  
  wgen: 1 error in own/docs/cost.md.mustache
  [1]
  $ wgen check
  wgen: 1 system checked, no errors (TIME)

Handlers are not made by a check either: what there is to say of them is said before, and the C of
a system is in its `handlers/` beside templates, if it has any.

  $ mkdir -p specs/shop/handlers/lib && touch specs/shop/handlers/health.c && wgen check
  wgen: 1 system checked, no errors (TIME)
  $ echo '{{functions}}' >specs/shop/handlers/skeleton.c.mustache
  $ wgen check
  error[template]: `functions` stands for nothing here
   --> specs/shop/handlers/skeleton.c.mustache:1:1
    |
  1 | {{functions}}
    | ^
  
  wgen: 1 error in specs/shop/handlers/skeleton.c.mustache
  [1]

What is in <> is a name's open part, and no markup that a page swallows; a column that would be empty is not
there; and what comes and goes at run time has nothing beside it that nobody makes.

  $ rm -r specs/shop out
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > doc: Sells <b>shoes</b>, `<as they are>`.
  > region: eu-central-1
  > projects: {p: [ann]}
  > notify: {email: ops@example.com}
  > queues: {orders: {per: user, alarm: {depth: 5}}, answers: {per: {runtime: [id]}}}
  > functions: {take: {uses: {orders: receive, answers: [send, manage]}}}
  > buckets: {inbox: {events: [{call: take}]}}
  > workflows: {sell: {dashboard: true, stages: [{call: take, catch: {error: all, go: Lost}, end: true}, {name: Lost, fail: {error: Lost}}]}}
  > END
  $ wgen build -q && sed -n '1,/^### /p' out/shop/docs/runbook.md
  # shop: runbook
  
  Sells \<b>shoes\</b>, `<as they are>`.
  
  It has 2 queues for each user and 1 for each run, 1 function, 1 bucket, 1 workflow, and what comes with these.
  Beside this page: [what there is](inventory.md), [how it runs](workflows.md), [who may do what](access.md), [what it costs](cost.md).
  All of it is made by wgen from the spec of shop. What is in `<>` is known only where it is deployed.
  
  What the commands on this page need; the second line also says whether you are logged in:
  
  ```sh
  export AWS_REGION=eu-central-1 && region=$AWS_REGION
  account=$(aws sts get-caller-identity --query Account --output text)
  project=p user=ann   # whose it is, of what there is for each
  ```
  
  ## How is it doing
  
  ```sh
  # Alarms that ring, of everything in this account and region: no line, no alarm
  aws cloudwatch describe-alarms --state-value ALARM --output text \
      --query '[MetricAlarms, CompositeAlarms][].[AlarmName, StateUpdatedTimestamp, StateReason]'
  # Does it answer?
  make -C out/shop/deploy smoke
  ```
  
  Its dashboard is [`shop-sell`](https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards:name=shop-sell).
  
  ## Something is wrong
  
  ### `shop-orders-dead-letter-depth`
  $ grep 'Messages wait in' out/shop/docs/runbook.md
  Messages wait in shop-orders-dead-letter-\<project>-\<user>. The alarm's contributors say which. Tells `shop-alerts`.
  Messages wait in shop-orders-\<project>-\<user>. The alarm's contributors say which. Tells `shop-alerts`.
  $ grep 'answers\|stands for' out/shop/docs/inventory.md
  Made by wgen from the spec of shop. `<account>` stands for the account that it is deployed in, and `<project>`
  | answers | `shop-answers-<id>` | made while it runs | shop.yaml:6 |
  $ sed -n '/^## take/,/^## /p' out/shop/docs/access.md
  ## take
  
  Its role is `shop-take-role`; lambda.amazonaws.com acts as it.
  
  By its `uses`: receive orders; send and manage answers.
  
  | may | on |
  |---|---|
  | logs:CreateLogStream<br>logs:PutLogEvents | `arn:aws:logs:eu-central-1:<account>:log-group:/aws/lambda/shop-take:*` |
  | xray:PutTelemetryRecords<br>xray:PutTraceSegments | `*` |
  | sqs:ChangeMessageVisibility<br>sqs:DeleteMessage<br>sqs:ReceiveMessage | `arn:aws:sqs:eu-central-1:<account>:shop-orders-<project>-<user>` |
  | sqs:CreateQueue<br>sqs:DeleteQueue<br>sqs:SendMessage<br>sqs:SetQueueAttributes<br>sqs:TagQueue | `arn:aws:sqs:eu-central-1:<account>:shop-answers-<id>` |
  
  ## sell
  $ sed -n '/^## The whole/,/^| Lost/p' out/shop/docs/workflows.md
  ## The whole
  
  ```mermaid
  %%{init: {"flowchart": {"nodeSpacing": 20, "rankSpacing": 25}}}%%
  flowchart LR
    n1[("orders<br/>queue, one a user")]
    n2[("orders-dead-letter<br/>queue, one a user")]
    n3[("answers<br/>queue, while it runs")]
    n4["take<br/>function"]
    n5[("inbox<br/>bucket")]
    n6{{"sell<br/>workflow"}}
    n4 -->|"receive"| n1
    n4 -->|"send, manage"| n3
    n1 -->|"dead-letter"| n2
    n6 -->|"call"| n4
    n5 -->|"call"| n4
  ```
  
  ## sell: `shop-sell`
  
  ```mermaid
  flowchart TD
    n1(["start"])
    n2(["end"])
    n3["Take"]
    n4(["Lost"])
    n3 -.-> n4
    n3 --> n2
    n1 --> n3
  ```
  
  | state | what it does | tried again | takes at most |
  |---|---|---|---|
  | Take | calls `shop-take` | 3 times on faults of Lambda itself | 30s |
  | Lost | fails: `Lost` |  |  |
  $ wgen graph --of data
  %% shop
  %%{init: {"flowchart": {"nodeSpacing": 20, "rankSpacing": 25}}}%%
  flowchart LR
    n1["take<br/>function"]
    n2[("orders<br/>queue, one a user")]
    n3[("answers<br/>queue, while it runs")]
    n4[("orders-dead-letter<br/>queue, one a user")]
    n5{{"sell<br/>workflow"}}
    n6[("inbox<br/>bucket")]
    n2 -->|"receive"| n1
    n1 -->|"send"| n3
    n2 -->|"dead-letter"| n4
    n5 -->|"call"| n1
    n6 -->|"call"| n1

A runbook counts workflows that are alike, though two of them show how all are, and what there is for
each user by itself.

  $ cat >many.yaml <<'END'
  > system: many
  > queues: {in: {per: user, visibility: 6h}, done: {}}
  > projects: {p: [ann, bob]}
  > blueprints:
  >   one:
  >     stages: [{call: {id: work, timeout: 1m}, save: none}]
  > workflows: {a: {blueprint: one}, b: {blueprint: one}, c: {blueprint: one}, d: {blueprint: one}, e: {blueprint: one}}
  > END
  $ wgen docs many.yaml --page runbook | grep '^It has'
  It has 2 queues and 2 for each user, 5 workflows, 5 functions, and what comes with these.
  $ for page in inventory access cost runbook; do wgen docs many.yaml --page $page | grep '^Like'; done
  Like a: c, d, e.
  Like a: c, d, e. Each has roles of its own, which may do the same to what is its own.
  Like a, and counted with it: c, d, e.
  Like a: c, d, e. Each has its own name in the place of that.
