A system is deployed by the script that comes with it: see fake/aws for what AWS is here.

  $ export PATH="$TESTS/cli/fake:$PATH" AWS="$PWD/aws" PACKAGES="$PWD/packages" RELEASE=r1
  $ mkdir specs packages aws; echo code one >packages/api.zip
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > environments: {staging: {}, production: {approval: required}}
  > queues: {jobs: {}}
  > functions:
  >   api: {alias: live, rollout: {canary: 10%}, alarms: {errors: 1%}, uses: {jobs: send}}
  > apis: {main: {function: api, stage: v1, routes: [GET /health]}}
  > deploy: {github: {smoke: GET /health}}
  > END
  $ wgen build -q
  $ ls out/shop out/shop/deploy out/shop/ci out/shop/env/staging/deploy
  out/shop:
  ci
  deploy
  env
  handlers
  manifest
  
  out/shop/ci:
  deploy.yml
  
  out/shop/deploy:
  Makefile
  deploy.sh
  
  out/shop/env/staging/deploy:
  settings.sh
  stacks.csv
  $ cat out/shop/env/staging/deploy/stacks.csv out/shop/env/staging/deploy/settings.sh
  wave,stack
  0,shop-staging-foundation
  1,shop-staging
  # settings.sh - what deploy.sh has to know of shop in staging. Made by wgen from the spec; edit that.
  # shellcheck shell=sh disable=SC2034
  AWS_REGION=eu-central-1
  # Where packages are put.
  bucket() {
      printf '%s' shop-staging-code-"$ACCOUNT"
      :
  }
  # Images: their file, processor and repository.
  images() {
      :
  }
  # Aliases: their function and name; its package; the parameter that says what is in it; the
  # repository of its image; what rolls it out.
  aliases() {
      alias_row shop-staging-api live api ApiCodeSha256 - shop-staging-api
      :
  }
  # What neither CloudFormation nor Terraform does, once everything is there.
  steps() {
      :
  }
  endpoint() {
      base=$(aws apigatewayv2 get-apis --output text --query 'Items[?Name=='\''shop-staging-main'\''].ApiEndpoint | [0]')
      [ "$base" = None ] || printf '%s' "$base"/v1
  }
  $ sh out/shop/deploy/deploy.sh help
  deploy.sh - deploys shop with nothing but the AWS CLI (and Terraform, where that is the target).
  Made by wgen from the spec; edit that.
  
    deploy.sh plan ENV                what would change, stack by stack; changes nothing
    deploy.sh deploy ENV              packages, images, every stack in its order, a smoke test
    deploy.sh smoke ENV               that test alone
    deploy.sh releases ENV            what was deployed, the latest last
    deploy.sh rollback ENV [RELEASE]  the code of the release before, or of RELEASE
    deploy.sh matrix ENV WAVE         the stacks of one wave, for the matrix of a GitHub workflow
    deploy.sh stack ENV NAME...       those stacks; what they need must be there
    deploy.sh begin ENV               what goes before wave 1; prints the matrix of each, of what has changed
  
  Doing it twice changes nothing. After a failure, do it again: what is done is not done anew. A
  stack is left alone if neither its template nor its parameters have changed since this script
  deployed it; FORCE=1 looks at all of them.
  
    TARGET=cloudformation|terraform   (cloudformation)
    PARAMETERS='Name=value'           parameters of the templates or variables of Terraform, one a line
    RELEASE=WORD                      (a hash of the handlers' sources) names packages and images
    PACKAGES=DIR                      packages that are built already
    JOBS=N                            (4) stacks at a time
  $ sh out/shop/deploy/deploy.sh deploy
  deploy.sh: say which environment: staging production
  [1]
  $ sh out/shop/deploy/deploy.sh matrix staging 1
  {"stack":["shop-staging"]}

A plan changes nothing.

  $ sh out/shop/deploy/deploy.sh plan staging
  shop-staging-foundation:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  shop-staging:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  $ cat aws/log
  cat: aws/log: No such file or directory
  [1]

What fails is said, and what was done before is not done again.

  $ FAILS=shop-staging sh out/shop/deploy/deploy.sh deploy staging
  shop-staging-foundation:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  uploading api.zip
  shop-staging:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  Version	the code is not there
  Later	something else
  deploy.sh: shop-staging could not be deployed, and is as it was; mend what is said above, then do it again
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ cat aws/log; rm aws/log
  deploy shop-staging-foundation
  upload s3://shop-staging-code-111122223333/shop/r1/
  upload s3://shop-staging-code-111122223333/shop/r1/SHA256
  deploy shop-staging, release r1
  $ sh out/shop/deploy/deploy.sh deploy staging
  shop-staging-foundation: as it was deployed
  shop-staging: its first deployment failed and left it empty; that is removed
  shop-staging:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  GET https://api.example.com/v1/health
  
  shop (staging): release r1 is deployed
  $ cat aws/log; rm aws/log
  delete shop-staging
  deploy shop-staging, release r1
  ask https://api.example.com/v1/health

Nothing has changed: only the smoke test asks.

  $ make -s -C out/shop/deploy deploy ENV=staging
  shop-staging-foundation: as it was deployed
  shop-staging: as it was deployed
  GET https://api.example.com/v1/health
  
  shop (staging): release r1 is deployed
  $ cat aws/log; rm aws/log
  ask https://api.example.com/v1/health

New code is a release of its own; the way back is one command.

  $ echo code two >packages/api.zip
  $ RELEASE=r2 sh out/shop/deploy/deploy.sh deploy staging
  shop-staging-foundation: as it was deployed
  uploading api.zip
  shop-staging:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  GET https://api.example.com/v1/health
  
  shop (staging): release r2 is deployed
  $ make -s -C out/shop/deploy rollback ENV=staging
  back from release r2 to r1
  shop-staging-foundation: as it was deployed
  shop-staging:
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  GET https://api.example.com/v1/health
  
  $ cat aws/log; rm aws/log
  upload s3://shop-staging-code-111122223333/shop/r2/
  upload s3://shop-staging-code-111122223333/shop/r2/SHA256
  deploy shop-staging, release r2
  ask https://api.example.com/v1/health
  deploy shop-staging, release r1
  ask https://api.example.com/v1/health
  $ sh out/shop/deploy/deploy.sh releases staging
  r1

Parameters are those of the templates.

  $ PARAMETERS='Realease=r3' sh out/shop/deploy/deploy.sh plan staging
  deploy.sh: there is no parameter `Realease`
  [1]

With Terraform the script moves the alias, by CodeDeploy or back at once.

  $ export TARGET=terraform; echo 2 >aws/alias
  $ sh out/shop/deploy/deploy.sh deploy staging
  shop-staging-foundation:
  shop-staging:
  shop-staging-api: live moves from version 2 to 3
  GET https://api.example.com/v1/health
  
  shop (staging): release r1 is deployed
  $ RELEASE=r2 sh out/shop/deploy/deploy.sh deploy staging
  shop-staging-foundation: as it was deployed
  shop-staging:
  GET https://api.example.com/v1/health
  
  shop (staging): release r2 is deployed
  $ (cd aws/s3/shop-staging-code-111122223333/shop && sed 's/api/2/' r1/SHA256 && sed 's/api/3/' r2/SHA256) >aws/code
  $ sh out/shop/deploy/deploy.sh rollback staging
  back from release r2 to r1
  shop-staging-api: live goes back from version 3 to 2
  shop-staging-foundation: as it was deployed
  shop-staging:
  GET https://api.example.com/v1/health
  
  $ cat aws/log
  terraform shop-staging-foundation init release r1
  terraform shop-staging-foundation plan release r1
  terraform shop-staging-foundation apply release r1
  terraform shop-staging init release r1
  terraform shop-staging plan release r1
  terraform shop-staging apply release r1
  roll out 3
  deploy wait deployment-successful --deployment-id d-1
  ask https://api.example.com/v1/health
  terraform shop-staging-foundation init release r2
  terraform shop-staging init release r2
  terraform shop-staging plan release r2
  terraform shop-staging apply release r2
  ask https://api.example.com/v1/health
  alias to version 2
  terraform shop-staging-foundation init release r1
  terraform shop-staging init release r1
  terraform shop-staging plan release r1
  terraform shop-staging apply release r1
  ask https://api.example.com/v1/health
