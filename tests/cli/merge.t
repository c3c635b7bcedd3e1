Two branches that both add users, and all that git has to merge then: the spec, the lock, the outputs.

  $ export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
  $ export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
  $ git init -q -b main . && mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > projects:
  >   books: [ann]
  >   # what drives
  >   cars: [bob]
  >   # what does not
  >   dolls: [cid]
  > 
  > queues: {orders: {per: user}, jobs: {}}
  > END
  $ commit() { git add -A && git commit -qm "$1"; }
  $ wgen build -q && commit base
  $ git checkout -q -b left && wgen add user books/zoe -q && sed -i 's/jobs: {}/jobs: {}, left: {}/' specs/shop.yaml
  $ wgen build -q && commit left
  $ git checkout -q main && git checkout -q -b right && wgen add user cars/abe -q && wgen add user dolls/ron -q
  $ wgen build -q && commit right
  $ git checkout -q left && git merge -q right >said 2>&1; git ls-files -u -- specs | cut -f 2 | sort -u
  specs/shop/wgen.lock

Both added a line at one place of the lock; that is no conflict to wgen. What is generated is made anew,
whatever git has left there.

  $ sed -n '/^<<<<<<</,/^>>>>>>>/p' specs/shop/wgen.lock
  <<<<<<< HEAD
  user books/zoe 1
  =======
  user cars/abe 1
  >>>>>>> right
  $ wgen build -q && cat specs/shop/wgen.lock
  # Where everything is deployed: a moved queue is a deleted queue. wgen keeps this; commit it.
  shared alerts 1
  shared jobs 1
  shared key 1
  shared left 1
  shared orders.dead-letter.alarm-depth 1
  user books/ann 1
  user books/zoe 1
  user cars/abe 1
  user cars/bob 1
  user dolls/cid 1
  user dolls/ron 1
  user-set orders 1
  $ grep -rlE '^(<<<<<<<|=======|>>>>>>>)' out specs
  [1]
  $ rm said && commit merged && wgen build --check -q && echo 'what is committed is what the spec says'
  what is committed is what the spec says

Nothing that either branch had is elsewhere now.

  $ placed() { git show $1:specs/shop/wgen.lock | LC_ALL=C sort; }
  $ for branch in left^1 right; do placed $branch >had; placed left | LC_ALL=C comm -23 had -; done
