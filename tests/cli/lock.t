The lock remembers what is in which stack.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ printf 'system: shop\nboxes: {jobs: {}}\n' >specs/shop.yaml
  $ wgen build
  wgen: 0 files up to date, 13 written, 0 removed (TIME)
  $ cat specs/shop/wgen.lock
  # Where everything is deployed: a moved queue is a deleted queue. wgen keeps this; commit it.
  shared jobs 1

Lost, it is not made up anew.

  $ mv specs/shop/wgen.lock saved
  $ wgen build
  error[lost-lock]: `specs/shop/wgen.lock` is gone, and with it where everything is deployed
   --> specs/shop/wgen.lock
  help: restore it: `git checkout -- specs/shop/wgen.lock`
    = note: if nothing is deployed yet, remove the outputs of `shop` and build again
  
  wgen: 1 error in specs/shop/wgen.lock; nothing was written
  [4]
  $ wgen build --check
  error[lost-lock]: `specs/shop/wgen.lock` is gone, and with it where everything is deployed
   --> specs/shop/wgen.lock
  help: restore it: `git checkout -- specs/shop/wgen.lock`
    = note: if nothing is deployed yet, remove the outputs of `shop` and build again
  
  wgen: 1 error in specs/shop/wgen.lock; nothing was written
  [4]
  $ mv saved specs/shop/wgen.lock

Two branches that agree merge by themselves.

  $ printf '<<<<<<< ours\nshared jobs 1\n=======\nshared jobs 1\n>>>>>>> theirs\n' >specs/shop/wgen.lock
  $ wgen build
  wgen: 12 files up to date, 1 written, 0 removed (TIME)
  $ cat specs/shop/wgen.lock
  # Where everything is deployed: a moved queue is a deleted queue. wgen keeps this; commit it.
  shared jobs 1

Two that do not have to be told which of them is deployed.

  $ printf '<<<<<<< ours\nshared jobs 1\n=======\nshared jobs 2\n>>>>>>> theirs\n' >specs/shop/wgen.lock
  $ wgen build
  error[lock-conflict]: two branches placed `shared jobs` in different stacks
   --> specs/shop/wgen.lock:4:1
    |
  2 | shared jobs 1
    | ------------- the other one
  3 | =======
  4 | shared jobs 2
    | ^^^^^^^^^^^^^
  help: keep the line of the branch that is deployed; of new things, keep either
  
  wgen: 1 error in specs/shop/wgen.lock; nothing was written
  [1]
  $ echo 'shared jobs first' >specs/shop/wgen.lock
  $ wgen build
  error[lock-damaged]: this is no line of a lock
   --> specs/shop/wgen.lock:1:1
    |
  1 | shared jobs first
    | ^^^^^^^^^^^^^^^^^
  help: restore the file: `git checkout -- specs/shop/wgen.lock`
  
  wgen: 1 error in specs/shop/wgen.lock; nothing was written
  [1]
  $ echo 'shared jobs 1' >specs/shop/wgen.lock
  $ wgen build
  wgen: 12 files up to date, 1 written, 0 removed (TIME)

A merge of manifests is no hindrance either: both sides count.

  $ sed -i 's/jobs: {}/jobs: {size: 5}/' specs/shop.yaml
  $ cp out/shop/manifest ours
  $ wgen build
  wgen: 10 files up to date, 2 written, 0 removed (TIME)
  $ (echo '<<<<<<< ours'; cat ours; echo =======; cat out/shop/manifest; echo '>>>>>>> theirs') >both
  $ cp both out/shop/manifest
  $ echo '# what git made of it' >>out/shop/cloudformation/shop.yaml
  $ wgen build
  wgen: 11 files up to date, 1 written, 0 removed (TIME)
  $ grep -c '[<=>|]' out/shop/manifest
  0
  [1]
  $ echo 'no line' >>out/shop/manifest
  $ wgen build
  error[manifest-damaged]: this is no line of a manifest
    --> out/shop/manifest:14:1
     |
  14 | no line
     | ^^^^^^^
  help: restore the file: `git checkout -- out/shop/manifest`
  
  wgen: 1 error in out/shop/manifest; nothing was written
  [4]

A line that is lost is not made up anew either: what it was about is deployed somewhere.

  $ unalias wgen; mkdir lines && cd lines && mkdir specs
  $ seq -s ', ' -f 'u%03.0f' 200 | sed 's/.*/{system: town, region: eu-central-1, projects: {p: [&]}, queues: {in: {per: user}, jobs: {}}}/' >specs/town.yaml
  $ wgen build -q && cp specs/town/wgen.lock saved
  $ grep 'jobs\|u00[12]\|u200' saved
  shared jobs 1
  user p/u001 1
  user p/u002 1
  user p/u200 3
  $ sed -i '/u001/d' specs/town/wgen.lock && wgen build
  error[lock-incomplete]: `user p/u001` is in stack `town-users-1` by the outputs, and `specs/town/wgen.lock` has no line for it
   --> specs/town/wgen.lock
  help: restore what is missing from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  wgen: 1 error in specs/town/wgen.lock; nothing was written
  [4]
  $ head -50 saved >specs/town/wgen.lock && wgen build --check -q
  error[lock-incomplete]: `user p/u046` is in stack `town-users-1` by the outputs, and `specs/town/wgen.lock` has no line for it
   --> specs/town/wgen.lock
  help: restore what is missing from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  [4]
  $ grep -v 'shared jobs' saved >specs/town/wgen.lock && wgen build -q
  error[lock-incomplete]: `shared jobs` is in stack `town` by the outputs, and `specs/town/wgen.lock` has no line for it
   --> specs/town/wgen.lock
  help: restore what is missing from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  [4]
  $ grep -v 'user-set' saved >specs/town/wgen.lock && wgen build -q
  error[lock-incomplete]: `user-set in` is in stack `town-users-1` by the outputs, and `specs/town/wgen.lock` has no line for it
   --> specs/town/wgen.lock
  help: restore what is missing from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  [4]

