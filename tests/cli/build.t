A build makes everything, then changes nothing.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: us-west-2
  > projects: {amelia: [scott]}
  > boxes:
  >   input: {per: user}
  > END
  $ wgen build -v
  wgen: shop: 5 lines -> 1 resource in 1 stack, 13 files in out/shop
  wgen: 0 files up to date, 14 written, 0 removed (TIME)
  $ find . -type f | LC_ALL=C sort
  ./out/shop/cloudformation/shop-users-1.yaml
  ./out/shop/deploy/Makefile
  ./out/shop/deploy/deploy.sh
  ./out/shop/deploy/settings.sh
  ./out/shop/deploy/stacks.csv
  ./out/shop/docs/access.md
  ./out/shop/docs/cost.md
  ./out/shop/docs/inventory.md
  ./out/shop/docs/runbook.md
  ./out/shop/docs/workflows.md
  ./out/shop/manifest
  ./out/shop/terraform/shop-users-1/main.tf
  ./out/shop/terraform/shop-users-1/terraform.tf
  ./out/shop/terraform/shop-users-1/users.json
  ./specs/shop.yaml
  ./specs/shop/wgen.lock
  $ cat out/shop/cloudformation/*
  # Made by wgen from the spec of shop: change that, then `wgen build`.
  AWSTemplateFormatVersion: "2010-09-09"
  Description: shop-users-1
  Resources:
    BoxInputAmeliaScott:
      Type: Test::Box
      Properties:
        BoxName: shop-input-amelia-scott
        Size: 3
  $ sed 's/^[0-9a-f]* /HASH /' out/shop/manifest
  # Every file that wgen owns in this folder; it writes and removes no other.
  HASH  cloudformation/shop-users-1.yaml
  HASH  deploy/Makefile
  HASH  deploy/deploy.sh
  HASH  deploy/settings.sh
  HASH  deploy/stacks.csv
  HASH  docs/access.md
  HASH  docs/cost.md
  HASH  docs/inventory.md
  HASH  docs/runbook.md
  HASH  docs/workflows.md
  HASH  terraform/shop-users-1/main.tf
  HASH  terraform/shop-users-1/terraform.tf
  HASH  terraform/shop-users-1/users.json
  $ wgen build
  wgen: 13 files up to date, 0 written, 0 removed (TIME)
  $ wgen build --check
  wgen: 13 files up to date, 0 written, 0 removed (TIME)
  $ wgen build -q

What the spec says is what is there, or the build is not up to date.

  $ sed -i 's/per: user/per: user, size: 4/' specs/shop.yaml
  $ wgen build --check
  --- out/shop/cloudformation/shop-users-1.yaml
  +++ out/shop/cloudformation/shop-users-1.yaml
  @@ -6,4 +6,4 @@
       Type: Test::Box
       Properties:
         BoxName: shop-input-amelia-scott
  -      Size: 3
  +      Size: 4
  --- out/shop/terraform/shop-users-1/main.tf
  +++ out/shop/terraform/shop-users-1/main.tf
  @@ -4,5 +4,5 @@
     for_each = local.users
   
     name = "shop-input-${each.value.project}-${each.value.user}"
  -  size = 3
  +  size = 4
   }
  error[out-of-date]: `out/shop/cloudformation/shop-users-1.yaml` is not what its spec says
   --> out/shop/cloudformation/shop-users-1.yaml
  
  error[out-of-date]: `out/shop/manifest` does not list what its spec makes
   --> out/shop/manifest
  
  error[out-of-date]: `out/shop/terraform/shop-users-1/main.tf` is not what its spec says
   --> out/shop/terraform/shop-users-1/main.tf
  
  wgen: 3 differences; run `wgen build`
  [3]
  $ wgen build --check -q
  error[out-of-date]: `out/shop/cloudformation/shop-users-1.yaml` is not what its spec says
   --> out/shop/cloudformation/shop-users-1.yaml
  
  error[out-of-date]: `out/shop/manifest` does not list what its spec makes
   --> out/shop/manifest
  
  error[out-of-date]: `out/shop/terraform/shop-users-1/main.tf` is not what its spec says
   --> out/shop/terraform/shop-users-1/main.tf
  
  [3]

A file that was edited by hand is not lost.

  $ wgen build --diff
  --- out/shop/cloudformation/shop-users-1.yaml
  +++ out/shop/cloudformation/shop-users-1.yaml
  @@ -6,4 +6,4 @@
       Type: Test::Box
       Properties:
         BoxName: shop-input-amelia-scott
  -      Size: 3
  +      Size: 4
  --- out/shop/terraform/shop-users-1/main.tf
  +++ out/shop/terraform/shop-users-1/main.tf
  @@ -4,5 +4,5 @@
     for_each = local.users
   
     name = "shop-input-${each.value.project}-${each.value.user}"
  -  size = 3
  +  size = 4
   }
  wgen: 11 files up to date, 2 written, 0 removed (TIME)
  $ echo '# mine' >>out/shop/cloudformation/shop-users-1.yaml
  $ wgen build
  error[edited-file]: `out/shop/cloudformation/shop-users-1.yaml` was edited by hand since it was generated
   --> out/shop/cloudformation/shop-users-1.yaml
  help: change the spec instead; `--force out/shop/cloudformation/shop-users-1.yaml` puts it back
  
  wgen: 1 error in out/shop/cloudformation/shop-users-1.yaml; nothing was written
  [4]
  $ wgen build --force out/shop/cloudformation/shop-users-1.yaml
  wgen: 12 files up to date, 1 written, 0 removed (TIME)

A file that was removed comes back.

  $ rm out/shop/cloudformation/shop-users-1.yaml
  $ wgen build --check
  --- /dev/null
  +++ out/shop/cloudformation/shop-users-1.yaml
  @@ -0,0 +1,9 @@
  +# Made by wgen from the spec of shop: change that, then `wgen build`.
  +AWSTemplateFormatVersion: "2010-09-09"
  +Description: shop-users-1
  +Resources:
  +  BoxInputAmeliaScott:
  +    Type: Test::Box
  +    Properties:
  +      BoxName: shop-input-amelia-scott
  +      Size: 4
  error[out-of-date]: `out/shop/cloudformation/shop-users-1.yaml` is missing
   --> out/shop/cloudformation/shop-users-1.yaml
  
  wgen: 1 difference in out/shop/cloudformation/shop-users-1.yaml; run `wgen build`
  [3]
  $ wgen build
  wgen: 12 files up to date, 1 written, 0 removed (TIME)

What is no longer generated goes, and its folders with it.

  $ sed -i '/boxes/,$d' specs/shop.yaml
  $ wgen build --check >/dev/null
  error[out-of-date]: `out/shop/cloudformation/shop-users-1.yaml` is no longer generated
   --> out/shop/cloudformation/shop-users-1.yaml
  
  error[out-of-date]: `out/shop/deploy/Makefile` is no longer generated
   --> out/shop/deploy/Makefile
  
  error[out-of-date]: `out/shop/deploy/deploy.sh` is no longer generated
   --> out/shop/deploy/deploy.sh
  
  error[out-of-date]: `out/shop/deploy/settings.sh` is no longer generated
   --> out/shop/deploy/settings.sh
  
  error[out-of-date]: `out/shop/deploy/stacks.csv` is no longer generated
   --> out/shop/deploy/stacks.csv
  
  error[out-of-date]: `out/shop/docs/access.md` is no longer generated
   --> out/shop/docs/access.md
  
  error[out-of-date]: `out/shop/docs/cost.md` is no longer generated
   --> out/shop/docs/cost.md
  
  error[out-of-date]: `out/shop/docs/inventory.md` is no longer generated
   --> out/shop/docs/inventory.md
  
  error[out-of-date]: `out/shop/docs/runbook.md` is no longer generated
   --> out/shop/docs/runbook.md
  
  error[out-of-date]: `out/shop/docs/workflows.md` is no longer generated
   --> out/shop/docs/workflows.md
  
  error[out-of-date]: `out/shop/terraform/shop-users-1/main.tf` is no longer generated
   --> out/shop/terraform/shop-users-1/main.tf
  
  error[out-of-date]: `out/shop/terraform/shop-users-1/terraform.tf` is no longer generated
   --> out/shop/terraform/shop-users-1/terraform.tf
  
  error[out-of-date]: `out/shop/terraform/shop-users-1/users.json` is no longer generated
   --> out/shop/terraform/shop-users-1/users.json
  
  error[out-of-date]: `specs/shop/wgen.lock` would change
   --> specs/shop/wgen.lock
  
  wgen: 14 differences; run `wgen build`
  [3]
  $ wgen build
  wgen: 0 files up to date, 1 written, 13 removed (TIME)
  $ find out -type f

Not if it was edited.

  $ echo 'boxes: {jobs: {}}' >>specs/shop.yaml
  $ wgen build
  wgen: 0 files up to date, 13 written, 0 removed (TIME)
  $ sed -i '/boxes/,$d' specs/shop.yaml
  $ echo '# mine' >>out/shop/cloudformation/shop.yaml
  $ wgen build
  error[edited-file]: `out/shop/cloudformation/shop.yaml` is no longer generated, and was edited by hand
   --> out/shop/cloudformation/shop.yaml
  help: move it away, or remove it with `--force out/shop/cloudformation/shop.yaml`
  
  wgen: 1 error in out/shop/cloudformation/shop.yaml; nothing was written
  [4]
  $ wgen build --force out
  wgen: 0 files up to date, 1 written, 12 removed (TIME)

A file that wgen did not write is in the way.

  $ echo 'boxes: {jobs: {}}' >>specs/shop.yaml
  $ mkdir -p out/shop/cloudformation
  $ echo mine >out/shop/cloudformation/shop.yaml
  $ wgen build
  error[foreign-file]: `out/shop/cloudformation/shop.yaml` is in the way: wgen did not write it
   --> out/shop/cloudformation/shop.yaml
  help: move it away, or replace it with `--force out/shop/cloudformation/shop.yaml`
  
  wgen: 1 error in out/shop/cloudformation/shop.yaml; nothing was written
  [4]
  $ cat out/shop/cloudformation/shop.yaml
  mine
  $ ls out/shop
  cloudformation
