A system in two commands, without an edit.

  $ wgen init shop
  wgen: specs/shop.yaml is a system to begin with
  wgen: next: `wgen build`, then edit it, or `wgen add queue NAME`
  $ cat specs/shop.yaml
  # yaml-language-server: $schema=./.wgen/schema.json
  # What shop is made of. `wgen explain system` lists what can stand here; then `wgen build`.
  system: shop
  # region: eu-central-1                 # without it, the Region that is deployed to
  # notify: {email: you@example.com}     # where every alarm goes
  
  queues:
    jobs: {visibility: 3m}               # a dead-letter queue comes with it
  
  functions:
    work: {trigger: {queue: jobs}}       # its code: specs/shop/handlers/work.c
  $ wgen fmt --check && wgen check
  wgen: 0 files laid out, 1 as it was
  wgen: 1 system checked, no errors (TIME)
  $ wgen build
  wgen: 0 files up to date, 49 written, 0 removed (TIME)
  $ wgen init shop
  error[foreign-file]: `specs/shop.yaml` exists already
  help: give the system another name: `wgen init NAME`
  
  wgen: 1 error; nothing was written
  [4]
  $ wgen init 2shop
  error[usage]: `2shop` cannot be the name of a system
  help: begin with a letter, and use letters, digits, `-` and `_`, at most 64
  
  [2]
  $ wgen init cafe -t bsic
  error[usage]: there is no starting point `bsic`
  help: did you mean `basic`?
  
  [2]
  $ wgen init cafe -t empty --dry-run
  # yaml-language-server: $schema=./.wgen/schema.json
  system: cafe
  wgen: nothing was written

Things are added where a person would write them.

  $ wgen add queue orders fifo=true retention=7d
  wgen: queue `orders` is now in specs/shop.yaml
  wgen: next: `wgen build`
  $ wgen add table sessions
  wgen: table `sessions` is now in specs/shop.yaml
  wgen: next: say what its `key` is, which is an example, then `wgen build`
  $ wgen add user amelia/scott
  wgen: user `amelia/scott` is now in specs/shop.yaml
  wgen: next: `wgen build`
  $ wgen add user amelia/jane
  wgen: user `amelia/jane` is now in specs/shop.yaml
  wgen: next: `wgen build`
  $ wgen add project bob
  wgen: project `bob` is now in specs/shop.yaml
  wgen: next: `wgen build`
  $ wgen add function bill 'uses={orders: send}' --dry-run
  --- specs/shop.yaml
  +++ specs/shop.yaml
  @@ -17,3 +17,4 @@
   
   functions:
     work: {trigger: {queue: jobs}}       # its code: specs/shop/handlers/work.c
  +  bill: {uses: {orders: send}}
  wgen: nothing was written
  $ wgen add function bill 'uses={orders: send}'
  wgen: function `bill` is now in specs/shop.yaml
  wgen: next: `wgen build` writes the skeleton of its code, specs/shop/handlers/bill.c
  $ cat specs/shop.yaml
  # yaml-language-server: $schema=./.wgen/schema.json
  # What shop is made of. `wgen explain system` lists what can stand here; then `wgen build`.
  system: shop
  # region: eu-central-1                 # without it, the Region that is deployed to
  # notify: {email: you@example.com}     # where every alarm goes
  
  projects:
    amelia: [scott, jane]
    bob: []
  
  queues:
    jobs: {visibility: 3m}               # a dead-letter queue comes with it
    orders: {fifo: true, retention: 7d}
  
  tables:
    sessions: {key: orderId}
  
  functions:
    work: {trigger: {queue: jobs}}       # its code: specs/shop/handlers/work.c
    bill: {uses: {orders: send}}
  $ wgen fmt --check && wgen check
  wgen: 0 files laid out, 1 as it was
  wgen: 1 system checked, no errors (TIME)

