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

As many at a time as JOBS says, and no more: here three wait for each other.

  $ rm -r aws; mkdir aws
  $ deploy stack shop-foundation
  deploy shop-foundation
  upload s3://shop-code-111122223333/shop/r1/
  upload s3://shop-code-111122223333/shop/r1/SHA256
  $ TOGETHER=3 JOBS=3 deploy deploy
  deploy shop, release r1
  deploy shop-one
  deploy shop-ten, release r1
  deploy shop-two, release r1
  deploy shop-users-1
  metrics have tags
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
