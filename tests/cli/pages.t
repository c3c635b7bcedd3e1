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
  Open <endpoint>/$default and see.

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
