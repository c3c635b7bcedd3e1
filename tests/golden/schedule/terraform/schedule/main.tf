# Made by wgen from the spec of schedule: change that, then `wgen build`.

resource "aws_lambda_function" "tidy" {
  function_name = "schedule-tidy"
  role          = aws_iam_role.tidy.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "schedule/${var.release}/tidy.zip"

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/schedule-tidy"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.tidy,
    aws_iam_role.tidy,
    aws_iam_role_policy.tidy,
  ]
}

resource "aws_cloudwatch_log_group" "tidy" {
  name              = "/aws/lambda/schedule-tidy"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "tidy" {
  name = "schedule-tidy-role"
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

resource "aws_iam_role_policy" "tidy" {
  name = "access"
  role = aws_iam_role.tidy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/schedule-tidy:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                         = "schedule-nightly"
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "Europe/Vienna"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.tidy.arn
    role_arn = aws_iam_role.nightly.arn
  }

  depends_on = [
    aws_iam_role.nightly,
    aws_iam_role_policy.nightly,
  ]
}

resource "aws_iam_role" "nightly" {
  name = "schedule-nightly-schedule"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "scheduler.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:schedule-group/default"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "nightly" {
  name = "access"
  role = aws_iam_role.nightly.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:schedule-tidy"
      },
    ]
  })
}
