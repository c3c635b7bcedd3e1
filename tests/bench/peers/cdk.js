// AWS CDK, L1 constructs: node cdk.js WORK.json OUT. CDK_VALIDATION=false switches its validator off.
const fs = require('fs');
const cdk = require('aws-cdk-lib/core');
const { CfnQueue } = require('aws-cdk-lib/aws-sqs');
const { CfnAlarm } = require('aws-cdk-lib/aws-cloudwatch');
const { CfnFunction } = require('aws-cdk-lib/aws-lambda');
const { CfnLogGroup } = require('aws-cdk-lib/aws-logs');
const { CfnBucket, CfnBucketPolicy } = require('aws-cdk-lib/aws-s3');
const { CfnRole } = require('aws-cdk-lib/aws-iam');
const { CfnPipe } = require('aws-cdk-lib/aws-pipes');
const { CfnStateMachine } = require('aws-cdk-lib/aws-stepfunctions');

const work = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const app = new cdk.App({ outdir: process.argv[3], analyticsReporting: false });
const chunks = (a, n) => Array.from({ length: Math.ceil(a.length / n) }, (_, i) => a.slice(i * n, i * n + n));
const role = (scope, id, service, ...statements) => new CfnRole(scope, id, {
  assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }] },
  policies: [{ policyName: 'access', policyDocument: { Version: '2012-10-17', Statement: statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })) } }],
});

chunks(work.sets, work.sets_per_stack).forEach((part, i) => {
  const stack = new cdk.Stack(app, `users-${i}`);
  for (const s of part) {
    const id = `${s.project}${s.user}`, name = `${work.app}-input-${s.project}-${s.user}`;
    const dead = new CfnQueue(stack, `${id}Dead`, { queueName: `${name}-dead.fifo`, fifoQueue: true, messageRetentionPeriod: 1209600 });
    new CfnQueue(stack, `${id}In`, {
      queueName: `${name}.fifo`, fifoQueue: true, contentBasedDeduplication: true, visibilityTimeout: s.visibility,
      redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: s.after },
    });
    new CfnAlarm(stack, `${id}Alarm`, {
      alarmName: `${name}-depth`, namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: dead.attrQueueName }], statistic: 'Maximum', period: 300, evaluationPeriods: 1,
      threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching',
    });
  }
});

chunks(work.workflows, work.workflows_per_stack).forEach((part, i) => {
  const stack = new cdk.Stack(app, `workflows-${i}`);
  for (const w of part) {
    const name = `${work.app}-${w.name}`;
    const dead = new CfnQueue(stack, `${w.name}Dead`, { queueName: `${name}-dead` });
    const queue = new CfnQueue(stack, `${w.name}Queue`, { queueName: name, redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: 3 } });
    const bucket = new CfnBucket(stack, `${w.name}Bucket`, {
      bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    });
    new CfnBucketPolicy(stack, `${w.name}BucketPolicy`, {
      bucket: bucket.ref,
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket.attrArn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
    });
    const functions = w.steps.map((s) => {
      const id = `${w.name}${s.name}`, log = new CfnLogGroup(stack, `${id}Log`, { logGroupName: `/aws/lambda/${name}-${s.name}`, retentionInDays: 30 });
      const own = role(stack, `${id}Role`, 'lambda', [['logs:CreateLogStream', 'logs:PutLogEvents'], log.attrArn], [['s3:GetObject', 's3:PutObject'], cdk.Fn.sub('${B}/*', { B: bucket.attrArn })]);
      return new CfnFunction(stack, id, {
        functionName: `${name}-${s.name}`, runtime: 'provided.al2023', handler: 'bootstrap', architectures: ['arm64'],
        code: { s3Bucket: 'code', s3Key: `${s.name}.zip` }, memorySize: s.memory, timeout: s.timeout, role: own.attrArn,
        loggingConfig: { logGroup: log.ref }, environment: { variables: { BUCKET: bucket.ref } },
      });
    });
    const log = new CfnLogGroup(stack, `${w.name}Log`, { logGroupName: `/aws/vendedlogs/states/${name}`, retentionInDays: 30 });
    const own = role(stack, `${w.name}Role`, 'states', [['lambda:InvokeFunction'], functions.map((f) => f.attrArn)]);
    const machine = new CfnStateMachine(stack, `${w.name}Machine`, {
      stateMachineName: name, roleArn: own.attrArn, loggingConfiguration: { level: 'ERROR', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.attrArn } }] },
      definition: {
        StartAt: w.steps[0].name,
        States: Object.fromEntries(w.steps.map((s, k) => [s.name, {
          Type: 'Task', Resource: `\${${s.name}Arn}`, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
          ...(k + 1 < w.steps.length ? { Next: w.steps[k + 1].name } : { End: true }),
        }])),
      },
      definitionSubstitutions: Object.fromEntries(w.steps.map((s, k) => [`${s.name}Arn`, functions[k].attrArn])),
    });
    const pipe = role(stack, `${w.name}PipeRole`, 'pipes', [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.attrArn], [['states:StartExecution'], machine.ref]);
    new CfnPipe(stack, `${w.name}Pipe`, { name, roleArn: pipe.attrArn, source: queue.attrArn, target: machine.ref });
  }
});
app.synth();
