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
