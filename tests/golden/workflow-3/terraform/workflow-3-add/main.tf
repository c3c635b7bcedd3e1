# Made by wgen from the spec of workflow-3: change that, then `wgen build`.

resource "aws_sfn_state_machine" "add" {
  name       = "workflow-3-add"
  type       = "STANDARD"
  role_arn   = aws_iam_role.add.arn
  definition = templatefile("${path.module}/../../asl/add.asl.json", {})
  tags = {
    workflow = "add"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.add.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.add,
    aws_iam_role_policy.add,
  ]
}

resource "aws_cloudwatch_log_group" "add" {
  name              = "/aws/vendedlogs/states/workflow-3-add"
  retention_in_days = 30
  tags = {
    workflow = "add"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "add" {
  name = "workflow-3-add-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:workflow-3-add"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "add"
  }
}

resource "aws_iam_role_policy" "add" {
  name = "access"
  role = aws_iam_role.add.id
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
    ]
  })
}
