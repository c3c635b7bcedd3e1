Costs are counted by the usage that a spec expects, with every formula; what is not known is not
guessed.

  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > projects: {amelia: [scott, jane]}
  > queues: {orders: {per: user, usage: {messages: 1M/month}}, jobs: {dead-letter: none because nobody reads them twice}}
  > functions:
  >   api: {memory: 1GB, usage: {requests: 1M/month, duration: 50ms}}
  > apis: {main: {function: api, routes: [GET /health]}}
  > workflows:
  >   sell: {usage: {executions: 1000/day, duration: 15s}, stages: [{call: {id: take}}, {pause: 5s}]}
  > END
  $ wgen cost
  SYSTEM  WORKFLOW  KIND      ID                              WHAT                             USD   FORMULA
  shop    -         key       key                             a month                          1.00  1 at 1.00 per key for a month
  shop    -         queue     orders                          requests: send, receive, delete  2.40  1M/month x 3 x 2 at 0.40 per 1M requests
  shop    -         alarm     orders.dead-letter.alarm-depth  metrics watched                  0.20  2 at 0.10 per metric for a month
  shop    -         function  api                             calls                            0.20  1M/month at 0.20 per 1M calls
  shop    -         function  api                             computing                        0.67  1M/month x 50ms x 1GB at 0.0000133334 per GB-second
  shop    -         api       main                            requests                         1.00  1M/month at 1.00 per 1M requests
  shop    sell      workflow  sell                            transitions                      1.50  1000/day x 2 at 0.025 per 1000 transitions
  shop    sell      function  sell.take                       calls                            0.01  1000/day at 0.20 per 1M calls
  
  BY WORKFLOW  USD
  -            5.47
  shop sell    1.51
  
  BY KIND   USD
  key       1.00
  queue     2.40
  alarm     0.20
  function  0.87
  api       1.00
  workflow  1.50
  
  6.97 USD a month, by prices of 2026-06-13 in us-east-1, without free tiers, discounts
  and tax.
  Never counted: traffic between regions and out of AWS; keeping logs (0.03 a GB)
  and images (0.10 a GB); traces; schedules and rules; mail that is received;
  catalogs and data quality; metrics that code sends itself.
  
  Not counted, for want of its usage:
  
  shop  key                 requests                         say `usage: {key: {requests: ...}}`
  shop  alerts              messages                         say `usage: {alerts: {messages: ...}}`
  shop  code                storage, writing, reading        say `usage: {code: {stored: ..., writes: ..., reads: ...}}`
  shop  orders.dead-letter  requests: send, receive, delete  say `usage: {messages: ...}`
  shop  jobs                requests: send, receive, delete  say `usage: {messages: ...}`
  shop  api                 log                              say `usage: {logged: ...}`
  shop  sell                log                              say `usage: {logged: ...}`
  shop  sell.take           computing, log                   say `usage: {duration: ..., logged: ...}`
  $ wgen cost --json | head -11
  [
    {
      "deployment": "shop",
      "workflow": "-",
      "kind": "key",
      "id": "key",
      "what": "a month",
      "usd": "1.00",
      "formula": "1 at 1.00 per key for a month"
    },
    {

What somebody has reckoned stands beside what is counted.

  $ sed -i 's/duration: 15s}/duration: 15s, expected: 2USD}/' specs/shop.yaml && wgen cost | sed -n '/^BY/,/^$/p'
  BY WORKFLOW  USD   EXPECTED
  -            5.47  -
  shop sell    1.51  2USD
  
  BY KIND   USD
  key       1.00
  queue     2.40
  alarm     0.20
  function  0.87
  api       1.00
  workflow  1.50
  

The same is a page beside the system.

  $ wgen docs --page cost | head -12
  # shop: what it costs
  
  **6.97 USD a month**, by the `usage` that the spec of shop expects, and more that [is not counted](#not-counted).
  Prices are those of 2026-06-13 in us-east-1, without free tiers, discounts and tax.
  
  | workflow | kind | in the spec | what | USD | how it is counted |
  |---|---|---|---|--:|---|
  | - | key | key | a month | 1.00 | 1 at 1.00 per key for a month |
  | - | queue | orders | requests: send, receive, delete | 2.40 | 1M/month x 3 x 2 at 0.40 per 1M requests |
  | - | alarm | orders.dead-letter.alarm-depth | metrics watched | 0.20 | 2 at 0.10 per metric for a month |
  | - | function | api | calls | 0.20 | 1M/month at 0.20 per 1M calls |
  | - | function | api | computing | 0.67 | 1M/month x 50ms x 1GB at 0.0000133334 per GB-second |

A worker of Glue is as many processing units as its size says, and an alarm that looks more often than once
a minute costs three times as much.

  $ rm -r specs; mkdir specs
  $ worker() { printf '{job: {id: %s, workers: {type: %s}, script: {bucket: scripts, key: a.py, file: a.py}, usage: {duration: 1h}}, wait: done}' $1 $2; }
  $ cat >specs/shop.yaml <<END
  > system: shop
  > region: us-east-1
  > buckets: {scripts: {}}
  > workflows:
  >   w: {usage: {executions: 30/month}, stages: [$(worker a G.2X), $(worker b R.8X)]}
  > alarms:
  >   fast: {of: {namespace: Shop, metric: Pages}, above: 3, period: 10s}
  >   slow: {of: {namespace: Shop, metric: Pages}, above: 3}
  > END
  $ wgen cost | grep 'job \|alarm '
  shop    w         job       w.a   workers          52.80   30/month x 1h x 2 x 2 at 0.44 per 3600 DPU-seconds
  shop    w         job       w.b   workers          249.60  30/month x 1h x 2 x 8 at 0.52 per 3600 M-DPU-seconds
  shop    -         alarm     fast  metrics watched  0.30    1 at 0.30 per metric for a month
  shop    -         alarm     slow  metrics watched  0.10    1 at 0.10 per metric for a month
  job       302.40
  alarm     0.40

What comes with the system has no place of its own in the spec: the system's own `usage` counts it. So are
logs, what is kept warm, what is stored and recovered, and mails.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: us-east-1
  > notify: {email: ops@example.com}
  > usage: {code: {stored: 1GB, writes: 1k/month, reads: 10k/month}, alerts: {messages: 1k/month}, key: {requests: 1M/month}}
  > parameters: {warm: {of: functions.b.provisioned-concurrency}}
  > functions:
  >   a: {package: image, alias: live, provisioned-concurrency: 2, memory: 1GB, usage: {requests: 1M/month, duration: 50ms, logged: 2GB}}
  >   b: {alias: live, architecture: x86_64, usage: {requests: 0/month, duration: 1ms, logged: 0GB}}
  >   c: {alias: live, architecture: x86_64, provisioned-concurrency: 1, memory: 1GB}
  > tables: {items: {key: id, usage: {stored: 3GB, reads: 1M/month, writes: 1M/month}}, drafts: {key: id, recovery: none because nobody misses one, usage: {stored: 1GB, reads: 0/month, writes: 0/month}}}
  > topics: {pages: {https: "https://pager.example.com", usage: {messages: 1M/month}}, changes: {fifo: true, usage: {messages: 1M/month}}}
  > END
  $ wgen cost
  SYSTEM  WORKFLOW  KIND      ID       WHAT                                   USD    FORMULA
  shop    -         key       key      a month                                1.00   1 at 1.00 per key for a month
  shop    -         key       key      requests                               3.00   1M/month at 0.03 per 10k requests
  shop    -         bucket    code     storage                                0.02   1GB at 0.023 per GB
  shop    -         bucket    code     writing                                0.01   1k/month at 0.005 per 1000 requests
  shop    -         bucket    code     reading                                0.00   10k/month at 0.0004 per 1000 requests
  shop    -         function  a        calls                                  0.20   1M/month at 0.20 per 1M calls
  shop    -         function  a        computing                              0.67   1M/month x 50ms x 1GB at 0.0000133334 per GB-second
  shop    -         function  a        kept warm                              17.52  2 x 1GB at 8.7602 per GB for a month
  shop    -         function  a        log                                    1.00   2GB at 0.50 per GB
  shop    -         function  b        calls                                  0.00   0/month at 0.20 per 1M calls
  shop    -         function  b        computing                              0.00   0/month x 1ms x 128MB at 0.0000166667 per GB-second
  shop    -         function  b        log                                    0.00   0GB at 0.50 per GB
  shop    -         function  c        kept warm                              10.95  1 x 1GB at 10.9501 per GB for a month
  shop    -         table     items    reading                                0.12   1M/month at 0.125 per 1M read requests
  shop    -         table     items    writing                                0.62   1M/month at 0.625 per 1M write requests
  shop    -         table     items    storage                                0.75   3GB at 0.25 per GB
  shop    -         table     items    recovery                               0.60   3GB at 0.20 per GB
  shop    -         table     drafts   reading                                0.00   0/month at 0.125 per 1M read requests
  shop    -         table     drafts   writing                                0.00   0/month at 0.625 per 1M write requests
  shop    -         table     drafts   storage                                0.25   1GB at 0.25 per GB
  shop    -         topic     pages    messages                               0.50   1M/month at 0.50 per 1M messages
  shop    -         topic     pages    requests to https://pager.example.com  0.60   1M/month at 0.60 per 1M requests
  shop    -         topic     changes  messages                               0.30   1M/month at 0.30 per 1M messages
  
  BY WORKFLOW  USD
  -            38.12
  
  BY KIND   USD
  key       4.00
  bucket    0.03
  function  30.34
  table     2.35
  topic     1.40
  
  38.12 USD a month, by prices of 2026-06-13 in us-east-1, without free tiers, discounts
  and tax.
  Never counted: traffic between regions and out of AWS; keeping logs (0.03 a GB)
  and images (0.10 a GB); traces; schedules and rules; mail that is received;
  catalogs and data quality; metrics that code sends itself.
  
  Not counted, for want of its usage:
  
  shop  c  calls, computing, log  say `usage: {requests: ..., duration: ..., logged: ...}`
  $ wgen cost --json | tail -9
      "deployment": "shop",
      "workflow": "-",
      "kind": "topic",
      "id": "changes",
      "what": "messages",
      "usd": "0.30",
      "formula": "1M/month at 0.30 per 1M messages"
    }
  ]
