# Made by wgen from the spec of webordinary: change that, then `wgen build`.

resource "aws_sfn_state_machine" "email_processor" {
  name     = "email-processor"
  type     = "STANDARD"
  role_arn = aws_iam_role.email_processor.arn
  definition = templatefile("${path.module}/../../asl/email-processor.asl.json", {
    SqsSendMessageWaitForTaskToken = "arn:${data.aws_partition.current.partition}:states:::sqs:sendMessage.waitForTaskToken"
    DynamodbDeleteItem             = "arn:${data.aws_partition.current.partition}:states:::dynamodb:deleteItem"
    CheckActiveJobArn              = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-check-active-job-lambda"
    SendInterruptArn               = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-send-interrupt-lambda"
    RecordInterruptionArn          = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-record-interruption-lambda"
    RateLimitedClaimArn            = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-rate-limited-claim-lambda"
    ProcessAttachmentArn           = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-process-attachment-lambda"
    AccountId                      = data.aws_caller_identity.current.account_id
    ActiveJobsRef                  = "webordinary-active-jobs"
    HandleTimeoutArn               = "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-handle-timeout-lambda"
  })
  tags = {
    workflow = "email-processor"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.email_processor.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.email_processor,
    aws_iam_role_policy.email_processor,
  ]
}

resource "aws_cloudwatch_log_group" "email_processor" {
  name              = "/aws/stepfunctions/email-processor"
  retention_in_days = 30
  tags = {
    workflow = "email-processor"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "email_processor" {
  name = "email-processor-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "states.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:us-west-2:${data.aws_caller_identity.current.account_id}:stateMachine:email-processor"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "email-processor"
  }
}

resource "aws_iam_role_policy" "email_processor" {
  name = "access"
  role = aws_iam_role.email_processor.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = "lambda:InvokeFunction"
        Resource = [
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-check-active-job-lambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-send-interrupt-lambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-record-interruption-lambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-rate-limited-claim-lambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-process-attachment-lambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-west-2:${data.aws_caller_identity.current.account_id}:function:webordinary-handle-timeout-lambda",
        ]
      },
      {
        Effect = "Allow"
        Action = "sqs:SendMessage"
        Resource = [
          "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-input-amelia-scott.fifo",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:DeleteItem"
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-active-jobs"
      },
    ]
  })
}

resource "aws_cloudwatch_dashboard" "email_processor" {
  dashboard_name = "email-processor"
  dashboard_body = jsonencode({
    widgets = [
      {
        type   = "metric"
        x      = 0
        y      = 0
        width  = 12
        height = 6
        properties = {
          title  = "Capacity used"
          region = "us-west-2"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/DynamoDB",
              "ConsumedReadCapacityUnits",
              "TableName",
              "webordinary-active-jobs",
              {
                stat  = "Sum"
                label = "active-jobs ConsumedReadCapacityUnits"
              },
            ],
            [
              "AWS/DynamoDB",
              "ConsumedWriteCapacityUnits",
              "TableName",
              "webordinary-active-jobs",
              {
                stat  = "Sum"
                label = "active-jobs ConsumedWriteCapacityUnits"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 0
        width  = 12
        height = 6
        properties = {
          title  = "Calls"
          region = "us-west-2"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-check-active-job-lambda",
              {
                stat  = "Sum"
                label = "check-active-job Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-check-active-job-lambda",
              {
                stat  = "Sum"
                label = "check-active-job Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-check-active-job-lambda",
              {
                stat  = "Sum"
                label = "check-active-job Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-rate-limited-claim-lambda",
              {
                stat  = "Sum"
                label = "rate-limited-claim Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-rate-limited-claim-lambda",
              {
                stat  = "Sum"
                label = "rate-limited-claim Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-rate-limited-claim-lambda",
              {
                stat  = "Sum"
                label = "rate-limited-claim Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-send-interrupt-lambda",
              {
                stat  = "Sum"
                label = "send-interrupt Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-send-interrupt-lambda",
              {
                stat  = "Sum"
                label = "send-interrupt Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-send-interrupt-lambda",
              {
                stat  = "Sum"
                label = "send-interrupt Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-record-interruption-lambda",
              {
                stat  = "Sum"
                label = "record-interruption Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-record-interruption-lambda",
              {
                stat  = "Sum"
                label = "record-interruption Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-record-interruption-lambda",
              {
                stat  = "Sum"
                label = "record-interruption Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-handle-timeout-lambda",
              {
                stat  = "Sum"
                label = "handle-timeout Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-handle-timeout-lambda",
              {
                stat  = "Sum"
                label = "handle-timeout Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-handle-timeout-lambda",
              {
                stat  = "Sum"
                label = "handle-timeout Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "webordinary-process-attachment-lambda",
              {
                stat  = "Sum"
                label = "process-attachment Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "webordinary-process-attachment-lambda",
              {
                stat  = "Sum"
                label = "process-attachment Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "webordinary-process-attachment-lambda",
              {
                stat  = "Sum"
                label = "process-attachment Throttles"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 6
        width  = 12
        height = 6
        properties = {
          title  = "Duration of calls"
          region = "us-west-2"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-check-active-job-lambda",
              {
                stat  = "p99"
                label = "check-active-job Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-rate-limited-claim-lambda",
              {
                stat  = "p99"
                label = "rate-limited-claim Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-send-interrupt-lambda",
              {
                stat  = "p99"
                label = "send-interrupt Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-record-interruption-lambda",
              {
                stat  = "p99"
                label = "record-interruption Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-handle-timeout-lambda",
              {
                stat  = "p99"
                label = "handle-timeout Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "webordinary-process-attachment-lambda",
              {
                stat  = "p99"
                label = "process-attachment Duration"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 6
        width  = 12
        height = 6
        properties = {
          title  = "Executions"
          region = "us-west-2"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/States",
              "ExecutionsStarted",
              "StateMachineArn",
              aws_sfn_state_machine.email_processor.arn,
              {
                stat  = "Sum"
                label = "email-processor ExecutionsStarted"
              },
            ],
            [
              "AWS/States",
              "ExecutionsSucceeded",
              "StateMachineArn",
              aws_sfn_state_machine.email_processor.arn,
              {
                stat  = "Sum"
                label = "email-processor ExecutionsSucceeded"
              },
            ],
            [
              "AWS/States",
              "ExecutionsFailed",
              "StateMachineArn",
              aws_sfn_state_machine.email_processor.arn,
              {
                stat  = "Sum"
                label = "email-processor ExecutionsFailed"
              },
            ],
            [
              "AWS/States",
              "ExecutionsTimedOut",
              "StateMachineArn",
              aws_sfn_state_machine.email_processor.arn,
              {
                stat  = "Sum"
                label = "email-processor ExecutionsTimedOut"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 12
        width  = 12
        height = 6
        properties = {
          title  = "Duration of executions"
          region = "us-west-2"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/States",
              "ExecutionTime",
              "StateMachineArn",
              aws_sfn_state_machine.email_processor.arn,
              {
                stat  = "p99"
                label = "email-processor ExecutionTime"
              },
            ],
          ]
        }
      },
    ]
  })
}
