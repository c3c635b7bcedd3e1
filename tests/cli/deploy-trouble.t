What goes wrong at a deployment, and what deploy.sh makes of it. See fake/aws for what AWS is here.

  $ export PATH="$TESTS/cli/fake:$PATH" AWS="$PWD/aws" PACKAGES="$PWD/packages" RELEASE=r1
  $ mkdir -p specs packages aws/states; echo code one >packages/api.zip
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > parameters: {token: {type: string, default: none}}
  > functions: {api: {environment: {TOKEN: $(token)}}}
  > END
  $ wgen build -q

The value of a variable of Terraform arrives as it is, whatever it ends in.

  $ TARGET=terraform PARAMETERS='token=YQ=' sh out/shop/deploy/deploy.sh plan
  shop-foundation:
  shop:
  $ cat aws/log; rm aws/log
  terraform shop-foundation init release r1, token YQ=
  terraform shop-foundation plan release r1, token YQ=
  terraform shop init release r1, token YQ=
  terraform shop plan release r1, token YQ=

A template that is too large for a request goes by way of the code's bucket. If it does not get there, what
is there is that of the deployment before: nothing is deployed, and nothing is taken for deployed.

  $ deploy() { sh out/shop/deploy/deploy.sh "$@" >said 2>&1 || { code=$?; grep deploy.sh: said; return $code; }; sort aws/log 2>/dev/null; rm -f aws/log; }
  $ spec() { printf 'system: shop\nregion: eu-central-1\nprojects: {p: [%s]}\nqueues: {orders: {per: user, visibility: %s}}\nfunctions: {api: {}}\n' "$(seq -s ', ' -f 'u%.0f' 60)" "$1" >specs/shop.yaml; wgen build -q; }
  $ spec 40s; deploy deploy
  deploy shop, release r1
  deploy shop-foundation
  deploy shop-users-1
  metrics have tags
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256
  upload s3://shop-code-111122223333/shop/templates/shop-users-1.yaml
  $ spec 50s; LOST=shop-users-1.yaml deploy deploy
  deploy.sh: shop-users-1: its template cannot be put into shop-code-111122223333
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ deploy deploy
  deploy shop-users-1
  upload s3://shop-code-111122223333/shop/templates/shop-users-1.yaml

A stack whose first deployment failed is removed by the next deployment, and not by a plan.

  $ spec 60s; mkdir -p aws/states; echo ROLLBACK_COMPLETE >aws/states/shop
  $ deploy plan | grep delete; grep -A 4 '^shop:' said
  shop: its first deployment failed and left it empty; the next one removes that, and makes it anew
  shop:
    Add     KeySystem                                AWS::KMS::Key
    Add     KeySystemAlias                           AWS::KMS::Alias
    Add     TopicAlerts                              AWS::SNS::Topic
    Add     TopicAlertsPolicy                        AWS::SNS::TopicPolicy
  $ deploy deploy
  delete shop
  deploy shop, release r1
  deploy shop-users-1
  upload s3://shop-code-111122223333/shop/templates/shop-users-1.yaml

What is deployed is told by the code's bucket. Where that cannot be read, nothing is taken for new: the list of
releases would be as short as that.

  $ LOST=deployed/ deploy deploy
  deploy.sh: what is deployed cannot be read: fatal error: no connection
  [1]

What a rollback goes back to is there already: nothing is built by the name of an earlier release.

  $ echo code two >packages/api.zip; RELEASE=r2 deploy deploy
  deploy shop, release r2
  upload s3://shop-code-111122223333/shop/r2/
  upload s3://shop-code-111122223333/shop/r2/SHA256
  $ deploy rollback r11
  deploy.sh: there is nothing of release r11 in shop-code-111122223333
  [1]
  $ deploy releases; tail -2 said
  r1
  r2

When a deployment stops halfway, a rollback goes to the release that it was to replace; and there again, if the
rollback stops halfway.

  $ echo code three >packages/api.zip; spec 70s; RELEASE=r3 FAILS=shop-users-1 deploy deploy; rm aws/log
  deploy.sh: shop-users-1 could not be deployed, and is as it was; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  $ FAILS=shop deploy rollback; head -1 said; rm -f aws/log
  deploy.sh: shop could not be deployed, and is as it was; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  back from release r3 to r2
  $ deploy rollback; head -1 said
  deploy shop, release r2
  back from release r3 to r2
  $ deploy releases; tail -2 said
  r1
  r2
  $ deploy rollback; head -1 said; deploy releases; tail -1 said
  deploy shop, release r1
  back from release r2 to r1
  r1

What a run began that was stopped goes on in AWS. The same deployment waits for its end; another one does not.

  $ RELEASE=r2 STOPS=shop deploy deploy; rm aws/log; cat aws/states/shop
  deploy.sh: shop could not be deployed, and is UPDATE_IN_PROGRESS; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  UPDATE_IN_PROGRESS
  $ RELEASE=r1 deploy deploy
  deploy.sh: shop is UPDATE_IN_PROGRESS: something else is deploying it, or takes it back; do it again when that has ended
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ RELEASE=r2 deploy deploy; grep waiting said
  shop: a run that was stopped has begun this; waiting for its end
  $ RELEASE=r2 deploy deploy; grep '^shop:' said
  shop: as it was deployed
  shop: release r2 is deployed