What would not compile is not written.

  $ wgen add queue orders
  error[duplicate-name]: queue `orders` is there already
    --> specs/shop.yaml:13:3
     |
  13 |   orders: {fifo: true, retention: 7d}
     |   ^^^^^^
  
  wgen: 1 error in specs/shop.yaml; nothing was written
  [1]
  $ wgen add queue mail visibilty=5m
  error[unknown-key]: unknown key `visibilty` in queue `mail`
    --> specs/shop.yaml:14:10
     |
  14 |   mail: {visibilty: 5m}
     |          ^^^^^^^^^ not a key of queue
     |   ---- in this
  help: did you mean `visibility`?   [fix: unsafe, changes what is generated]
     = note: 20 keys are allowed here; `wgen explain queue` lists them
  
  wgen: 1 error in specs/shop.yaml (1 with a fix); nothing was written
  [1]
  $ wgen add quue mail
  error[usage]: there is no kind `quue`
  help: did you mean `queue`?
  
  [2]
  $ wgen add user jane
  error[usage]: a user is added to a project
  help: write `wgen add user PROJECT/jane`
  
  [2]
  $ wgen add user amelia/jane
  error[duplicate-name]: project `amelia` has a user `jane` already
   --> specs/shop.yaml:8:3
    |
  8 |   amelia: [scott, jane]
    |   ^^^^^^
  
  wgen: 1 error in specs/shop.yaml; nothing was written
  [1]
  $ wgen add queue
  error[usage]: what is added, and its name, is not said
  help: write `wgen add queue NAME`
  help: `wgen explain --list` lists the kinds
  
  [2]
  $ wgen add queue mail fifo
  error[usage]: `fifo` is no field
  help: write FIELD=VALUE, such as `retention=7d`
  
  [2]
  $ wgen add workflow nightly
  error[missing-key]: workflow `nightly` needs `stages`
    --> specs/shop.yaml:23:3
     |
  23 |   nightly: {}
     |   ^^^^^^^
  help: stages: What it does, one stage after the other.
  
  wgen: 1 error in specs/shop.yaml; nothing was written; `wgen new workflow nightly` begins one
  [1]
  $ wgen add pipe fast
  error[missing-key]: pipe `fast` needs `source`
    --> specs/shop.yaml:19:3
     |
  19 |   fast: {}
     |   ^^^^
  help: source: The queue.
  
  error[missing-key]: pipe `fast` needs `target`
    --> specs/shop.yaml:19:3
     |
  19 |   fast: {}
     |   ^^^^
  help: target: The workflow that is started with a message.
  
  wgen: 2 errors in specs/shop.yaml; nothing was written; say it there: `wgen add pipe fast source=VALUE target=VALUE`
  [1]

Nor is anything removed that is needed.

  $ wgen remove queue orders
  error[unknown-resource]: no resource is called `orders`
    --> specs/shop.yaml:19:17
     |
  19 |   bill: {uses: {orders: send}}
     |                 ^^^^^^
  
  wgen: 1 error in specs/shop.yaml; `orders` is still needed there; nothing was written
  [1]
  $ wgen remove function bill
  wgen: function `bill` is no longer in specs/shop.yaml
  wgen: next: `wgen build`; its code, specs/shop/handlers/bill.c, is yours and stays
  $ wgen remove queue orders
  wgen: queue `orders` is no longer in specs/shop.yaml
  wgen: next: `wgen build`; when that is deployed, the queue `orders` is deleted with all that is in it
  $ wgen remove table sessions
  wgen: table `sessions` is no longer in specs/shop.yaml
  wgen: next: `wgen build`; when that is deployed, the table `sessions` stays in AWS with its data, and is no longer managed, unless it is `ephemeral`
  $ wgen remove user amelia/scott
  wgen: user `amelia/scott` is no longer in specs/shop.yaml
  wgen: next: `wgen build`; when that is deployed, all that is `per: user` goes with it, with what is in its queues
  $ wgen remove project bob
  wgen: project `bob` is no longer in specs/shop.yaml
  wgen: next: `wgen build`; when that is deployed, all that is `per: user` goes with it, with what is in its queues
  $ wgen remove queue nothing
  error[unknown-resource]: there is no queue `nothing` in specs/shop.yaml
  
  wgen: 1 error; nothing was written
  [1]
  $ cat specs/shop.yaml
  # yaml-language-server: $schema=./.wgen/schema.json
  # What shop is made of. `wgen explain system` lists what can stand here; then `wgen build`.
  system: shop
  # region: eu-central-1                 # without it, the Region that is deployed to
  # notify: {email: you@example.com}     # where every alarm goes
  
  projects:
    amelia: [jane]
  
  queues:
    jobs: {visibility: 3m}               # a dead-letter queue comes with it
  
  functions:
    work: {trigger: {queue: jobs}}       # its code: specs/shop/handlers/work.c

Workflows begin with what they need.

  $ wgen new workflow nightly
  wgen: workflow `nightly` is now in specs/shop.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
  $ wgen new workflow quote -t express
  wgen: workflow `quote` is now in specs/shop.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
  $ wgen new workflow refund -t approval
  wgen: workflow `refund` is now in specs/shop.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
  $ wgen new workflow refund
  error[duplicate-name]: `refund` is there already
    --> specs/shop.yaml:41:3
     |
  41 |   refund:
     |   ^^^^^^
  
  wgen: 1 error in specs/shop.yaml; nothing was written
  [1]
  $ wgen new workflow other -t aproval
  error[usage]: there is no starting point `aproval`
  help: did you mean `approval`?
  
  [2]
  $ wgen new workflow
  error[usage]: what is new, and its name, is not said
  help: write `wgen new workflow NAME` or `wgen new system NAME`
  
  [2]
  $ sed -n '/^workflows/,$p' specs/shop.yaml
  workflows:
    nightly:
      type: standard
      trigger: {queue: {id: queue}}                       # a message starts an execution
      on-failure: nightly-failed
      stages:
        - call: nightly-prepare
          retry: {attempts: 2, every: 10s, backoff: 2}
        - call: nightly-finish
          end: true
    quote:
      type: express
      stages:
        - call: quote-check
          retry: {attempts: 2, every: 1s, backoff: 2}
        - call: quote-answer
          end: true
    refund:
      type: standard
      stages:
        - name: Ask
          send: refund-questions
          message: {taskToken: $$.Task.Token, question: $}
          wait: callback
          heartbeat: 1h
          timeout: 3d
          save: $.answer
        - name: Approved
          choose: {if: $.answer.approved == true, go: GoOn}
          else: Refused
        - name: GoOn
          call: refund-approved
          end: true
        - name: Refused
          fail: {error: Refused}
  $ wgen fmt --check && wgen check && wgen build
  wgen: 0 files laid out, 1 as it was
  wgen: 1 system checked, no errors (TIME)
  wgen: 38 files up to date, 40 written, 0 removed (TIME)

