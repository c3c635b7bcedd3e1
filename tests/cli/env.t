A build of one environment touches that one only, in the outputs and in the lock.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > boxes: {jobs: {}}
  > environments:
  >   staging: {boxes: {jobs: {size: 1}}}
  >   production: {}
  > END
  $ wgen build
  wgen: 0 files up to date, 23 written, 0 removed (TIME)
  $ find out -type f | LC_ALL=C sort
  out/shop/deploy/Makefile
  out/shop/deploy/deploy.sh
  out/shop/env/production/cloudformation/shop-production.yaml
  out/shop/env/production/deploy/settings.sh
  out/shop/env/production/deploy/stacks.csv
  out/shop/env/production/docs/access.md
  out/shop/env/production/docs/cost.md
  out/shop/env/production/docs/inventory.md
  out/shop/env/production/docs/runbook.md
  out/shop/env/production/docs/workflows.md
  out/shop/env/production/terraform/shop-production/main.tf
  out/shop/env/production/terraform/shop-production/terraform.tf
  out/shop/env/staging/cloudformation/shop-staging.yaml
  out/shop/env/staging/deploy/settings.sh
  out/shop/env/staging/deploy/stacks.csv
  out/shop/env/staging/docs/access.md
  out/shop/env/staging/docs/cost.md
  out/shop/env/staging/docs/inventory.md
  out/shop/env/staging/docs/runbook.md
  out/shop/env/staging/docs/workflows.md
  out/shop/env/staging/terraform/shop-staging/main.tf
  out/shop/env/staging/terraform/shop-staging/terraform.tf
  out/shop/manifest
  $ sed -i 's/jobs: {}/jobs: {size: 7}, more: {}/' specs/shop.yaml
  $ wgen build --env production
  wgen: 5 files up to date, 6 written, 0 removed (TIME)
  $ wgen build --check -q
  error[out-of-date]: `out/shop/env/staging/cloudformation/shop-staging.yaml` is not what its spec says
   --> out/shop/env/staging/cloudformation/shop-staging.yaml
  
  error[out-of-date]: `out/shop/env/staging/docs/inventory.md` is not what its spec says
   --> out/shop/env/staging/docs/inventory.md
  
  error[out-of-date]: `out/shop/env/staging/docs/runbook.md` is not what its spec says
   --> out/shop/env/staging/docs/runbook.md
  
  error[out-of-date]: `out/shop/env/staging/docs/workflows.md` is not what its spec says
   --> out/shop/env/staging/docs/workflows.md
  
  error[out-of-date]: `out/shop/env/staging/terraform/shop-staging/main.tf` is not what its spec says
   --> out/shop/env/staging/terraform/shop-staging/main.tf
  
  error[out-of-date]: `out/shop/manifest` does not list what its spec makes
   --> out/shop/manifest
  
  [3]
  $ cat specs/shop/wgen.lock
  # Where everything is deployed: a moved queue is a deleted queue. wgen keeps this; commit it.
  shared jobs 1
  shared more 1
  $ wgen build
  wgen: 17 files up to date, 5 written, 0 removed (TIME)
  $ wgen build --check
  wgen: 22 files up to date, 0 written, 0 removed (TIME)
  $ wgen check --env stagin
  error[unknown-environment]: `shop` has no environment `stagin`
  help: did you mean `staging`?
  
  wgen: 1 error
  [1]

What each of several environments has of its own is not in one of them only.

  $ unalias wgen; rm -r specs out; mkdir specs; cat >specs/shop.yaml <<'END'
  > system: shop
  > environments:
  >   staging:
  >     backend: {s3: {bucket: shop-staging, key: shop}}
  >     tables: {carts: {key: id}, cards: {key: id}}
  >   production:
  >     backend: {s3: {bucket: shop-production, key: shop}}
  >     tables: {carts: {key: id}}
  > END
  $ wgen check
  warning[only-in-environment]: `cards` is in this environment only
   --> specs/shop.yaml:5:32
    |
  5 |     tables: {carts: {key: id}, cards: {key: id}}
    |                                ^^^^^
  
  wgen: 1 warning in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
