# Made by wgen from the spec of workflow: change that, then `wgen build`.

resource "aws_sfn_state_machine" "nightly" {
  name     = "workflow-nightly"
  type     = "STANDARD"
  role_arn = aws_iam_role.nightly.arn
  definition = templatefile("${path.module}/../../asl/nightly.asl.json", {
    SqsSendMessage = "arn:${data.aws_partition.current.partition}:states:::sqs:sendMessage"
    LoadArn        = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-load"
    ScoreArn       = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-score"
    FailedUrl      = "https://sqs.${data.aws_region.current.region}.amazonaws.com/${data.aws_caller_identity.current.account_id}/workflow-failed"
  })
  tags = {
    workflow = "nightly"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.nightly.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.nightly,
    aws_iam_role_policy.nightly,
  ]
}

resource "aws_cloudwatch_log_group" "nightly" {
  name              = "/aws/vendedlogs/states/workflow-nightly"
  retention_in_days = 30
  tags = {
    workflow = "nightly"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "nightly" {
  name = "workflow-nightly-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:workflow-nightly"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "nightly"
  }
}

resource "aws_iam_role_policy" "nightly" {
  name = "access"
  role = aws_iam_role.nightly.id
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
          "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-load",
          "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-score",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:workflow-failed"
      },
    ]
  })
}