Without its outputs, it is new.

  $ rm -r out && wgen build -q && grep 'shared jobs' specs/town/wgen.lock
  shared jobs 1

A number that was changed by hand, or by a merge, moves nothing either.

  $ cp specs/town/wgen.lock saved
  $ sed -i 's,^user p/u001 1,user p/u001 2,' specs/town/wgen.lock && wgen build
  error[lock-moved]: `user p/u001` is in stack `town-users-1` by the outputs, and in another one by this line
   --> specs/town/wgen.lock:6:1
    |
  6 | user p/u001 2
    | ^^^^^^^^^^^^^
  help: restore what is wrong from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  wgen: 1 error in specs/town/wgen.lock; nothing was written
  [4]
  $ sed 's,^shared jobs 1,shared jobs 2,' saved >specs/town/wgen.lock && wgen build --check -q
  error[lock-moved]: `shared jobs` is in stack `town` by the outputs, and in another one by this line
   --> specs/town/wgen.lock:4:1
    |
  4 | shared jobs 2
    | ^^^^^^^^^^^^^
  help: restore what is wrong from git: `git log -p -- specs/town/wgen.lock`
    = note: if it is not deployed, remove the outputs of that stack and build again
  
  [4]
  $ sed 's,^user-set in 1,user-set in 2,' saved >specs/town/wgen.lock && wgen build -q
  error[lock-moved]: `user-set in` is in stack `town-users-1` by the outputs, and in another one by this line
     --> specs/town/wgen.lock:206:1
      |
  206 | user-set in 2
      | ^^^^^^^^^^^^^
  help: restore what is wrong from git: `git log -p -- specs/town/wgen.lock`
      = note: if it is not deployed, remove the outputs of that stack and build again
  
  [4]
  $ cp saved specs/town/wgen.lock && wgen build
  wgen: 24 files up to date, 0 written, 0 removed (TIME)

What there is for each user and no longer fits beside the rest has stacks of its own, also where nothing is
remembered but the lock.

  $ queues() { seq -s ', ' -f 'q%g: {per: user}' $1; }
  $ echo "{system: wide, region: eu-central-1, projects: {p: [ann, bob]}, queues: {$(queues 60)}}" >specs/wide.yaml
  $ wgen build -q specs/wide.yaml && rm -r out/.cache
  $ echo "{system: wide, region: eu-central-1, projects: {p: [ann, bob]}, queues: {$(queues 120)}}" >specs/wide.yaml
  $ wgen build -q specs/wide.yaml && grep 'ann\|-set q1 \|-set q120' specs/wide/wgen.lock
  user p/ann 1
  user-set q1 1
  user-set q120 2
  user.2 p/ann 1
  $ ls out/wide/cloudformation
  wide-users-1.yaml
  wide-users-2-1.yaml
  wide-users-2-2.yaml
  wide-users-2.yaml
  wide.yaml

Two branches may fill up the same stack; then what is new has to go on.

  $ seq -f 'user p/v%02.0f 3' 90 >>specs/town/wgen.lock
  $ (echo 'system: town'; echo 'region: eu-central-1'; echo 'projects:'; echo '  p:'; seq -f '  - u%03.0f' 200
  >  seq -f '  - v%02.0f' 90; echo 'queues: {in: {per: user}, jobs: {}}') >specs/town.yaml
  $ wgen build specs/town.yaml
  error[stack-too-large]: the stack `town-users-3` would have 464 resources
   --> specs/town.yaml:1:1
    |
  1 | system: town
    | ^
  help: if some of its users are not deployed yet, drop 4 of their lines from the lock and remove the outputs of this stack: they are put into another one
    = note: CloudFormation takes 500; wgen keeps below 450 so that a stack can still change
  
  wgen: 1 error in specs/town.yaml; nothing was written
  [1]
  $ sed -i '/user p.v8[7-9]/d; /user p.v90/d' specs/town/wgen.lock && rm out/town/cloudformation/town-users-3.yaml
  $ wgen build specs/town.yaml && grep 'u200\|v86\|v8[79]' specs/town/wgen.lock
  wgen: 18 files up to date, 11 written, 0 removed (TIME)
  user p/u200 3
  user p/v86 3
  user p/v87 4
  user p/v89 4
