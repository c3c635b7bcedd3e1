# Made by wgen from the spec of activity-2: change that, then `wgen build`.

resource "aws_sfn_state_machine" "publish" {
  name     = "activity-2-publish"
  type     = "STANDARD"
  role_arn = aws_iam_role.publish.arn
  definition = templatefile("${path.module}/../../asl/publish.asl.json", {
    ReviewArn = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:activity:activity-2-review"
  })
  tags = {
    workflow = "publish"
  }

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.publish.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.publish,
    aws_iam_role_policy.publish,
  ]
}

resource "aws_cloudwatch_log_group" "publish" {
  name              = "/aws/vendedlogs/states/activity-2-publish"
  retention_in_days = 30
  tags = {
    workflow = "publish"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "publish" {
  name = "activity-2-publish-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:activity-2-publish"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "publish"
  }
}

resource "aws_iam_role_policy" "publish" {
  name = "access"
  role = aws_iam_role.publish.id
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