A release is known by all that may go into it: a file that is included is as good as a source.

  $ release() { RELEASE= deploy deploy >/dev/null; tail -1 said; }
  $ release >one; echo '"yes"' >specs/shop/handlers/words.inc; release >two; cmp -s one two || echo another
  another
  $ touch specs/shop/handlers/.words.swp specs/shop/handlers/words.inc~; release | cmp - two && echo the same
  the same

With Terraform, an alias that rolls out goes to the version that has the release's code, which need not be the
one before. Where no version has it any more, it goes when Terraform has made one.

  $ rm -r aws specs out; mkdir -p specs aws/states; export TARGET=terraform
  $ printf 'system: shop\nregion: eu-central-1\nfunctions: {api: {alias: live, rollout: {canary: 10%%}, alarms: {errors: 1%%}}}\n' >specs/shop.yaml; wgen build -q
  $ mkdir -p aws/stacks && touch aws/stacks/shop-foundation; echo 3 >aws/alias
  $ for n in 1 2 3; do echo code $n >packages/api.zip; RELEASE=r$n deploy deploy >/dev/null; done
  $ for n in 1 2 3; do sed "s/api/$n/" aws/s3/*/shop/r$n/SHA256; done >aws/code
  $ deploy rollback r1 | grep alias; grep api: said
  alias to version 1
  shop-api: live goes back from version 3 to 1
  $ RELEASE=r3 deploy deploy >/dev/null; echo 3 >aws/alias; sed -n 's/^1/4/p' aws/code >aws/new; sed -i 1d aws/code
  $ deploy rollback r1; grep api: said
  alias to version 4
  terraform shop apply release r1
  terraform shop init release r1
  terraform shop plan release r1
  terraform shop-foundation init release r1
  shop-api: live goes back from version 3 to 4

What failed is said, the cause first, and how the stack is now. A deployment of more than an hour is waited for.

  $ rm -r aws specs out; mkdir -p specs aws/states; unset TARGET
  $ printf 'system: shop\nregion: eu-central-1\nqueues: {orders: {}}\n' >specs/shop.yaml; wgen build -q
  $ touch aws/slow; FAILS=shop deploy deploy; tail -4 said
  deploy.sh: shop could not be deployed, and is as it was; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  Version	the code is not there
  Later	something else
  deploy.sh: shop could not be deployed, and is as it was; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  $ touch aws/slow; deploy deploy
  delete shop
  deploy shop
  deploy shop
  $ sed -i 's/{}/{visibility: 40s}/' specs/shop.yaml; wgen build -q
  $ FAILS=shop BECOMES=UPDATE_ROLLBACK_FAILED deploy deploy
  deploy.sh: shop could not be deployed, and is UPDATE_ROLLBACK_FAILED; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ deploy deploy
  deploy.sh: shop is UPDATE_ROLLBACK_FAILED; see `aws cloudformation continue-update-rollback --stack-name shop`
  deploy.sh: stopped; do it again when the cause is gone
  [1]

An environment that says its account is deployed with credentials of that account, and with no other's.

  $ rm -r specs out; mkdir specs
  $ printf 'system: shop\nregion: eu-central-1\nenvironments: {staging: {account: "111122223333"}, production: {account: "123456789012"}}\nqueues: {orders: {}}\n' >specs/shop.yaml; wgen build -q
  $ deploy plan staging; deploy plan production
  deploy shop
  deploy.sh: production is in account 123456789012, and these are credentials of 111122223333
  [1]
  $ grep -h -A 3 '^provider' out/shop/env/*/terraform/shop-*/terraform.tf
  provider "aws" {
    region              = "eu-central-1"
    allowed_account_ids = ["123456789012"]
  
  --
  provider "aws" {
    region              = "eu-central-1"
    allowed_account_ids = ["111122223333"]
  

The path to all of this may have spaces. (Nothing is compiled here: make says what it would do.)

  $ rm -r specs out aws; mkdir -p aws 'a b/specs' 'a b/build/handlers/shop/package/arm64'; cd 'a b'
  $ printf 'system: shop\nregion: eu-central-1\nfunctions: {api: {}}\n' >specs/shop.yaml; wgen build -q
  $ echo code >build/handlers/shop/package/arm64/api.zip
  $ MAKEFLAGS=n PACKAGES= deploy deploy; tail -1 said
  shop: release r1 is deployed

Packages are built for the processor of those functions that have one, whatever an image is built for.

  $ printf 'system: shop\nregion: eu-central-1\nfunctions: {draw: {package: image}, pack: {architecture: x86_64}}\n' >specs/shop.yaml; wgen build -q
  $ grep '^PACKAGE_ARCH' out/shop/handlers/Makefile; grep -o 'package/[ax].*' out/shop/deploy/deploy.sh
  PACKAGE_ARCH ?= x86_64
  package/x86_64

What it keeps in variables is its own: one that is called the same here changes nothing.

  $ mkdir mine; MAKEFLAGS=n PACKAGES= work=mine mode=mine deploy plan; ls mine; tail -1 said
    Modify  Version                                  AWS::Lambda::Version  REPLACED

A system of images has no packages, and is deployed all the same.

  $ rm -r build; mkdir bin; printf '#!/bin/sh\ncase $1 in build) echo "building $8" ;; esac\n' >bin/docker; chmod +x bin/docker
  $ printf 'system: shop\nregion: eu-central-1\nfunctions: {draw: {package: image}}\n' >specs/shop.yaml; wgen build -q
  $ PATH="$PWD/bin:$PATH" RELEASE=r9 PACKAGES= deploy deploy; tail -1 said
  shop: release r9 is deployed
