# Made by wgen from the spec of log: change that, then `wgen build`.

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/log/audit"
  retention_in_days = 3653

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_lambda_function" "note" {
  function_name = "log-note"
  role          = aws_iam_role.note.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "log/${var.release}/note.zip"

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/log-note"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.note,
    aws_iam_role.note,
    aws_iam_role_policy.note,
  ]
}

resource "aws_cloudwatch_log_group" "note" {
  name              = "/aws/lambda/log-note"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "note" {
  name = "log-note-role"
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

resource "aws_iam_role_policy" "note" {
  name = "access"
  role = aws_iam_role.note.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/log-note:*",
          "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/log/audit:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}
