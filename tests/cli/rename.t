Another name in the spec, for what stays the same where it is deployed.

  $ mkdir specs && cat >specs/shop.yaml <<'END'
  > system: shop
  > queues:
  >   orders: {retention: 7d}   # orders, as they come
  >   mails: {}
  > tables:
  >   input: {key: orders}
  > functions:
  >   bill:
  >     input: {orders: string}
  >     trigger: {queue: orders}
  >     uses: {mails: send, input: read}
  > workflows:
  >   nightly:
  >     stages:
  >       - name: Any
  >         choose: {if: $.orders == 1, go: Bill}
  >         else: Done
  >       - call: bill
  >         with: {orders: $.orders}
  >       - send: orders
  >         message: "orders"
  >       - name: Done
  >         succeed: true
  > outputs: {url: queues.orders.url}
  > END
  $ wgen rename queue orders purchases
  wgen: queue `orders` is now `purchases`, in 4 places
  wgen: next: `wgen build`
  wgen: code that names it in C (its client, its variables) has to follow
  $ wgen build -q && ls out/shop/cloudformation && cp -r out out1
  shop-foundation.yaml
  shop-nightly.yaml
  shop.yaml
  $ wgen rename queue purchases orders
  wgen: queue `purchases` is now `orders`, in 4 places
  wgen: deployed it keeps its logical id and its name, `shop-purchases`: AWS renames nothing without making it anew
  wgen: next: `wgen build`; Terraform is told with `moved`, CloudFormation changes no more of it than tags
  wgen: code that names it in C (its client, its variables) has to follow
  $ wgen build -q && wgen rename queue orders buys --dry-run
  --- specs/shop.yaml
  +++ specs/shop.yaml
  @@ -1,13 +1,13 @@
   system: shop
   queues:
  -  orders: {retention: 7d}   # orders, as they come
  +  buys: {retention: 7d}   # orders, as they come
     mails: {}
   tables:
     input: {key: orders}
   functions:
     bill:
       input: {orders: string}
  -    trigger: {queue: orders}
  +    trigger: {queue: buys}
       uses: {mails: send, input: read}
   workflows:
     nightly:
  @@ -17,8 +17,8 @@
           else: Done
         - call: bill
           with: {orders: $.orders}
  -      - send: orders
  +      - send: buys
           message: "orders"
         - name: Done
           succeed: true
  -outputs: {url: queues.orders.url}
  +outputs: {url: queues.buys.url}
  --- specs/shop/wgen.lock
  +++ specs/shop/wgen.lock
  @@ -1,8 +1,9 @@
   # Where everything is deployed: a moved queue is a deleted queue. wgen keeps this; commit it.
   shared alerts 1
   shared bill 1
  +shared buys 1
   shared input 1
   shared key 1
   shared mails 1
  -shared orders 1
  -was orders purchases 1
  +was buys orders 2
  +was buys purchases 1
  wgen: nothing was written
  $ wgen rename queue orders buys
  wgen: queue `orders` is now `buys`, in 4 places
  wgen: deployed it keeps its logical id and its name, `shop-purchases`: AWS renames nothing without making it anew
  wgen: next: `wgen build`; Terraform is told with `moved`, CloudFormation changes no more of it than tags
  wgen: code that names it in C (its client, its variables) has to follow
  $ wgen build -q
  $ for stack in shop shop-nightly; do sed 's/ *#.*//' out1/shop/cloudformation/$stack.yaml >a; sed 's/ *#.*//' out/shop/cloudformation/$stack.yaml >b; diff -U0 a b | grep "^[-+] "; done
  -                  "Next": "Purchases"
  +                  "Next": "Buys"
  -                "Purchases": {
  +                "Buys": {
  -                    "QueueUrl": "${PurchasesUrl}",
  +                    "QueueUrl": "${BuysUrl}",
  -            PurchasesUrl: {Fn::Sub: "https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/shop-purchases"}
  +            BuysUrl: {Fn::Sub: "https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/shop-purchases"}
  $ grep -A3 '^moved' out/shop/terraform/shop/main.tf
  moved {
    from = aws_sqs_queue.purchases
    to   = aws_sqs_queue.orders
  }
  --
  moved {
    from = aws_sqs_queue.orders
    to   = aws_sqs_queue.buys
  }
  --
  moved {
    from = aws_sqs_queue_policy.purchases
    to   = aws_sqs_queue_policy.orders
  }
  --
  moved {
    from = aws_sqs_queue_policy.orders
    to   = aws_sqs_queue_policy.buys
  }
  --
  moved {
    from = aws_sqs_queue.purchases_dead_letter
    to   = aws_sqs_queue.orders_dead_letter
  }
  --
  moved {
    from = aws_sqs_queue.orders_dead_letter
    to   = aws_sqs_queue.buys_dead_letter
  }
  --
  moved {
    from = aws_sqs_queue_redrive_allow_policy.purchases_dead_letter
    to   = aws_sqs_queue_redrive_allow_policy.orders_dead_letter
  }
  --
  moved {
    from = aws_sqs_queue_redrive_allow_policy.orders_dead_letter
    to   = aws_sqs_queue_redrive_allow_policy.buys_dead_letter
  }
  --
  moved {
    from = aws_sqs_queue_policy.purchases_dead_letter
    to   = aws_sqs_queue_policy.orders_dead_letter
  }
  --
  moved {
    from = aws_sqs_queue_policy.orders_dead_letter
    to   = aws_sqs_queue_policy.buys_dead_letter
  }
  --
  moved {
    from = aws_cloudwatch_metric_alarm.purchases_dead_letter_depth
    to   = aws_cloudwatch_metric_alarm.orders_dead_letter_depth
  }
  --
  moved {
    from = aws_cloudwatch_metric_alarm.orders_dead_letter_depth
    to   = aws_cloudwatch_metric_alarm.buys_dead_letter_depth
  }

Renamed twice, Terraform is led from each name to the next one; with its first name again, it is led
back there.

  $ wgen rename queue buys sales -q && wgen build -q
  $ grep -A3 '^moved' out/shop/terraform/shop/main.tf | head -8
  moved {
    from = aws_sqs_queue.purchases
    to   = aws_sqs_queue.orders
  }
  --
  moved {
    from = aws_sqs_queue.orders
    to   = aws_sqs_queue.buys
  $ grep was specs/shop/wgen.lock
  was sales buys 3
  was sales orders 2
  was sales purchases 1
  $ wgen rename queue sales purchases -q && wgen build -q
  $ grep was specs/shop/wgen.lock
  was purchases buys 3
  was purchases orders 2
  was purchases purchases 1
  was purchases sales 4
  $ diff -r out out1 -x '*.tf' -x manifest -x .cache
  $ grep -A3 '^moved' out/shop/terraform/shop/main.tf | head -14
  moved {
    from = aws_sqs_queue.orders
    to   = aws_sqs_queue.buys
  }
  --
  moved {
    from = aws_sqs_queue.buys
    to   = aws_sqs_queue.sales
  }
  --
  moved {
    from = aws_sqs_queue.sales
    to   = aws_sqs_queue.purchases
  }

The code of a function goes with it, and so do the stages that are named after it.

  $ wgen rename function bill charge
  wgen: function `bill` is now `charge`, in 2 places
  wgen: deployed it keeps its logical id and its name, `shop-bill`: AWS renames nothing without making it anew
  wgen: next: `wgen build`; Terraform is told with `moved`, CloudFormation changes no more of it than tags
  wgen: code that names it in C (its client, its variables) has to follow
  $ ls specs/shop/handlers
  charge.c
  $ grep -n 'charge\|Charge' specs/shop.yaml
  8:  charge:
  16:        choose: {if: $.orders == 1, go: Charge}
  18:      - call: charge

What cannot be done.

  $ wgen rename queue nothing x
  error[unknown-resource]: there is no queue `nothing` in specs/shop.yaml
  
  wgen: 1 error; nothing was written
  [1]
  $ wgen rename queue purchases mails
  error[duplicate-name]: queue `mails` is there already
   --> specs/shop.yaml:4:3
    |
  4 |   mails: {}
    |   ^^^^^
  
  wgen: 1 error in specs/shop.yaml; nothing was written
  [1]
  $ wgen rename queue purchases 2
  error[usage]: `2` cannot be the name of a queue
  help: begin with a letter, and use letters, digits, `-` and `_`, at most 64
  
  [2]
  $ wgen rename user amelia/scott amelia/jane
  error[usage]: the names of projects and users are part of what AWS knows, and cannot change
  help: `wgen add user PROJECT/NAME`, move what is in its queues, then `wgen remove`
  
  [2]
  $ wgen rename queue purchases
  error[usage]: what is renamed, and how, is not said
  help: write `wgen rename queue OLD NEW`
  help: `wgen explain --list` lists the kinds
  
  [2]

Whatever is renamed in our own specs, the logical ids and the names of all that is deployed stay.

  $ cp -r "$TESTS/../specs" ours
  $ ids() { wgen build --dump expand ours/$1.yaml | jq -S 'select(.resources) | .environment, (.resources | map([."logical-id", .name]))'; }
  $ for system in ceap hybrid-ci-cd webordinary; do
  >   ids $system >before
  >   for kind in queue table bucket topic function api worker workflow; do
  >     for name in $(wgen build --dump read ours/$system.yaml | jq -r ".${kind}s // {} | keys[]"); do
  >       wgen rename -q $kind $name renamed-$name --spec ours/$system.yaml || echo "$kind $name"
  >     done
  >   done
  >   ids $system | diff -u before - && grep -c renamed- ours/$system.yaml
  > done
  5
  16
  29
