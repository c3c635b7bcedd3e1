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
  All of it takes 11292 characters, and a role 10240: the rest is in `shop-work-role-2`.
  $ spec 400 of >specs/shop.yaml
  $ wgen build -q && managed
  6
  All of it takes 43392 characters, and a role 10240: the rest is in `shop-work-role-2`, `shop-work-role-3`, `shop-work-role-4`, `shop-work-role-5`, `shop-work-role-6`, `shop-work-role-7`.
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
  error[policy-too-large]: the policy of function `work` has 141602 characters
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
