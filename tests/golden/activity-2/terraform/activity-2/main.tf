# Made by wgen from the spec of activity-2: change that, then `wgen build`.

resource "aws_lambda_function" "clerk" {
  function_name = "activity-2-clerk"
  role          = aws_iam_role.clerk.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 120
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "activity-2/${var.release}/clerk.zip"

  environment {
    variables = {
      REVIEW_ARN     = aws_sfn_activity.review.arn
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/activity-2-clerk"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.clerk,
    aws_iam_role.clerk,
    aws_iam_role_policy.clerk,
  ]
}

resource "aws_cloudwatch_log_group" "clerk" {
  name              = "/aws/lambda/activity-2-clerk"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "clerk" {
  name = "activity-2-clerk-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "clerk" {
  name = "access"
  role = aws_iam_role.clerk.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/activity-2-clerk:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "states:GetActivityTask",
          "states:SendTaskFailure",
          "states:SendTaskHeartbeat",
          "states:SendTaskSuccess",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:activity:activity-2-review"
      },
    ]
  })
}

resource "aws_sfn_activity" "review" {
  name = "activity-2-review"
}
