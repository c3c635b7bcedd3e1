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