With a blueprint, one is a line.

  $ mkdir specs2 && cat >specs2/etl.yaml <<'END'
  > system: etl
  > 
  > functions: {load: {}}
  > 
  > blueprints:
  >   pipeline:
  >     stages: [{call: load, end: true}]
  > 
  > workflows:
  >   realtime: {blueprint: pipeline, type: express}
  > END
  $ wgen new workflow analytics -t standard --spec specs2/etl.yaml
  wgen: workflow `analytics` is now in specs2/etl.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
  $ cat specs2/etl.yaml
  system: etl
  
  functions: {load: {}}
  
  blueprints:
    pipeline:
      stages: [{call: load, end: true}]
  
  workflows:
    realtime: {blueprint: pipeline, type: express}
    analytics: {blueprint: pipeline, type: standard}

Several systems, or none.

  $ wgen init other -q
  $ wgen add queue x
  error[usage]: there are 2 systems in `specs`
  help: say which one: `--spec specs/other.yaml`
  
  [2]
  $ wgen add queue x --spec specs/other.yaml
  wgen: queue `x` is now in specs/other.yaml
  wgen: next: `wgen build`
  $ cd / && wgen add queue x --spec /nowhere.yaml
  error[unreadable]: cannot read `/nowhere.yaml`: No such file or directory
   --> /nowhere.yaml
  
  wgen: 1 error in /nowhere.yaml; nothing was written
  [4]

A name that is not there, and what may have been meant.

  $ mkdir -p slips && printf 'system: slips\nprojects: {amelia: [scott]}\nqueues: {orders: {per: user}}\n' >slips/slips.yaml
  $ wgen remove queue ordres -s slips/slips.yaml
  error[unknown-resource]: there is no queue `ordres` in slips/slips.yaml
  help: did you mean `orders`?
  
  wgen: 1 error; nothing was written
  [1]
  $ wgen rename queue ordres parcels -s slips/slips.yaml
  error[unknown-resource]: there is no queue `ordres` in slips/slips.yaml
  help: did you mean `orders`?
  
  wgen: 1 error; nothing was written
  [1]
  $ wgen remove user amelia/scot -s slips/slips.yaml
  error[unknown-resource]: there is no user `scot` in slips/slips.yaml
  help: did you mean `scott`?
  
  wgen: 1 error; nothing was written
  [1]

What is written in braces stays so; a comment would end in the middle of them.

  $ mkdir -p braces && printf 'system: braces\nqueues: {orders: {}}\nfunctions: {bill: {}}\n' >braces/braces.yaml
  $ wgen new workflow nightly -s braces/braces.yaml && head -3 braces/braces.yaml && wgen check -q braces
  wgen: workflow `nightly` is now in braces/braces.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
  system: braces
  queues: {orders: {}, nightly-failed: {dead-letter: none because it is one}}
  functions: {bill: {}, nightly-prepare: {}, nightly-finish: {}}

A system may have several files: what is said is the one that changed.

  $ mkdir -p parts/shop && printf 'functions: {pack: {}}\n' >parts/shop/a.yaml && printf 'queues: {orders: {}}\n' >parts/shop/b.yaml
  $ printf 'system: shop\nprojects: {amelia: [scott]}\n' >parts/shop/c.yaml
  $ cd parts && wgen add queue parcels -s shop && wgen add user amelia/jane -s shop && tail -1 shop/c.yaml
  wgen: queue `parcels` is now in shop/b.yaml
  wgen: next: `wgen build`
  wgen: user `amelia/jane` is now in shop/c.yaml
  wgen: next: `wgen build`
  projects: {amelia: [scott, jane]}
  $ wgen remove queue parcel -s shop; wgen remove queue parcels -s shop
  error[unknown-resource]: there is no queue `parcel` in shop
  help: did you mean `parcels`?
  
  wgen: 1 error; nothing was written
  wgen: queue `parcels` is no longer in shop/b.yaml
  wgen: next: `wgen build`; when that is deployed, the queue `parcels` is deleted with all that is in it
  $ wgen new workflow nightly -s shop
  wgen: workflow `nightly` is now in shop/a.yaml, shop/b.yaml
  wgen: next: `wgen build` writes its state machine, and skeletons of its functions
