Many stacks: in waves, several at a time, on from where it stopped, and only what changed. See fake/aws
for what AWS is here.

  $ export PATH="$TESTS/cli/fake:$PATH" AWS="$PWD/aws" PACKAGES="$PWD/packages" RELEASE=r1
  $ mkdir specs packages aws; echo code >packages/api.zip
  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > projects: {p: [a, b, c]}
  > queues: {jobs: {}, orders: {per: user}}
  > functions: {api: {uses: {jobs: send}}}
  > workflows:
  >   one: {trigger: {queue: jobs}, stages: [{call: api}]}
  >   two: {stages: [{call: {id: step}}]}
  >   ten: {stages: [{call: {id: step}}]}
  > END
  $ wgen build -q
  $ cat out/shop/deploy/stacks.csv
  wave,stack
  0,shop-foundation
  1,shop-two
  1,shop-ten
  1,shop-users-1
  1,shop
  2,shop-one
  $ deploy() { sh out/shop/deploy/deploy.sh "$@" >said 2>&1 || { code=$?; tail -2 said; return $code; }; sort aws/log 2>/dev/null; rm -f aws/log; }

A wave ends before the next one begins: what waits for a stack that failed is not begun. The rest of
its wave is deployed all the same.

  $ JOBS=1 FAILS=shop-two deploy deploy
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ sort aws/log; rm aws/log
  deploy shop, release r1
  deploy shop-foundation
  deploy shop-ten, release r1
  deploy shop-two, release r1
  deploy shop-users-1
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256

After that, only what is not done is done.

  $ deploy deploy
  delete shop-two
  deploy shop-one
  deploy shop-two, release r1
  metrics have tags
  $ deploy deploy

Only what changed, when somebody is added.

  $ wgen add user p/d >said && wgen build -q
  wgen: user `p/d` is now in specs/shop.yaml
  wgen: next: `wgen build`
  $ deploy deploy
  deploy shop-users-1

A plan looks at what has changed, as a deployment does. What is too large for a request and not there yet
needs no bucket to be looked at: that may be as new.

  $ plan() { sh out/shop/deploy/deploy.sh plan 2>&1 | sort; }
  $ plan
  shop-foundation: as it was deployed
  shop-one: as it was deployed
  shop-ten: as it was deployed
  shop-two: as it was deployed
  shop-users-1: as it was deployed
  shop: as it was deployed
  $ cp -r aws there && rm -r aws && mkdir aws && cp specs/shop.yaml small
  $ sed -i "s/a, b, c, d/$(seq -s ', ' -f 'u%.0f' 60)/" specs/shop.yaml && wgen build -q
  $ wc -c <out/shop/cloudformation/shop-users-1.yaml | awk '{ print ($1 > 51200) }'
  1
  $ plan | grep -c Add; plan | grep 'U60\|users\|stopped'
  240
    Add     QueueOrdersDeadLetterPU60                AWS::SQS::Queue
    Add     QueueOrdersDeadLetterPU60Policy          AWS::SQS::QueuePolicy
    Add     QueueOrdersPU60                          AWS::SQS::Queue
    Add     QueueOrdersPU60Policy                    AWS::SQS::QueuePolicy
  shop-users-1:
  $ JOBS=1 FAILS=shop-users-1 deploy deploy
    Modify  Version                                  AWS::Lambda::Version  REPLACED
  deploy.sh: stopped; do it again when the cause is gone
  [1]
  $ grep users aws/log; rm aws/log; deploy deploy; deploy deploy
  upload s3://shop-code-111122223333/shop/templates/shop-users-1.yaml
  deploy shop-users-1
  delete shop-users-1
  deploy shop-one
  deploy shop-users-1
  metrics have tags
  upload s3://shop-code-111122223333/shop/templates/shop-users-1.yaml
  $ mv small specs/shop.yaml && wgen build -q && rm -r aws && mv there aws

As many at a time as JOBS says, and no more: here three wait for each other.

  $ rm -r aws; mkdir aws
  $ deploy stack shop-foundation
  deploy shop-foundation
  $ TOGETHER=3 JOBS=3 deploy deploy
  deploy shop, release r1
  deploy shop-one
  deploy shop-ten, release r1
  deploy shop-two, release r1
  deploy shop-users-1
  metrics have tags
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256
  $ sort -n aws/most | tail -1
  3

A matrix of GitHub is a job for each stack of a wave, and each job one command.

  $ rm -r aws; mkdir aws
  $ sh out/shop/deploy/deploy.sh matrix 1
  {"stack":["shop-two","shop-ten","shop-users-1","shop"]}
  $ for wave in 0 1 2; do
  >   jobs=$(sh out/shop/deploy/deploy.sh matrix $wave | sed 's/.*\[//; s/\].*//' | tr , '\n' | tr -d '"')
  >   for stack in $jobs; do sh out/shop/deploy/deploy.sh stack $stack 2>>said; done
  > done
  $ sort aws/log; rm aws/log
  deploy shop, release r1
  deploy shop-foundation
  deploy shop-one
  deploy shop-ten, release r1
  deploy shop-two, release r1
  deploy shop-users-1
  look at cloudformation/shop below s3://shop-code-111122223333/shop/deployed/
  look at cloudformation/shop-one below s3://shop-code-111122223333/shop/deployed/
  look at cloudformation/shop-ten below s3://shop-code-111122223333/shop/deployed/
  look at cloudformation/shop-two below s3://shop-code-111122223333/shop/deployed/
  look at cloudformation/shop-users-1 below s3://shop-code-111122223333/shop/deployed/
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256
  $ deploy deploy
  metrics have tags

