A kind is one file. With it in the system's own folder, streams of Kinesis fan out, are granted,
referred to and checked as if wgen had always known them.

  $ mkdir specs
  $ cp -r $TESTS/conformance/specs/own-kind* specs
  $ wgen check
  wgen: 1 system checked, no errors (TIME)
  $ wgen build -q
  $ sed -n '/StreamClicks:/,/Value: own-kind/p' out/own-kind/cloudformation/own-kind.yaml
    StreamClicks:
      Type: AWS::Kinesis::Stream
      DeletionPolicy: RetainExceptOnCreate
      UpdateReplacePolicy: Retain
      Properties:
        Name: own-kind-clicks
        ShardCount: 2
        RetentionPeriodHours: 168
        StreamEncryption:
          EncryptionType: KMS
          KeyId: alias/aws/kinesis
        Tags:
          - {Key: system, Value: own-kind}
  $ cat out/own-kind/terraform/own-kind-users-1/main.tf
  # Made by wgen from the spec of own-kind: change that, then `wgen build`.
  
  resource "aws_kinesis_stream" "moves" {
    for_each = local.users
  
    name             = "own-kind-moves-${each.value.project}-${each.value.user}"
    shard_count      = 1
    retention_period = 24
    encryption_type  = "KMS"
    kms_key_id       = "alias/aws/kinesis"
    tags = {
      project  = each.value.project
      user     = each.value.user
      resource = "moves"
    }
  }
  $ grep -A4 'kinesis:PutRecord' out/own-kind/cloudformation/own-kind.yaml
                  Action: [kinesis:PutRecord, kinesis:PutRecords]
                  Resource:
                    - {Fn::Sub: "arn:${AWS::Partition}:kinesis:eu-west-1:${AWS::AccountId}:stream/own-kind-clicks"}
                    - {Fn::Sub: "arn:${AWS::Partition}:kinesis:eu-west-1:${AWS::AccountId}:stream/own-kind-moves-amelia-jane"}
                    - {Fn::Sub: "arn:${AWS::Partition}:kinesis:eu-west-1:${AWS::AccountId}:stream/own-kind-moves-amelia-scott"}
  $ grep -h '_STREAM' out/own-kind/cloudformation/own-kind.yaml
            CLICKS_STREAM: own-kind-clicks
            MOVES_STREAM: "own-kind-moves-{project}-{user}"
            CLICKS_STREAM: own-kind-clicks
  $ cat out/own-kind/terraform/own-kind/outputs.tf
  output "clicks" {
    value = aws_kinesis_stream.clicks.arn
  }
  $ sed -i 's/retention: 7d/retention: 2y/' specs/own-kind.yaml
  $ wgen check
  error[out-of-range]: `retention` is 2y, more than is possible
   --> specs/own-kind.yaml:6:23
    |
  6 |   clicks: {retention: 2y, shards: 2}
    |                       ^^
  help: write a duration such as `30s`, `5m` or `14d`, 24h to 365d
  
  wgen: 1 error in specs/own-kind.yaml
  [1]
  $ wgen explain --templates specs/own-kind stream | head -n 12
  stream: Keeps records in order for those who read them at their own pace.
  It stands under `streams`.
  
  Fields:
    shards: a whole number, 1 to 200; default 1
        How many shards share the records.
    retention: a duration such as `30s`, `5m` or `14d`, 24h to 365d; default 24h
        How long a record can be read.
    name: a name, which may have holes such as `$(name)`
        The full physical name. Without it, the pattern of the kind in `names`, or its default.
        For example `name: $(system)-input-$(project)-$(user)`.
    id: a name of letters, digits, `-` and `_`

Its rules hold what does not go together, and what has to be there.

  $ rm -r specs; mkdir specs; cp -r $TESTS/conformance/specs/own-kind* specs
  $ cat >>specs/own-kind/kinds/stream.yaml <<'END'
  > rules:
  >   - {$if: shards = 2, id: out-of-range, conflict: $(retention), at: retention, says: cannot keep what two shards take, help: leave `retention` out, source: somebody's quota}
  >   - {$if: shards = 3, id: missing-key, needs: $(tags), says: says in its `tags` why it needs three shards}
  > END
  $ wgen check
  error[out-of-range]: stream `clicks` cannot keep what two shards take
   --> specs/own-kind.yaml:6:23
    |
  6 |   clicks: {retention: 7d, shards: 2}
    |                       ^^
  help: leave `retention` out
    = note: somebody's quota
  
  wgen: 1 error in specs/own-kind.yaml
  [1]
  $ sed -i 's/retention: 7d, shards: 2/shards: 3/' specs/own-kind.yaml && wgen check
  error[missing-key]: stream `clicks` says in its `tags` why it needs three shards
   --> specs/own-kind.yaml:6:3
    |
  6 |   clicks: {shards: 3}
    |   ^^^^^^
  
  wgen: 1 error in specs/own-kind.yaml
  [1]
  $ sed -i 's/shards: 3/shards: 3, tags: {why: many clicks}/' specs/own-kind.yaml && wgen check
  wgen: 1 system checked, no errors (TIME)

What one name is that of, and by what messages are taken, a kind says as well.

  $ rm -r specs; mkdir -p specs/jobs/kinds
  $ cat >specs/jobs/kinds/taker.yaml <<'END'
  > kind: taker
  > section: takers
  > doc: Takes messages.
  > name: {pattern: $(name), chars: a-z, max: 20, unique: account}
  > fields:
  >   from: {type: ref, to: queue, required: true, consumes: true, doc: Where they wait.}
  > END
  $ cat >specs/jobs.yaml <<'END'
  > system: jobs
  > environments: {near: {region: eu-west-1}, far: {region: us-east-1}}
  > queues: {paid: {}}
  > takers: {one: {from: paid}, two: {from: paid}}
  > END
  $ wgen check --format short
  specs/jobs.yaml:4:10: error: `near` and `far` both have a taker `one` [shared-name]
  specs/jobs.yaml:4:29: warning: `two` reads the queue of `one`, and each message goes to one of them [rival-consumers]
  specs/jobs.yaml:4:29: error: `near` and `far` both have a taker `two` [shared-name]
  [1]
  $ sed -i 's/unique: account/unique: planet/' specs/jobs/kinds/taker.yaml
  $ wgen check --format short
  specs/jobs.yaml:4:29: warning: `two` reads the queue of `one`, and each message goes to one of them [rival-consumers]
  specs/jobs/kinds/taker.yaml:4:55: error: a name is unique in a region, an account, anywhere or nowhere, not `planet` [template]
  [1]
