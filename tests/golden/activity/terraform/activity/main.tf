# Made by wgen from the spec of activity: change that, then `wgen build`.

resource "aws_lambda_function" "draft" {
  function_name = "activity-draft"
  role          = aws_iam_role.draft.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "activity/${var.release}/draft.zip"

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/activity-draft"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.draft,
    aws_iam_role.draft,
    aws_iam_role_policy.draft,
  ]
}

resource "aws_cloudwatch_log_group" "draft" {
  name              = "/aws/lambda/activity-draft"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "draft" {
  name = "activity-draft-role"
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

resource "aws_iam_role_policy" "draft" {
  name = "access"
  role = aws_iam_role.draft.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/activity-draft:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_sfn_activity" "review" {
  name = "activity-review"
}
