What a build saw is remembered, so that the same build again costs a look. Nothing that has changed
goes unseen, however it looks.

  $ mkdir specs
  $ printf 'system: shop\nqueues: {jobs: {}}\nfunctions: {work: {}}\n' >specs/shop.yaml
  $ wgen build
  wgen: 0 files up to date, 49 written, 0 removed (TIME)
  $ ls -A out
  .cache
  shop
  $ cat out/.cache/.gitignore
  *
  $ wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)

An edit of an output that keeps its size and its times.

  $ f=out/shop/cloudformation/shop.yaml
  $ touch -r $f before
  $ sed 's/SQS/sqs/' $f >edited && cat edited >$f && touch -r before $f
  $ wgen build --format short
  out/shop/cloudformation/shop.yaml: error: `out/shop/cloudformation/shop.yaml` was edited by hand since it was generated [edited-file]
  [4]
  $ wgen build --force $f
  wgen: 46 files up to date, 1 written, 0 removed (TIME)
  $ wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)

Files that are gone, of both sides.

  $ rm $f
  $ wgen build
  wgen: 46 files up to date, 1 written, 0 removed (TIME)
  $ rm specs/shop/handlers/work.c
  $ wgen build
  wgen: 47 files up to date, 1 written, 0 removed (TIME)
  $ wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)

Another lock, another spec, a kind of one's own.

  $ echo 'shared gone 1' >>specs/shop/wgen.lock
  $ wgen build
  wgen: 47 files up to date, 1 written, 0 removed (TIME)
  $ sed -i 's/{jobs: {}}/{jobs: {visibility: 5m}}/' specs/shop.yaml
  $ wgen build
  wgen: 45 files up to date, 2 written, 0 removed (TIME)
  $ mkdir specs/shop/kinds
  $ echo nothing >specs/shop/kinds/queue.yaml
  $ wgen build --format short
  specs/shop.yaml:2:1: error: unknown key `queues` in a system [unknown-key]
  [1]
  $ rm -r specs/shop/kinds
  $ wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)

A record that is wrong, or cannot be made, changes nothing.

  $ echo nonsense >out/.cache/shop
  $ wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)
  $ rm -r out/.cache && ln -s elsewhere out/.cache
  $ wgen build && wgen build
  wgen: 47 files up to date, 0 written, 0 removed (TIME)
  wgen: 47 files up to date, 0 written, 0 removed (TIME)
  $ ls elsewhere
  ls: cannot access 'elsewhere': No such file or directory
  [2]

A job's script is made once, wherever the spec says; one that is gone is made again.

  $ rm -r specs out
  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > buckets: {scripts: {}}
  > jobs: {heavy: {glue: "4.0", script: {bucket: scripts, key: heavy.py, file: jobs/a/heavy.py}}}
  > END
  $ wgen build -q
  $ tail -n 12 specs/shop/jobs/a/heavy.py
  ARGUMENTS = ["JOB_NAME"]
  
  
  def main():
      args = getResolvedOptions(sys.argv, ARGUMENTS)
      job = Job(GlueContext(SparkContext.getOrCreate()))
      job.init(args["JOB_NAME"], args)
      raise NotImplementedError("heavy is still a skeleton")
      job.commit()
  
  
  main()
  $ wgen build
  wgen: 12 files up to date, 0 written, 0 removed (TIME)
  $ rm specs/shop/jobs/a/heavy.py
  $ wgen build
  wgen: 12 files up to date, 1 written, 0 removed (TIME)

What is shared between systems is part of them.

  $ rm -r specs out
  $ mkdir -p specs/blueprints
  $ echo 'stages: [{call: {id: fetch, memory: 128MB}}]' >specs/blueprints/one.yaml
  $ printf 'system: shop\nworkflows: {w: {blueprint: one}}\n' >specs/shop.yaml
  $ wgen build -q --depfile deps
  $ grep -o 'specs/blueprints.*' deps
  specs/blueprints/one.yaml
  $ sed -i 's/128MB/256MB/' specs/blueprints/one.yaml
  $ wgen build
  wgen: 46 files up to date, 2 written, 0 removed (TIME)

Of a change, only the stacks that it touches are rendered. What was edited of the others, or is gone,
is found nevertheless.

  $ rm -r specs out
  $ mkdir specs
  $ printf 'system: shop\nprojects: {a: [x, y], b: [z]}\nqueues: {jobs: {per: user}, all: {}}\n' >specs/shop.yaml
  $ wgen build -q
  $ sed -i 's/z/z, w/' specs/shop.yaml
  $ wgen build
  wgen: 12 files up to date, 5 written, 0 removed (TIME)
  $ wgen build --check
  wgen: 16 files up to date, 0 written, 0 removed (TIME)
  $ f=out/shop/cloudformation/shop.yaml
  $ touch -r $f before
  $ sed 's/SQS/sqs/' $f >edited && cat edited >$f && touch -r before $f
  $ sed -i 's/z, w/z/' specs/shop.yaml
  $ wgen build --format short
  out/shop/cloudformation/shop.yaml: error: `out/shop/cloudformation/shop.yaml` was edited by hand since it was generated [edited-file]
  [4]
  $ rm $f
  $ wgen build
  wgen: 11 files up to date, 6 written, 0 removed (TIME)
  $ sed -i 's/z/z, w/' specs/shop.yaml
  $ sed -i '1d' out/shop/manifest
  $ wgen build
  wgen: 12 files up to date, 5 written, 0 removed (TIME)
  $ wgen build --check
  wgen: 16 files up to date, 0 written, 0 removed (TIME)

