One build on several machines: each renders its part of the stacks, and together they are the whole.

  $ mkdir specs
  $ cat >specs/shop.yaml <<END
  > system: shop
  > projects: {p: [a, b, c, d, e, f, g, h]}
  > queues: {jobs: {}, input: {per: user, fifo: true}}
  > blueprints: {pipeline: {stages: [{call: {id: fetch}}, {call: {id: store}}], storage: {}}}
  > workflows:
  >   one: {blueprint: pipeline}
  >   two: {blueprint: pipeline}
  >   six: {blueprint: pipeline}
  >   ten: {blueprint: pipeline}
  >   all: {stages: [{call: {id: last}}]}
  > END
  $ wgen build --out whole
  wgen: 0 files up to date, 83 written, 0 removed (TIME)
  $ for i in 1 2 3; do wgen build -q --out out --shard $i/3; done
  $ diff -r whole out -x .cache && echo the same
  the same
  $ wgen build --check --out out
  wgen: 79 files up to date, 0 written, 0 removed (TIME)

In folders of their own they share no file but the manifest, whose lines are those of all.

  $ for i in 1 2 3; do wgen build -q --out part$i --shard $i/3; done
  $ for i in 1 2 3; do (cd part$i && find . -type f ! -name manifest); done | LC_ALL=C sort | uniq -d
  $ mkdir union && for i in 1 2 3; do cp -r part$i/. union; done
  $ (head -1 part1/shop/manifest; cat part?/shop/manifest | grep -v '^#' | LC_ALL=C sort -k 2) >union/shop/manifest
  $ diff -r whole union -x .cache && echo the same
  the same
  $ wgen build --out out --shard 4/3
  error[usage]: `4/3` is no shard
  help: say which of how many: `--shard 1/4` to `--shard 4/4`
  
  [2]
  $ wgen build --out out --shard some
  error[usage]: `some` is no shard
  help: say which of how many: `--shard 1/4` to `--shard 4/4`
  
  [2]

What a build reads is a rule of make.

  $ mkdir specs/shop/kinds && cp $TESTS/cli/templates/kinds/box.yaml specs/shop/kinds/
  $ wgen build -q --depfile deps && cat deps
  out/shop/manifest: \
    specs/shop.yaml \
    specs/shop/wgen.lock \
    specs/shop/kinds/box.yaml
  $ wgen build -q --depfile deps && cat deps
  out/shop/manifest: \
    specs/shop.yaml \
    specs/shop/wgen.lock \
    specs/shop/kinds/box.yaml
  $ mkdir own && touch own/notes && cp $TESTS/../templates/prices.yaml own
  $ wgen build -q --templates own --depfile deps && cat deps
  out/shop/manifest: \
    specs/shop.yaml \
    specs/shop/wgen.lock \
    specs/shop/kinds/box.yaml \
    own/prices.yaml
  $ wgen build -q --depfile no/where
  error[io]: cannot write `no/where`: No such file or directory
  
  [4]
