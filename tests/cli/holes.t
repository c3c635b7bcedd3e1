What is written once for several is filled in for each of them: for every environment, and for
everything that a default is of.

  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > environments: {dev: {}, prod: {}}
  > defaults: {queue: {raw: {terraform: {main: {made_for: "$(name) in $(env)"}}}}}
  > queues: {one: {alarm: none because this is a test}, two: {alarm: none because this is a test}}
  > END
  $ wgen build -q
  $ grep -rh made_for out/shop/env/dev
    made_for = "one in dev"
    made_for                   = "one-dead-letter in dev"
    made_for = "two in dev"
    made_for                   = "two-dead-letter in dev"
  $ grep -rh made_for out/shop/env/prod | head -n 1
    made_for = "one in prod"

A blueprint's parameters are filled in once: what a value says is not looked at again, and `$$(`
begins no hole.

  $ rm -r specs out
  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > blueprints:
  >   shape:
  >     parameters: {who: {type: string}, more: {type: string, default: "$$(who)"}}
  >     type: standard
  >     exact: true
  >     stages: [{name: Say, pass: {a: $(who), b: "by $(who), $(more)", c: "$$(who)", d: "$$$(who)"}}]
  > workflows:
  >   first: {blueprint: {shape: {who: me}}}
  > END
  $ wgen build -q
  $ grep '"[a-d]"' out/shop/asl/first.asl.json
          "a": "me",
          "b": "by me, $(who)",
          "c": "$(who)",
          "d": "$me"
