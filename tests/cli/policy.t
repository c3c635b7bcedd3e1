A policy that is too long for its role is divided: the rest is in managed policies.

  $ mkdir specs
  $ names() { i=0; while [ $i -lt $1 ]; do printf '%s%d' "$2" $((100 + i)); i=$((i + 1)); done; }
  $ spec() { cat <<END
  > system: shop
  > region: eu-central-1
  > names: {queue: "$2-\$(project)-\$(user)-\$(name)"}
  > projects: {p: [a$(names $1 ', u')]}
  > defaults: {queue: {dead-letter: none because this is about policies}}
  > queues: {in: {per: user}, out: {per: user}}
  > functions: {work: {uses: {in: send, out: receive}}}
  > END
  > }
  $ managed() { grep -c AWS::IAM::ManagedPolicy out/shop/cloudformation/shop.yaml; grep -h 'the rest is in' out/shop/docs/access.md; }
  $ spec 70 of >specs/shop.yaml
  $ wgen build -q && managed
  0
  [1]
  $ spec 100 of >specs/shop.yaml
  $ wgen build -q && managed
  1
  All of it takes 11267 characters, and a role 10240: the rest is in `shop-work-role-2`.
  $ spec 400 of >specs/shop.yaml
  $ wgen build -q && managed
  6
  All of it takes 43367 characters, and a role 10240: the rest is in `shop-work-role-2`, `shop-work-role-3`, `shop-work-role-4`, `shop-work-role-5`, `shop-work-role-6`, `shop-work-role-7`.
  $ grep -h 'ManagedPolicyName\|ManagedPolicyArns' out/shop/cloudformation/shop.yaml
        ManagedPolicyArns:
        ManagedPolicyName: shop-work-role-2
        ManagedPolicyName: shop-work-role-3
        ManagedPolicyName: shop-work-role-4
        ManagedPolicyName: shop-work-role-5
        ManagedPolicyName: shop-work-role-6
        ManagedPolicyName: shop-work-role-7
  $ grep -h 'policy_arn' out/shop/terraform/shop/main.tf
    policy_arn = aws_iam_policy.work_role_2.arn
    policy_arn = aws_iam_policy.work_role_3.arn
    policy_arn = aws_iam_policy.work_role_4.arn
    policy_arn = aws_iam_policy.work_role_5.arn
    policy_arn = aws_iam_policy.work_role_6.arn
    policy_arn = aws_iam_policy.work_role_7.arn

With more than ten of those, it is too long. Where names begin with the system, and not only alike, a
pattern stands for all of them.

  $ spec 1200 shopper >specs/shop.yaml
  $ wgen build
  error[policy-too-large]: the policy of function `work` has 141577 characters
   --> specs/shop.yaml:7:13
    |
  7 | functions: {work: {uses: {in: send, out: receive}}}
    |             ^^^^
  help: begin the names of what there is one for each of with `$(system)-`: then a pattern stands for all of them
    = note: IAM quotas: 10240 in the role, and 6144 in each of 10 managed policies that it can have
  
  wgen: 1 error in specs/shop.yaml; nothing was written
  [1]
  $ sed -i 's/"shopper-/"$(system)-/' specs/shop.yaml
  $ wgen build -q && managed
  0
  [1]
  $ grep -h 'shop-\*' out/shop/cloudformation/shop.yaml
                  Resource: {Fn::Sub: "arn:${AWS::Partition}:sqs:eu-central-1:${AWS::AccountId}:shop-*-*-in"}
                  Resource: {Fn::Sub: "arn:${AWS::Partition}:sqs:eu-central-1:${AWS::AccountId}:shop-*-*-out"}

Users in another order have the same policy.

  $ spec 3 of >specs/shop.yaml && wgen build -q && cp out/shop/cloudformation/shop.yaml before
  $ sed -i 's/\[a, u100, u101, u102\]/[u102, a, u101, u100]/' specs/shop.yaml && wgen build -q
  $ diff before out/shop/cloudformation/shop.yaml && echo the same
  the same

The policies of resources have limits as well. What one service does for several sources is one
statement; who sends or calls too much is told before the service refuses it.

  $ rm -r specs out; mkdir specs
  $ lines() { seq -f "$2" 100 $((99 + $1)); }
  $ topics() { printf 'system: shop\nregion: eu-central-1\nqueues: {jobs: {}}\ntopics:\n'; lines $1 '  of-somebody-%.0f: {queues: [jobs]}'; }
  $ topics 2 >specs/shop.yaml && wgen build -q && sed -n '/Service: sns/,/^  [A-Z]/p' out/shop/cloudformation/shop.yaml
                Service: sns.amazonaws.com
              Action: sqs:SendMessage
              Resource: {Fn::GetAtt: [QueueJobs, Arn]}
              Condition:
                StringEquals:
                  aws:SourceAccount: {Ref: AWS::AccountId}
                ArnLike:
                  aws:SourceArn:
                    - {Fn::Sub: "arn:${AWS::Partition}:sns:eu-central-1:${AWS::AccountId}:shop-of-somebody-100"}
                    - {Fn::Sub: "arn:${AWS::Partition}:sns:eu-central-1:${AWS::AccountId}:shop-of-somebody-101"}
    QueueJobsDeadLetter:
  $ topics 126 >specs/shop.yaml && wgen check
  wgen: 1 system checked, no errors (TIME)
  $ topics 127 >specs/shop.yaml && wgen check
  error[policy-too-large]: the policy of queue `jobs` has 8213 characters, of 8192
   --> specs/shop.yaml:3:10
    |
  3 | queues: {jobs: {}}
    |          ^^^^
  help: everything that sends to it or calls it stands there: let some of it go to another one
    = note: SQS quotas, policies: 8,192 bytes and 20 statements, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
  
  wgen: 1 error in specs/shop.yaml
  [1]
  $ topics 60 | sed 's/queues: {jobs/functions: {jobs/; s/queues: .jobs./functions: [jobs]/' >specs/shop.yaml && wgen check
  error[policy-too-large]: the policy of function `jobs` has 22560 characters, of 20480
   --> specs/shop.yaml:3:13
    |
  3 | functions: {jobs: {}}
    |             ^^^^
  help: everything that sends to it or calls it stands there: let some of it go to another one
    = note: Lambda quotas: 20 KB for the policy of a function, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  
  wgen: 1 error in specs/shop.yaml
  [1]

Step Functions and API Gateway name the logs that they deliver to in one policy of the account.

  $ logs() { printf 'system: shop\nregion: eu-central-1\nnames: {workflow-log: "%s/$(name)"}\nfunctions: {f: {}}\nworkflows:\n' "$1"; lines $2 '  flow-%.0f: {stages: [{call: f}]}'; }
  $ logs /aws/states 50 >specs/shop.yaml && wgen check
  wgen: 1 system checked, no errors (TIME)
  $ logs /aws/states 70 >specs/shop.yaml && wgen check
  warning[account-quota]: 70 logs of workflows and APIs make the account's policy of log deliveries 6510 characters long; it can have 5120
   --> specs/shop.yaml:6:3
    |
  6 |   flow-100: {stages: [{call: f}]}
    |   ^^^^^^^^
  help: begin the names of these logs with `/aws/vendedlogs/`: then one pattern stands for all of them
    = note: Step Functions developer guide, CloudWatch Logs resource policies
  
  wgen: 1 warning in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)
  $ logs /aws/vendedlogs/states 70 >specs/shop.yaml && wgen check
  wgen: 1 system checked, no errors (TIME)
