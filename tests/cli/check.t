What a machine can correct, it corrects: safely, or if it is told to.

  $ mkdir specs && cat >specs/shop.yaml <<'END'
  > system: shop
  > queues:
  >   orders: {visibilty: 2m}        # a slip
  >   mails: {alarm: {dept: 5}}
  > functions:
  >   bill: {doc: on, timeout: 1m, trigger: {queue: odrers}}
  > END
  $ wgen check --format short
  specs/shop.yaml:3:12: error: unknown key `visibilty` in queue `orders` [unknown-key]
  specs/shop.yaml:3:23: warning: `visibility` is less than six times the timeout of `bill` [visibility-short]
  specs/shop.yaml:4:19: error: unknown key `dept` in `alarm` of queue `mails` [unknown-key]
  specs/shop.yaml:6:15: error: `doc` needs a text, at most 256, found the plain scalar `on` [needs-quotes]
  specs/shop.yaml:6:49: error: no resource is called `odrers` [unknown-resource]
  [1]
  $ wgen check --fix --format short
  wgen: 1 fix in 1 file
  specs/shop.yaml:3:12: error: unknown key `visibilty` in queue `orders` [unknown-key]
  specs/shop.yaml:3:23: warning: `visibility` is less than six times the timeout of `bill` [visibility-short]
  specs/shop.yaml:4:19: error: unknown key `dept` in `alarm` of queue `mails` [unknown-key]
  specs/shop.yaml:6:51: error: no resource is called `odrers` [unknown-resource]
  [1]
  $ wgen check --fix --unsafe-fixes --diff --format short
  --- specs/shop.yaml
  +++ specs/shop.yaml
  @@ -1,6 +1,6 @@
   system: shop
   queues:
  -  orders: {visibilty: 2m}        # a slip
  -  mails: {alarm: {dept: 5}}
  +  orders: {visibility: 2m}        # a slip
  +  mails: {alarm: {depth: 5}}
   functions:
  -  bill: {doc: "on", timeout: 1m, trigger: {queue: odrers}}
  +  bill: {doc: "on", timeout: 1m, trigger: {queue: orders}}
  wgen: 3 fixes in 1 file could be made
  specs/shop.yaml:3:12: error: unknown key `visibilty` in queue `orders` [unknown-key]
  specs/shop.yaml:3:23: warning: `visibility` is less than six times the timeout of `bill` [visibility-short]
  specs/shop.yaml:4:19: error: unknown key `dept` in `alarm` of queue `mails` [unknown-key]
  specs/shop.yaml:6:51: error: no resource is called `odrers` [unknown-resource]
  [1]
  $ wgen check --fix --unsafe-fixes
  wgen: 3 fixes in 1 file
  warning[visibility-short]: `visibility` is less than six times the timeout of `bill`
   --> specs/shop.yaml:3:24
    |
  3 |   orders: {visibility: 2m}        # a slip
    |                        ^^
    = note: Lambda developer guide: a throttled batch is tried again only after it
  
  wgen: 1 warning in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
  $ cat specs/shop.yaml
  system: shop
  queues:
    orders: {visibility: 2m}        # a slip
    mails: {alarm: {depth: 5}}
  functions:
    bill: {doc: "on", timeout: 1m, trigger: {queue: orders}}
  $ wgen check --fix --unsafe-fixes -q
  warning[visibility-short]: `visibility` is less than six times the timeout of `bill`
   --> specs/shop.yaml:3:24
    |
  3 |   orders: {visibility: 2m}        # a slip
    |                        ^^
    = note: Lambda developer guide: a throttled batch is tried again only after it
  

What is known is ignored, with a reason.

  $ wgen check --deny warnings -q
  error[visibility-short]: `visibility` is less than six times the timeout of `bill`
   --> specs/shop.yaml:3:24
    |
  3 |   orders: {visibility: 2m}        # a slip
    |                        ^^
    = note: Lambda developer guide: a throttled batch is tried again only after it
  
  [1]
  $ wgen check --deny visibility-short --format short
  specs/shop.yaml:3:24: error: `visibility` is less than six times the timeout of `bill` [visibility-short]
  [1]
  $ wgen check --allow visibility-short
  wgen: 1 system checked, no errors (TIME)
  $ wgen check --deny warnings --exit-zero -q 2>/dev/null
  $ sed -i 's/2m}  .*/2m}  # wgen: ignore[visibility-short] bill is called by hand/' specs/shop.yaml
  $ wgen check --deny warnings
  wgen: 1 system checked, no errors (TIME)
  $ wgen check --format json | jq -c '.diagnostics[] | [.code, .suppressed]'
  ["visibility-short",true]
  $ wgen check --format sarif 2>/dev/null | jq -c '.runs[0].results[] | [.ruleId, .suppressions[0].kind]'
  ["visibility-short","inSource"]
  $ sed -i 's/ bill is.*//' specs/shop.yaml
  $ wgen check
  warning[visibility-short]: `visibility` is less than six times the timeout of `bill`
   --> specs/shop.yaml:3:24
    |
  3 |   orders: {visibility: 2m}  # wgen: ignore[visibility-short]
    |                        ^^
    = note: Lambda developer guide: a throttled batch is tried again only after it
  
  warning[ignore-without-reason]: `visibility-short` is ignored without a reason
   --> specs/shop.yaml:3:29
    |
  3 |   orders: {visibility: 2m}  # wgen: ignore[visibility-short]
    |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: write `# wgen: ignore[visibility-short] because ...`
  
  wgen: 2 warnings in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
  $ printf 'system: shop\n# wgen: ignore[visibility-short, no-end] it was so once\nqueues: {a: {}}\n' >specs/shop.yaml
  $ wgen check
  warning[unused-ignore]: there is no `visibility-short` here to ignore
   --> specs/shop.yaml:2:1
    |
  2 | # wgen: ignore[visibility-short, no-end] it was so once
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: take the comment away
  
  wgen: 1 warning in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
  $ printf 'system: shop\nqueues:\n  # wgen: ignore[unknown-key] I like it\n  a: {visi: 1}\n' >specs/shop.yaml
  $ wgen check --format short
  specs/shop.yaml:4:7: error: unknown key `visi` in queue `a` [unknown-key]
  [1]

A spec on standard input.

  $ printf 'system: shop\nqueues: {a: {visi: 1}}\n' | wgen check --format short -
  standard input:2:14: error: unknown key `visi` in queue `a` [unknown-key]
  [1]
  $ printf 'system: shop\nqueues: {a: {}}\n' | wgen check - --stdin-name specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
  $ printf 'system: shop\nqueues: {a: {}}\n' | wgen check - --stdin-name specs/shap.yaml --format short
  specs/shap.yaml:1:9: error: this system is called `shop`, its file `shap` [system-name]
  [1]

What is said to explain can be explained, as deep as it goes.

  $ for topic in stage.retry.attempts stage.choose queue.alarm.depth; do wgen explain $topic | head -1; done
    attempts: a whole number, 0 to 99999999
    choose: a list
    depth: a whole number, at least 0
