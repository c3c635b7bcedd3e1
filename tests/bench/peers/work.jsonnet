// jsonnet -c -m OUT --ext-code-file work=WORK.json work.jsonnet: a CloudFormation template a stack
local work = std.extVar('work');
local sets = work.sets, workflows = work.workflows;
local att(r, a) = { 'Fn::GetAtt': [r, a] };
local chunks(n, size) = [{ i: i, lo: i * size, hi: std.min(n, (i + 1) * size) - 1 } for i in std.range(0, std.floor((n + size - 1) / size) - 1)];
local role(service, statements) = { Type: 'AWS::IAM::Role', Properties: {
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service + '.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  Policies: [{ PolicyName: 'access', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: s[0], Resource: s[1] } for s in statements] } }],
} };
local log(name) = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name, RetentionInDays: 30 } };

local set(s) =
  local id = s.project + s.user, name = work.app + '-input-' + s.project + '-' + s.user;
  [
    [id + 'Dead', { Type: 'AWS::SQS::Queue', Properties: { QueueName: name + '-dead.fifo', FifoQueue: true, MessageRetentionPeriod: 1209600 } }],
    [id + 'In', { Type: 'AWS::SQS::Queue', Properties: {
      QueueName: name + '.fifo', FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: s.visibility,
      RedrivePolicy: { deadLetterTargetArn: att(id + 'Dead', 'Arn'), maxReceiveCount: s.after },
    } }],
    [id + 'Alarm', { Type: 'AWS::CloudWatch::Alarm', Properties: {
      AlarmName: name + '-depth', Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: [{ Name: 'QueueName', Value: att(id + 'Dead', 'QueueName') }],
      Statistic: 'Maximum', Period: 300, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
    } }],
  ];

local workflow(w) =
  local n = std.length(w.steps), name = work.app + '-' + w.name;
  std.flattenArrays([
    local id = w.name + s.name;
    [
      [id + 'Log', log('/aws/lambda/' + name + '-' + s.name)],
      [id + 'Role', role('lambda', [[['logs:CreateLogStream', 'logs:PutLogEvents'], att(id + 'Log', 'Arn')], [['s3:GetObject', 's3:PutObject'], { 'Fn::Sub': '${' + w.name + 'Bucket.Arn}/*' }]])],
      [id, { Type: 'AWS::Lambda::Function', Properties: {
        FunctionName: name + '-' + s.name, Runtime: 'provided.al2023', Handler: 'bootstrap', Architectures: ['arm64'], Code: { S3Bucket: 'code', S3Key: s.name + '.zip' },
        MemorySize: s.memory, Timeout: s.timeout, Role: att(id + 'Role', 'Arn'), LoggingConfig: { LogGroup: { Ref: id + 'Log' } }, Environment: { Variables: { BUCKET: { Ref: w.name + 'Bucket' } } },
      } }],
    ]
    for s in w.steps
  ]) + [
    [w.name + 'Dead', { Type: 'AWS::SQS::Queue', Properties: { QueueName: name + '-dead' } }],
    [w.name + 'Queue', { Type: 'AWS::SQS::Queue', Properties: { QueueName: name, RedrivePolicy: { deadLetterTargetArn: att(w.name + 'Dead', 'Arn'), maxReceiveCount: 3 } } }],
    [w.name + 'Bucket', { Type: 'AWS::S3::Bucket', Properties: {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    } }],
    [w.name + 'BucketPolicy', { Type: 'AWS::S3::BucketPolicy', Properties: {
      Bucket: { Ref: w.name + 'Bucket' },
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: att(w.name + 'Bucket', 'Arn'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
    } }],
    [w.name + 'Log', log('/aws/vendedlogs/states/' + name)],
    [w.name + 'Role', role('states', [[['lambda:InvokeFunction'], [att(w.name + s.name, 'Arn') for s in w.steps]]])],
    [w.name + 'Machine', { Type: 'AWS::StepFunctions::StateMachine', Properties: {
      StateMachineName: name, RoleArn: att(w.name + 'Role', 'Arn'),
      LoggingConfiguration: { Level: 'ERROR', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att(w.name + 'Log', 'Arn') } }] },
      Definition: { StartAt: w.steps[0].name, States: {
        [w.steps[k].name]: {
          Type: 'Task', Resource: '${' + w.steps[k].name + 'Arn}', Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
          [if k + 1 < n then 'Next']: w.steps[k + 1].name, [if k + 1 == n then 'End']: true,
        } for k in std.range(0, n - 1)
      } },
      DefinitionSubstitutions: { [s.name + 'Arn']: att(w.name + s.name, 'Arn') for s in w.steps },
    } }],
    [w.name + 'PipeRole', role('pipes', [[['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att(w.name + 'Queue', 'Arn')], [['states:StartExecution'], { Ref: w.name + 'Machine' }]])],
    [w.name + 'Pipe', { Type: 'AWS::Pipes::Pipe', Properties: { Name: name, RoleArn: att(w.name + 'PipeRole', 'Arn'), Source: att(w.name + 'Queue', 'Arn'), Target: { Ref: w.name + 'Machine' } } }],
  ];

local template(pairs) = { AWSTemplateFormatVersion: '2010-09-09', Resources: { [p[0]]: p[1] for p in pairs } };
{ ['users-' + c.i + '.json']: template(std.flattenArrays([set(sets[i]) for i in std.range(c.lo, c.hi)])) for c in chunks(std.length(sets), work.sets_per_stack) } +
{ ['workflows-' + c.i + '.json']: template(std.flattenArrays([workflow(workflows[i]) for i in std.range(c.lo, c.hi)])) for c in chunks(std.length(workflows), work.workflows_per_stack) }
