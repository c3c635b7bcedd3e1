# Made by wgen from the spec of workflow-2: change that, then `wgen build`.

resource "aws_sfn_state_machine" "each_order" {
  name     = "workflow-2-each-order"
  type     = "EXPRESS"
  role_arn = aws_iam_role.each_order.arn
  definition = templatefile("${path.module}/../../asl/each-order.asl.json", {
    ListArn   = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-2-list"
    HandleArn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-2-handle"
  })
  tags = {
    workflow = "each-order"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.each_order.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.each_order,
    aws_iam_role_policy.each_order,
  ]
}

resource "aws_cloudwatch_log_group" "each_order" {
  name              = "/aws/vendedlogs/states/workflow-2-each-order"
  retention_in_days = 30
  tags = {
    workflow = "each-order"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "each_order" {
  name = "workflow-2-each-order-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:workflow-2-each-order"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "each-order"
  }
}

resource "aws_iam_role_policy" "each_order" {
  name = "access"
  role = aws_iam_role.each_order.id
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
          "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-2-list",
          "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:workflow-2-handle",
        ]
      },
    ]
  })
}
