What a build saw is remembered, so that the same build again costs a look. Nothing that has changed
goes unseen, however it looks.

  $ mkdir specs
  $ printf 'system: shop\nqueues: {jobs: {}}\nfunctions: {work: {}}\n' >specs/shop.yaml
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 14: wgen: not found
  [127]
  $ ls -A out
  ls: cannot access 'out': No such file or directory
  [2]
  $ cat out/.cache/.gitignore
  cat: out/.cache/.gitignore: No such file or directory
  [1]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 29: wgen: not found
  [127]

An edit of an output that keeps its size and its times.

  $ f=out/shop/cloudformation/shop.yaml
  $ touch -r $f before
  touch: failed to get attributes of 'out/shop/cloudformation/shop.yaml': No such file or directory
  [1]
  $ sed 's/SQS/sqs/' $f >edited && cat edited >$f && touch -r before $f
  sed: can't read out/shop/cloudformation/shop.yaml: No such file or directory
  [2]
  $ wgen build --format short
  /tmp/tmp.UIQ5d5GoNA/script: 49: wgen: not found
  [127]
  $ wgen build --force $f
  /tmp/tmp.UIQ5d5GoNA/script: 54: wgen: not found
  [127]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 59: wgen: not found
  [127]

Files that are gone, of both sides.

  $ rm $f
  rm: cannot remove 'out/shop/cloudformation/shop.yaml': No such file or directory
  [1]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 69: wgen: not found
  [127]
  $ rm specs/shop/handlers/work.c
  rm: cannot remove 'specs/shop/handlers/work.c': No such file or directory
  [1]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 79: wgen: not found
  [127]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 84: wgen: not found
  [127]

Another lock, another spec, a kind of one's own.

  $ sed -i 's/jobs 1/jobs 2/' specs/shop/wgen.lock
  sed: can't read specs/shop/wgen.lock: No such file or directory
  [2]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 94: wgen: not found
  [127]
  $ sed -i 's/{jobs: {}}/{jobs: {visibility: 5m}}/' specs/shop.yaml
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 104: wgen: not found
  [127]
  $ mkdir specs/shop/kinds
  mkdir: cannot create directory ‘specs/shop/kinds’: No such file or directory
  [1]
  $ echo nothing >specs/shop/kinds/queue.yaml
  /tmp/tmp.UIQ5d5GoNA/script: 114: cannot create specs/shop/kinds/queue.yaml: Directory nonexistent
  [2]
  $ wgen build --format short
  /tmp/tmp.UIQ5d5GoNA/script: 119: wgen: not found
  [127]
  $ rm -r specs/shop/kinds
  rm: cannot remove 'specs/shop/kinds': No such file or directory
  [1]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 129: wgen: not found
  [127]

A record that is wrong, or cannot be made, changes nothing.

  $ echo nonsense >out/.cache/shop
  /tmp/tmp.UIQ5d5GoNA/script: 134: cannot create out/.cache/shop: Directory nonexistent
  [2]
  $ wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 139: wgen: not found
  [127]
  $ rm -r out/.cache && ln -s elsewhere out/.cache
  rm: cannot remove 'out/.cache': No such file or directory
  [1]
  $ wgen build && wgen build
  /tmp/tmp.UIQ5d5GoNA/script: 149: wgen: not found
  [127]
  $ ls elsewhere
  ls: cannot access 'elsewhere': No such file or directory
  [2]