A record that is cut off, or of files that were swapped.

  $ cp out/.cache/shop record
  $ for bytes in 30 70 100 200 300 400 500; do
  >   head -c $bytes record >out/.cache/shop
  >   wgen build -q && wgen build -q --check || echo $bytes
  > done
  $ cp record out/.cache/shop
  $ cd out/shop/cloudformation && mv shop.yaml x && mv shop-users-1.yaml shop.yaml && mv x shop-users-1.yaml && cd ../../..
  $ sed -i 's/z, w/z/' specs/shop.yaml
  $ wgen build --format short
  out/shop/cloudformation/shop-users-1.yaml: error: `out/shop/cloudformation/shop-users-1.yaml` was edited by hand since it was generated [edited-file]
  out/shop/cloudformation/shop.yaml: error: `out/shop/cloudformation/shop.yaml` was edited by hand since it was generated [edited-file]
  [4]

What is built after an edit is what would be built without a record, whatever the edit was and
whatever happened to the record: a check renders everything.

  $ rm -r specs out record
  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-west-1
  > defaults: {queue: {visibility: 1m}}
  > projects:
  >   alpha: [ann, bob]
  >   beta: [cid]
  >   delta: [{eve: {days: 2d}}, fay]
  > queues:
  >   jobs: {per: user}
  >   notes: {per: project}
  > functions: {work: {uses: {jobs: [send]}}}
  > blueprints: {one: {stages: [{call: {id: fetch}}]}}
  > workflows:
  >   w1: {blueprint: one}
  >   w2: {blueprint: one}
  >   w3: {blueprint: one}
  >   w4: {blueprint: one}
  >   w5: {blueprint: one}
  > environments: {test: {}, prod: {queues: {jobs: {visibility: 3m}}}}
  > END
  $ wgen build -q
  $ try() {
  >   sed -i "$1" specs/shop.yaml && wgen build -q && wgen build -q --check || echo "$1"
  > }
  $ edits() {
  >   for edit in 's/ann, bob/ann, al, bob/' 's/\[cid\]/[cid, dan, dora]/' 's/ann, al, /al, /' \
  >     's/  beta:/  gamma:/' '/gamma:/d' 's/, fay/, fay, gus/' 's/2d/3d/' '/delta:/{h;d};/^queues:/{x;G}' \
  >     's/visibility: 1m/visibility: 2m/' 's/3m/4m/' 's/\[send\]/[send, receive]/' 's/w5:/w6:/' '/w3:/d' \
  >     's/id: fetch/id: fetch, memory: 256MB/' 's/eu-west-1/eu-west-2/' 's/, prod:/, stage: {}, prod:/' \
  >     's/test: {}, //' 's/per: project/fifo: true/'; do
  >     try "$edit"; eval "$1"
  >   done
  > }
  $ cp specs/shop.yaml saved && edits : && cp specs/shop.yaml edited
  $ rm -r specs/shop out && cp saved specs/shop.yaml && wgen build -q
  $ edits "sed -i -E 's/^[0-9a-f](.{31} [0-9a-f]{32} )/0\\1/' out/.cache/shop"
  $ rm -r specs/shop out && cp saved specs/shop.yaml && wgen build -q
  $ edits 'cp out/.cache/shop now; [ ! -f then ] || cp then out/.cache/shop; mv now then'
  $ cmp edited specs/shop.yaml

What is to be said of a spec is said each time, and what it touches nothing of is remembered all the
same.

  $ rm -r specs out
  $ mkdir specs
  $ printf 'system: shop\nregion: eu-west-9\nqueues: {jobs: {}}\n' >specs/shop.yaml
  $ wgen build --format short
  specs/shop.yaml:2:9: warning: no Region is known as `eu-west-9` [unknown-region]
  wgen: 0 files up to date, 13 written, 0 removed (TIME)
  $ ls out/.cache
  shop
  $ wgen build --format short
  specs/shop.yaml:2:9: warning: no Region is known as `eu-west-9` [unknown-region]
  wgen: 12 files up to date, 0 written, 0 removed (TIME)
  $ sed -i 's/SQS/sqs/' out/shop/cloudformation/shop.yaml
  $ wgen build --format short
  out/shop/cloudformation/shop.yaml: error: `out/shop/cloudformation/shop.yaml` was edited by hand since it was generated [edited-file]
  specs/shop.yaml:2:9: warning: no Region is known as `eu-west-9` [unknown-region]
  [4]
