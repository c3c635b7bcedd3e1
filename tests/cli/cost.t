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
  shop    -         key       key                             a month                          1.00  1 at 1.00 per 1 keys for a month
  shop    -         queue     orders                          requests: send, receive, delete  2.40  1M/month x 3 x 2 at 0.40 per 1000000 requests
  shop    -         alarm     orders.dead-letter.alarm-depth  metrics watched                  0.20  2 at 0.10 per 1 metrics for a month
  shop    -         function  api                             calls                            0.20  1M/month at 0.20 per 1000000 calls
  shop    -         function  api                             computing                        0.67  1M/month x 50ms x 1GB at 0.0000133334 per 1 GB-seconds
  shop    -         api       main                            requests                         1.00  1M/month at 1.00 per 1000000 requests
  shop    sell      workflow  sell                            transitions                      1.50  1000/day x 2 at 0.025 per 1000 transitions
  shop    sell      function  sell.take                       calls                            0.01  1000/day at 0.20 per 1000000 calls
  
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
  
  6.97 USD a month, by prices of 2026-06-13 in us-east-1, without free tiers, discounts,
  tax and traffic.
  
  Not counted, for want of its usage:
  
  shop  code                storage                          say `usage: {stored: ...}`
  shop  orders.dead-letter  requests: send, receive, delete  say `usage: {messages: ...}`
  shop  jobs                requests: send, receive, delete  say `usage: {messages: ...}`
  shop  sell.take           computing                        say `usage: {duration: ...}`
  $ wgen cost --json | head -11
  [
    {
      "deployment": "shop",
      "workflow": "-",
      "kind": "key",
      "id": "key",
      "what": "a month",
      "usd": "1.00",
      "formula": "1 at 1.00 per 1 keys for a month"
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
  
  6.97 USD a month, by the `usage` that the spec of shop expects. Prices are those of 2026-06-13 in
  us-east-1, without free tiers, discounts, tax and traffic.
  
  | workflow | kind | in the spec | what | USD | how it is counted |
  |---|---|---|---|--:|---|
  | - | key | key | a month | 1.00 | 1 at 1.00 per 1 keys for a month |
  | - | queue | orders | requests: send, receive, delete | 2.40 | 1M/month x 3 x 2 at 0.40 per 1000000 requests |
  | - | alarm | orders.dead-letter.alarm-depth | metrics watched | 0.20 | 2 at 0.10 per 1 metrics for a month |
  | - | function | api | calls | 0.20 | 1M/month at 0.20 per 1000000 calls |
  | - | function | api | computing | 0.67 | 1M/month x 50ms x 1GB at 0.0000133334 per 1 GB-seconds |

A worker of Glue is as many processing units as its size says, and an alarm that looks more often than once
a minute costs three times as much.

  $ rm -r specs; mkdir specs
  $ worker() { printf '{job: {id: %s, workers: {type: %s}, script: {bucket: scripts, key: a.py, file: a.py}, usage: {duration: 1h}}, wait: done}' $1 $2; }
  $ cat >specs/shop.yaml <<END
  > system: shop
  > region: us-east-1
  > buckets: {scripts: {}}
  > workflows:
  >   w: {usage: {executions: 30/month}, stages: [$(worker a G.2X), $(worker b R.8X), $(worker c G.025X), $(worker d Z.2X)]}
  > alarms:
  >   fast: {of: {namespace: Shop, metric: Pages}, above: 3, period: 10s}
  >   slow: {of: {namespace: Shop, metric: Pages}, above: 3}
  > END
  $ wgen cost | grep 'job \|alarm '
  shop    w         job       w.a   workers          52.80   30/month x 1h x 2 x 2 at 0.44 per 3600 DPU-seconds
  shop    w         job       w.b   workers          249.60  30/month x 1h x 2 x 8 at 0.52 per 3600 M-DPU-seconds
  shop    w         job       w.c   workers          6.60    30/month x 1h x 2 x 0.25 at 0.44 per 3600 DPU-seconds
  shop    w         job       w.d   workers          52.80   30/month x 1h x 2 x 2 at 0.44 per 3600 M-DPU-seconds
  shop    -         alarm     fast  metrics watched  0.30    1 at 0.30 per 1 metrics for a month
  shop    -         alarm     slow  metrics watched  0.10    1 at 0.10 per 1 metrics for a month
  job       361.80
  alarm     0.40