It has up to 256 jobs: with more stacks, a job has several.

  $ (echo wave,stack; seq -f '1,s%.0f' 600) >out/shop/deploy/stacks.csv
  $ sh out/shop/deploy/deploy.sh matrix 1 | cut -c1-50
  {"stack":["s1 s2 s3","s4 s5 s6","s7 s8 s9","s10 s1
  $ sh out/shop/deploy/deploy.sh matrix 1 | tr , '\n' | wc -l | tr -d ' '
  200
  $ sh out/shop/deploy/deploy.sh matrix 1 | tr -d '"]}' | tr ', [' '\n\n\n' | grep -c '^s[0-9]'
  600

A pipeline does that by itself: what comes first says what has changed in each wave, a wave is a matrix
of jobs, and the last job does what is left. From forty stacks on, or where `deploy` says so.

  $ rm -r aws specs/shop* out; mkdir aws
  $ spec() { printf 'system: shop\nregion: eu-central-1\ndeploy: {github: {%s}}\nprojects: {p: [a, b]}\nqueues: {jobs: {}, orders: {per: user}}\nfunctions: {api: {uses: {jobs: send}, url: {}}}\nworkflows:\n  one: {trigger: {queue: jobs}, stages: [{call: api}]}\n' "$1"; }
  $ spec 'smoke: GET /' >specs/shop.yaml && wgen build -q && grep -c matrix: out/shop/ci/deploy.yml
  0
  [1]
  $ (spec 'smoke: GET /'; seq -f '  w%.0f: {stages: [{call: {id: step}}]}' 100 140) >specs/shop.yaml && wgen build -q && grep -c matrix: out/shop/ci/deploy.yml
  2
  $ spec 'matrix: true' >specs/shop.yaml && wgen build -q && cat out/shop/deploy/stacks.csv
  wave,stack
  0,shop-foundation
  1,shop-users-1
  1,shop
  2,shop-one
  $ awk '/^  deploy/ { print } /^    (if|needs|name):|matrix|max-parallel|    run:/' out/shop/ci/deploy.yml | sed '/handlers/d'
  # Stacks of one wave do not wait for each other (out/shop/deploy/stacks.csv): a wave is a matrix of
      name: Build
          run: cmp .github/workflows/deploy-shop.yml out/shop/ci/deploy.yml
          run: |
    deploy-begin:
      name: Deploy, what comes first
      if: ${{ !failure() && !cancelled() && !inputs.rollback }}
      needs: build
          run: sh out/shop/deploy/deploy.sh begin >>"$GITHUB_OUTPUT"
    deploy-wave-1:
      name: "wave 1: ${{ matrix.stack }}"
      if: ${{ !failure() && !cancelled() && needs.deploy-begin.outputs.wave-1 != '' }}
      needs: [deploy-begin]
        max-parallel: 20
        matrix: ${{ fromJSON(needs.deploy-begin.outputs.wave-1) }}
            STACKS: ${{ matrix.stack }}
          run: printf '%s\n' "$STACKS" | xargs sh out/shop/deploy/deploy.sh stack
    deploy-wave-2:
      name: "wave 2: ${{ matrix.stack }}"
      if: ${{ !failure() && !cancelled() && needs.deploy-begin.outputs.wave-2 != '' }}
      needs: [deploy-begin, deploy-wave-1]
        max-parallel: 20
        matrix: ${{ fromJSON(needs.deploy-begin.outputs.wave-2) }}
            STACKS: ${{ matrix.stack }}
          run: printf '%s\n' "$STACKS" | xargs sh out/shop/deploy/deploy.sh stack
    deploy:
      name: Deploy
      if: ${{ !failure() && !cancelled() }}
      needs: [deploy-begin, deploy-wave-1, deploy-wave-2]
          run: sh out/shop/deploy/deploy.sh "$COMMAND"
  $ begin() { sh out/shop/deploy/deploy.sh begin 2>said; sort aws/log; rm aws/log; }
  $ begin
  wave-1={"stack":["shop-users-1","shop"]}
  wave-2={"stack":["shop-one"]}
  deploy shop-foundation
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256
  $ sh out/shop/deploy/deploy.sh stack shop shop-users-1 2>said; sort aws/log; rm aws/log
  deploy shop, release r1
  deploy shop-users-1
  look at cloudformation/shop cloudformation/shop-users-1 below s3://shop-code-111122223333/shop/deployed/
  $ sh out/shop/deploy/deploy.sh stack shop-one 2>said; deploy deploy
  deploy shop-one
  look at cloudformation/shop-one below s3://shop-code-111122223333/shop/deployed/
  metrics have tags

Of a system that is deployed, what has changed is all that a matrix has.

  $ sh out/shop/deploy/deploy.sh begin 2>said
  $ wgen add user p/d >said && wgen build -q && sh out/shop/deploy/deploy.sh begin 2>said
  wgen: user `p/d` is now in specs/shop.yaml
  wgen: next: `wgen build`
  wave-1={"stack":["shop-users-1"]}
