# Made by wgen from the spec of pipe: change that, then `wgen build`.

resource "aws_sfn_state_machine" "order" {
  name     = "pipe-order"
  type     = "STANDARD"
  role_arn = aws_iam_role.order.arn
  definition = templatefile("${path.module}/../../asl/order.asl.json", {
    HandleArn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:pipe-handle"
  })
  tags = {
    workflow = "order"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.order.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.order,
    aws_iam_role_policy.order,
  ]
}

resource "aws_cloudwatch_log_group" "order" {
  name              = "/aws/vendedlogs/states/pipe-order"
  retention_in_days = 30
  tags = {
    workflow = "order"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "order" {
  name = "pipe-order-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:pipe-order"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "order"
  }
}

resource "aws_iam_role_policy" "order" {
  name = "access"
  role = aws_iam_role.order.id
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
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:pipe-handle"
      },
    ]
  })
}
