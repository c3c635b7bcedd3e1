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

  $ rm -r specs/shop
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
  error[lost-lock]: `specs/shop/wgen.lock` is gone, and with it where everything is deployed
   --> specs/shop/wgen.lock
  help: restore it: `git checkout -- specs/shop/wgen.lock`
    = note: if nothing is deployed yet, remove the outputs of `shop` and build again
  
  [4]
  $ grep 'Messages wait in' out/shop/docs/runbook.md
  [1]
  $ grep answers out/shop/docs/inventory.md
  [1]
  $ sed -n '/^## take/,/^## /p' out/shop/docs/access.md
  $ sed -n '/^## The whole/,/^| Lost/p' out/shop/docs/workflows.md
  ## The whole
  
  ```mermaid
  %%{init: {"flowchart": {"nodeSpacing": 20, "rankSpacing": 25}}}%%
  flowchart LR
    n1["site<br/>api"]
    n2["health<br/>function"]
    n3["slow<br/>alarm"]
    n1 -->|"use"| n2
  ```
  
  It has no workflows.
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
