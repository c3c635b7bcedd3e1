# Made by wgen from the spec of worker: change that, then `wgen build`.

resource "aws_sfn_state_machine" "ask" {
  name     = "worker-ask"
  type     = "STANDARD"
  role_arn = aws_iam_role.ask.arn
  definition = templatefile("${path.module}/../../asl/ask.asl.json", {
    PrepareArn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:worker-prepare"
  })
  tags = {
    workflow = "ask"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.ask.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.ask,
    aws_iam_role_policy.ask,
  ]
}

resource "aws_cloudwatch_log_group" "ask" {
  name              = "/aws/vendedlogs/states/worker-ask"
  retention_in_days = 30
  tags = {
    workflow = "ask"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "ask" {
  name = "worker-ask-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:worker-ask"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "ask"
  }
}

resource "aws_iam_role_policy" "ask" {
  name = "access"
  role = aws_iam_role.ask.id
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
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:worker-prepare"
      },
    ]
  })
}
