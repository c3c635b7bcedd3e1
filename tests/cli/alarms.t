Alarms over what there is for each user: one query over all, one for each project, or one for each. The
spec chooses, and each choice has its price.

  $ mkdir specs
  $ users() { seq -s ', ' -f u%05.0f $1; }
  $ spec() { cat <<END
  > system: shop
  > region: eu-central-1
  > notify: {email: ops@example.com}
  > projects: {big: [$(users $1)], small: [a, b]}
  > queues: {in: {per: user, alarm: $2, dead-letter: none because this is about alarms}}
  > END
  > }
  $ build() { spec "$@" >specs/shop.yaml; wgen build -q; }
  $ queries() { grep -h SELECT out/shop/cloudformation/*.yaml | sed 's/.*WHERE//'; }
  $ price() { wgen cost | sed -n 's/^shop *- *alarm *in.alarm-depth *//p'; }

Up to 500, the alarm says which; beyond, that there is one.

  $ build 498 '{depth: 5}' && queries && price
   tag.system = 'shop' AND tag.resource = 'in' GROUP BY QueueName ORDER BY MAX() DESC"
  metrics watched  50.00  500 at 0.10 per metric for a month
  $ build 499 '{depth: 5}' && queries && price
   tag.system = 'shop' AND tag.resource = 'in'"
  metrics watched  50.10  501 at 0.10 per metric for a month
  $ grep -h AlarmDescription out/shop/cloudformation/shop.yaml
        AlarmDescription: "Messages wait in shop-in-<project>-<user>. They are too many for the alarm to say which."

It would not see more than 10,000.

  $ build 9999 '{depth: 5}'
  error[alarm-over-too-many]: one alarm over 10001 queues `in` would not see all of them
   --> specs/shop.yaml:5:10
    |
  5 | queues: {in: {per: user, alarm: {depth: 5}, dead-letter: none because this is about alarms}}
    |          ^^
  help: say in its `alarm` `each: project` for one a project, `each: true` for one each, or `alarm: none because REASON`; `wgen cost` has their price
    = note: CloudWatch user guide, limits of alarms: a Metrics Insights query matches 10000 metrics at most
  
  [1]

One for each project sees more, and says which in a small one.

  $ build 9999 '{depth: 5, each: project}' && queries && price
   tag.system = 'shop' AND tag.resource = 'in' AND tag.project = 'big'"
   tag.system = 'shop' AND tag.resource = 'in' AND tag.project = 'small'"
  metrics watched  1000.10  10001 at 0.10 per metric for a month
  $ grep -h 'AlarmName\|alarm_name' out/shop/cloudformation/shop-projects-1.yaml out/shop/terraform/shop-projects-1/main.tf
        AlarmName: shop-in-depth-big
        AlarmName: shop-in-depth-small
    alarm_name          = "shop-in-depth-${each.value.project}"
  $ build 3 '{depth: 5, each: true}' && grep -h 'AlarmName' out/shop/cloudformation/shop-users-1.yaml && price
        AlarmName: shop-in-big-u00001-depth
        AlarmName: shop-in-big-u00002-depth
        AlarmName: shop-in-big-u00003-depth
  metrics watched  0.50  5 at 0.10 per metric for a month

Metrics have tags only where that is turned on: a step of the deployment, once for all alarms. Where
each queue has its own, nothing is asked for.

  $ grep -c telemetry out/shop/deploy/settings.sh
  0
  [1]
  $ sed -i 's/each: true/age: 5m/' specs/shop.yaml
  $ wgen build -q
  $ grep telemetry out/shop/deploy/settings.sh
      step 'metrics are to have the tags of what they are of: for alarms over many' sh -c 'aws observabilityadmin get-telemetry-enrichment-status --query Status --output text | grep -qx Running || aws observabilityadmin start-telemetry-enrichment'

A Region has 200 of them, unless more are asked for.

  $ sed -i "s/^projects: .*/projects: {$(seq -s ', ' -f 'p%03.0f: [a]' 201)}/; s/age: 5m/each: project/" specs/shop.yaml
  $ wgen check
  warning[account-quota]: `shop` has 201 alarms over many; an account and Region can have 200
   --> specs/shop.yaml:5:10
    |
  5 | queues: {in: {per: user, alarm: {depth: 5, each: project}, dead-letter: none because this is about alarms}}
    |          ^^
  help: before it is deployed, ask for more in Service Quotas (Amazon CloudWatch), or divide it over accounts
    = note: CloudWatch quotas: 200 alarms on Metrics Insights queries in a Region by default, https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  
  wgen: 1 warning in specs/shop.yaml
  wgen: 1 system checked, no errors (TIME)

A share of another metric is no single query: there each has its own.

  $ cat >specs/shop.yaml <<'END'
  > system: shop
  > region: eu-central-1
  > projects: {p: [a, b]}
  > functions: {f: {per: user, alarms: {errors: 1%, throttles: 0}}}
  > END
  $ wgen build -q && grep -h 'AlarmName\|Expression' out/shop/cloudformation/*.yaml
        AlarmName: shop-f-p-a-errors
            Expression: 100 * part / whole
        AlarmName: shop-f-p-b-errors
            Expression: 100 * part / whole
        AlarmName: shop-f-throttles
            Expression: "SELECT SUM(Throttles) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE tag.system = 'shop' AND tag.resource = 'f' GROUP BY FunctionName ORDER BY SUM() DESC"
  $ wgen cost | grep alarm-
  shop    -         alarm  f.alarm-errors     metrics watched  0.40  4 at 0.10 per metric for a month
  shop    -         alarm  f.alarm-throttles  metrics watched  0.20  2 at 0.10 per metric for a month
