// CDK Terrain: node cdktn.js WORK.json OUT
const fs = require('fs');
const { App, TerraformStack } = require('cdktn');
const P = '@cdktn/provider-aws/lib';
const { AwsProvider } = require(`${P}/provider`);
const { SqsQueue } = require(`${P}/sqs-queue`);
const { CloudwatchMetricAlarm } = require(`${P}/cloudwatch-metric-alarm`);
const { LambdaFunction } = require(`${P}/lambda-function`);
const { CloudwatchLogGroup } = require(`${P}/cloudwatch-log-group`);
const { IamRole } = require(`${P}/iam-role`);
const { IamRolePolicy } = require(`${P}/iam-role-policy`);
const { S3Bucket } = require(`${P}/s3-bucket`);
const { S3BucketPolicy } = require(`${P}/s3-bucket-policy`);
const { PipesPipe } = require(`${P}/pipes-pipe`);
const { SfnStateMachine } = require(`${P}/sfn-state-machine`);

const work = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const app = new App({ outdir: process.argv[3] });
const chunks = (a, n) => Array.from({ length: Math.ceil(a.length / n) }, (_, i) => a.slice(i * n, i * n + n));
const policy = (...statements) => JSON.stringify({ Version: '2012-10-17', Statement: statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })) });
const role = (scope, id, service, ...statements) => {
  const r = new IamRole(scope, id, { assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }] }) });
  new IamRolePolicy(scope, `${id}Policy`, { role: r.id, name: 'access', policy: policy(...statements) });
  return r;
};
const stackOf = (name) => { const s = new TerraformStack(app, name); new AwsProvider(s, 'aws', { region: work.region }); return s; };

chunks(work.sets, work.sets_per_stack).forEach((part, i) => {
  const stack = stackOf(`users-${i}`);
  for (const s of part) {
    const id = `${s.project}${s.user}`, name = `${work.app}-input-${s.project}-${s.user}`;
    const dead = new SqsQueue(stack, `${id}Dead`, { name: `${name}-dead.fifo`, fifoQueue: true, messageRetentionSeconds: 1209600 });
    new SqsQueue(stack, `${id}In`, {
      name: `${name}.fifo`, fifoQueue: true, contentBasedDeduplication: true, visibilityTimeoutSeconds: s.visibility,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: s.after }),
    });
    new CloudwatchMetricAlarm(stack, `${id}Alarm`, {
      alarmName: `${name}-depth`, namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: dead.name },
      statistic: 'Maximum', period: 300, evaluationPeriods: 1, threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching',
    });
  }
});

chunks(work.workflows, work.workflows_per_stack).forEach((part, i) => {
  const stack = stackOf(`workflows-${i}`);
  for (const w of part) {
    const name = `${work.app}-${w.name}`;
    const dead = new SqsQueue(stack, `${w.name}Dead`, { name: `${name}-dead` });
    const queue = new SqsQueue(stack, `${w.name}Queue`, { name, redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }) });
    const bucket = new S3Bucket(stack, `${w.name}Bucket`, {});
    new S3BucketPolicy(stack, `${w.name}BucketPolicy`, {
      bucket: bucket.id,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket.arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }),
    });
    const functions = w.steps.map((s) => {
      const id = `${w.name}${s.name}`, log = new CloudwatchLogGroup(stack, `${id}Log`, { name: `/aws/lambda/${name}-${s.name}`, retentionInDays: 30 });
      const own = role(stack, `${id}Role`, 'lambda', [['logs:CreateLogStream', 'logs:PutLogEvents'], `${log.arn}:*`], [['s3:GetObject', 's3:PutObject'], `${bucket.arn}/*`]);
      return new LambdaFunction(stack, id, {
        functionName: `${name}-${s.name}`, runtime: 'provided.al2023', handler: 'bootstrap', architectures: ['arm64'], s3Bucket: 'code', s3Key: `${s.name}.zip`,
        memorySize: s.memory, timeout: s.timeout, role: own.arn, loggingConfig: { logFormat: 'JSON', logGroup: log.name }, environment: { variables: { BUCKET: bucket.id } },
      });
    });
    const log = new CloudwatchLogGroup(stack, `${w.name}Log`, { name: `/aws/vendedlogs/states/${name}`, retentionInDays: 30 });
    const machine = new SfnStateMachine(stack, `${w.name}Machine`, {
      name, roleArn: role(stack, `${w.name}Role`, 'states', [['lambda:InvokeFunction'], functions.map((f) => f.arn)]).arn,
      loggingConfiguration: { level: 'ERROR', logDestination: `${log.arn}:*` },
      definition: JSON.stringify({
        StartAt: w.steps[0].name,
        States: Object.fromEntries(w.steps.map((s, k) => [s.name, {
          Type: 'Task', Resource: functions[k].arn, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
          ...(k + 1 < w.steps.length ? { Next: w.steps[k + 1].name } : { End: true }),
        }])),
      }),
    });
    const pipe = role(stack, `${w.name}PipeRole`, 'pipes', [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.arn], [['states:StartExecution'], machine.arn]);
    new PipesPipe(stack, `${w.name}Pipe`, { name, roleArn: pipe.arn, source: queue.arn, target: machine.arn });
  }
});
app.synth();
