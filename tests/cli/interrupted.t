A build that was killed while it renamed files is finished by the next one. Here its journal is made
by hand: each file has changed from what `a` has to what `b` has.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ printf 'system: shop\nboxes: {jobs: {size: 3}}\n' >specs/shop.yaml
  $ wgen build -q && cp -r out a
  $ sed -i 's/3/4/' specs/shop.yaml
  $ wgen build -q && cp -r out b
  $ digest() { sed -n "s,  $2\$,,p" $1/shop/manifest; }
  $ line() { echo "replace $(digest a $1) $(digest b $1) /shop/$1"; }
  $ journal() {
  >   line cloudformation/shop.yaml
  >   line terraform/shop/main.tf
  >   echo end
  > }
  $ interrupt() {
  >   rm -rf out; cp -r a out; mkdir -p out/.wgen/new/shop/cloudformation out/.wgen/new/shop/terraform/shop
  >   cp b/shop/cloudformation/shop.yaml out/.wgen/new/shop/cloudformation
  >   cp b/shop/terraform/shop/main.tf out/.wgen/new/shop/terraform/shop
  >   journal >out/.wgen/commit
  > }

Nothing was renamed yet, or one of the files.

  $ interrupt
  $ wgen build --check
  error[interrupted-build]: a build into `out` was interrupted
   --> out
  help: run `wgen build`, which finishes it
  
  wgen: 1 difference in out; run `wgen build`
  [3]
  $ wgen build
  wgen: 12 files up to date, 0 written, 0 removed (TIME)
  $ diff -r b out
  $ interrupt
  $ mv out/.wgen/new/shop/terraform/shop/main.tf out/shop/terraform/shop/main.tf
  $ wgen build
  wgen: 12 files up to date, 0 written, 0 removed (TIME)
  $ diff -r b out

Files that were new, in a new folder, and gone.

  $ interrupt
  $ mkdir out/.wgen/new/more && echo x >out/.wgen/new/more/x && rm -r out/shop/cloudformation out/.wgen/new/shop/terraform/shop/main.tf
  $ zero=00000000000000000000000000000000
  $ {
  >   echo "make $zero $(digest b cloudformation/shop.yaml) /shop/cloudformation-2"
  >   echo "make-folder $zero $zero /more"
  >   echo "remove $(digest a terraform/shop/main.tf) $zero /shop/terraform/shop/main.tf"
  >   echo end
  > } >out/.wgen/commit
  $ cp b/shop/cloudformation/shop.yaml out/.wgen/new/shop/cloudformation-2
  $ wgen build
  wgen: 10 files up to date, 2 written, 0 removed (TIME)
  $ ls out out/shop out/more
  out:
  more
  shop
  
  out/more:
  x
  
  out/shop:
  cloudformation
  cloudformation-2
  deploy
  docs
  manifest
  terraform

Somebody has changed one of them since: that is not lost.

  $ interrupt
  $ echo mine >>out/shop/terraform/shop/main.tf
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: something else has changed `out/shop/terraform/shop/main.tf`
   --> out/.wgen/commit
  help: put it back as it was
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ tail -1 out/shop/terraform/shop/main.tf
  mine
  $ rm -r out/.wgen
  $ wgen build --force out
  wgen: 10 files up to date, 2 written, 0 removed (TIME)

A journal is not trusted.

  $ interrupt
  $ echo "replace $zero $zero /../specs/shop.yaml" >out/.wgen/commit
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: its journal has a line that is none: `replace 00000000000000000000000000000000 00000000000000000000000000000000 /../specs/shop.yaml`
   --> out/.wgen/commit
  help: was it edited?
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ echo "replace $zero $zero other/wgen.lock" >out/.wgen/commit
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: it was one of `other`
   --> out/.wgen/commit
  help: build that system first
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ journal | grep -v end >out/.wgen/commit
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: this has no end: `.wgen/commit`
   --> out/.wgen/commit
  help: was it edited?
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ echo "dance $zero $zero /x" >out/.wgen/commit
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: its journal has a line that is none: `dance 00000000000000000000000000000000 00000000000000000000000000000000 /x`
   --> out/.wgen/commit
  help: was it edited?
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ rm out/.wgen/commit && mkdir out/.wgen/commit
  $ wgen build
  error[interrupted-build]: an interrupted build cannot be finished: this is no file: `.wgen/commit`
   --> out/.wgen/commit
  help: remove it
    = note: to keep all files as they are instead, remove `out/.wgen`
  
  wgen: 1 error in out/.wgen/commit; nothing was written
  [4]
  $ cat specs/shop.yaml
  system: shop
  boxes: {jobs: {size: 4}}
