# Made by wgen from the spec of webordinary: change that, then `wgen build`.

resource "aws_kms_key" "system" {
  description             = "Encrypts what services send to the topics of webordinary."
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Account"
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "ses.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "system" {
  name          = "alias/webordinary"
  target_key_id = aws_kms_key.system.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = "webordinary-alerts"
  kms_master_key_id = aws_kms_alias.system.name
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alerts.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudwatch:us-west-2:${data.aws_caller_identity.current.account_id}:alarm:*"
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "alerts_email_ops_example_com" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "ops@example.com"
}

resource "aws_cloudwatch_metric_alarm" "input_dead_letter_depth" {
  alarm_name          = "webordinary-input-dead-letter-depth"
  alarm_description   = "Messages wait in webordinary-input-<project>-<user>-dlq.fifo. The alarm's contributors say which."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    label       = "input.dead-letter.alarm-depth"
    expression  = "SELECT MAX(ApproximateNumberOfMessagesVisible) FROM SCHEMA(\"AWS/SQS\", QueueName) WHERE tag.system = 'webordinary' AND tag.resource = 'input.dead-letter' GROUP BY QueueName ORDER BY MAX() DESC"
    period      = 300
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "dlq_depth" {
  alarm_name          = "webordinary-dlq-depth"
  alarm_description   = "Messages wait in webordinary-dlq-<project>-<user>. The alarm's contributors say which."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    label       = "dlq.alarm-depth"
    expression  = "SELECT MAX(ApproximateNumberOfMessagesVisible) FROM SCHEMA(\"AWS/SQS\", QueueName) WHERE tag.system = 'webordinary' AND tag.resource = 'dlq' GROUP BY QueueName ORDER BY MAX() DESC"
    period      = 300
    return_data = true
  }
}

resource "aws_dynamodb_table" "active_jobs" {
  name                        = "webordinary-active-jobs"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "projectUserId"
  deletion_protection_enabled = true

  attribute {
    name = "projectUserId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "interruptions" {
  name                        = "webordinary-interruptions"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "messageId"
  deletion_protection_enabled = true

  attribute {
    name = "messageId"
    type = "S"
  }

  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket" "ses_emails" {
  bucket = "webordinary-ses-emails"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "ses_emails" {
  bucket                  = aws_s3_bucket.ses_emails.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id

  rule {
    id     = "abandoned-uploads"
    status = "Enabled"

    filter {
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  rule {
    id     = "expire"
    status = "Enabled"

    filter {
    }

    expiration {
      days = 30
    }
  }

  rule {
    id     = "earlier-versions"
    status = "Enabled"

    filter {
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }
}

resource "aws_s3_bucket_notification" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id

  lambda_function {
    events              = ["s3:ObjectCreated:*"]
    lambda_function_arn = aws_lambda_function.intake.arn
    filter_prefix       = "emails/"
  }

  depends_on = [
    aws_lambda_permission.ses_emails_intake,
  ]
}

resource "aws_s3_bucket_policy" "ses_emails" {
  bucket = aws_s3_bucket.ses_emails.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails",
          "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails/*",
        ]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "ses.amazonaws.com"
        }
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails/emails/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/webordinary-email-rules:receipt-rule/*"
          }
        }
      },
    ]
  })
}

resource "aws_lambda_permission" "ses_emails_intake" {
  function_name  = aws_lambda_function.intake.function_name
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_sns_topic" "email_received" {
  name              = "webordinary-email-received"
  kms_master_key_id = aws_kms_alias.system.name
}

resource "aws_sns_topic_policy" "email_received" {
  arn = aws_sns_topic.email_received.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.email_received.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "ses.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.email_received.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/webordinary-email-rules:receipt-rule/*"
          }
        }
      },
    ]
  })
}

resource "aws_ses_receipt_rule_set" "email_rules" {
  rule_set_name = "webordinary-email-rules"
}

resource "aws_ses_receipt_rule" "email_rules_rule_webordinary_com" {
  name          = "webordinary.com"
  rule_set_name = aws_ses_receipt_rule_set.email_rules.rule_set_name
  enabled       = true
  recipients    = ["webordinary.com"]
  scan_enabled  = true
  tls_policy    = "Require"

  s3_action {
    bucket_name       = "webordinary-ses-emails"
    object_key_prefix = "emails/"
    position          = 1
  }

  sns_action {
    topic_arn = aws_sns_topic.email_received.arn
    encoding  = "UTF-8"
    position  = 2
  }

  depends_on = [
    aws_s3_bucket.ses_emails,
    aws_s3_bucket_server_side_encryption_configuration.ses_emails,
    aws_s3_bucket_public_access_block.ses_emails,
    aws_s3_bucket_ownership_controls.ses_emails,
    aws_s3_bucket_versioning.ses_emails,
    aws_s3_bucket_lifecycle_configuration.ses_emails,
    aws_s3_bucket_notification.ses_emails,
    aws_s3_bucket_policy.ses_emails,
    aws_sns_topic.email_received,
    aws_sns_topic_policy.email_received,
  ]
}

resource "aws_lambda_function" "intake" {
  function_name = "webordinary-intake-lambda"
  role          = aws_iam_role.intake.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/intake.zip"

  environment {
    variables = {
      SES_EMAILS_BUCKET   = "webordinary-ses-emails"
      EMAIL_PROCESSOR_ARN = "arn:${data.aws_partition.current.partition}:states:us-west-2:${data.aws_caller_identity.current.account_id}:stateMachine:email-processor"
      INPUT_QUEUE_NAME    = "webordinary-input-{project}-{user}.fifo"
      AWS_ACCOUNT_ID      = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-intake-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.intake,
    aws_iam_role.intake,
    aws_iam_role_policy.intake,
  ]
}

resource "aws_cloudwatch_log_group" "intake" {
  name              = "/aws/lambda/webordinary-intake-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "intake" {
  name = "webordinary-intake-lambda-role"
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

resource "aws_iam_role_policy" "intake" {
  name = "access"
  role = aws_iam_role.intake.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-intake-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails"
      },
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = "arn:${data.aws_partition.current.partition}:states:us-west-2:${data.aws_caller_identity.current.account_id}:stateMachine:email-processor"
      },
      {
        Effect = "Allow"
        Action = "sqs:GetQueueUrl"
        Resource = [
          "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-input-amelia-scott.fifo",
        ]
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "intake_errors" {
  alarm_name          = "webordinary-intake-lambda-errors"
  alarm_description   = "More than 1% of the calls of webordinary-intake-lambda fail."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "part"
    return_data = false

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      dimensions = {
        FunctionName = "webordinary-intake-lambda"
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "whole"
    return_data = false

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      dimensions = {
        FunctionName = "webordinary-intake-lambda"
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "share"
    label       = "intake.alarm-errors"
    expression  = "100 * part / whole"
    return_data = true
  }
}

resource "aws_lambda_function" "check_active_job" {
  function_name = "webordinary-check-active-job-lambda"
  role          = aws_iam_role.check_active_job.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/check-active-job.zip"

  environment {
    variables = {
      ACTIVE_JOBS_TABLE = "webordinary-active-jobs"
      AWS_ACCOUNT_ID    = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-check-active-job-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.check_active_job,
    aws_iam_role.check_active_job,
    aws_iam_role_policy.check_active_job,
  ]
}

resource "aws_cloudwatch_log_group" "check_active_job" {
  name              = "/aws/lambda/webordinary-check-active-job-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "check_active_job" {
  name = "webordinary-check-active-job-lambda-role"
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

resource "aws_iam_role_policy" "check_active_job" {
  name = "access"
  role = aws_iam_role.check_active_job.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-check-active-job-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchGetItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:GetItem",
          "dynamodb:Query",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-active-jobs"
      },
    ]
  })
}

resource "aws_lambda_function" "rate_limited_claim" {
  function_name = "webordinary-rate-limited-claim-lambda"
  role          = aws_iam_role.rate_limited_claim.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/rate-limited-claim.zip"

  environment {
    variables = {
      ACTIVE_JOBS_TABLE     = "webordinary-active-jobs"
      INTERRUPTS_QUEUE_NAME = "webordinary-interrupts-{containerId}"
      AWS_ACCOUNT_ID        = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-rate-limited-claim-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.rate_limited_claim,
    aws_iam_role.rate_limited_claim,
    aws_iam_role_policy.rate_limited_claim,
  ]
}

resource "aws_cloudwatch_log_group" "rate_limited_claim" {
  name              = "/aws/lambda/webordinary-rate-limited-claim-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "rate_limited_claim" {
  name = "webordinary-rate-limited-claim-lambda-role"
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

resource "aws_iam_role_policy" "rate_limited_claim" {
  name = "access"
  role = aws_iam_role.rate_limited_claim.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-rate-limited-claim-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-active-jobs"
      },
      {
        Effect = "Allow"
        Action = [
          "sqs:CreateQueue",
          "sqs:DeleteQueue",
          "sqs:SetQueueAttributes",
          "sqs:TagQueue",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-interrupts-*"
      },
    ]
  })
}

resource "aws_lambda_function" "send_interrupt" {
  function_name = "webordinary-send-interrupt-lambda"
  role          = aws_iam_role.send_interrupt.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/send-interrupt.zip"

  environment {
    variables = {
      INTERRUPTS_QUEUE_NAME = "webordinary-interrupts-{containerId}"
      AWS_ACCOUNT_ID        = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-send-interrupt-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.send_interrupt,
    aws_iam_role.send_interrupt,
    aws_iam_role_policy.send_interrupt,
  ]
}

resource "aws_cloudwatch_log_group" "send_interrupt" {
  name              = "/aws/lambda/webordinary-send-interrupt-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "send_interrupt" {
  name = "webordinary-send-interrupt-lambda-role"
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

resource "aws_iam_role_policy" "send_interrupt" {
  name = "access"
  role = aws_iam_role.send_interrupt.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-send-interrupt-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-interrupts-*"
      },
    ]
  })
}

resource "aws_lambda_function" "record_interruption" {
  function_name = "webordinary-record-interruption-lambda"
  role          = aws_iam_role.record_interruption.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/record-interruption.zip"

  environment {
    variables = {
      INTERRUPTIONS_TABLE = "webordinary-interruptions"
      AWS_ACCOUNT_ID      = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-record-interruption-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.record_interruption,
    aws_iam_role.record_interruption,
    aws_iam_role_policy.record_interruption,
  ]
}

resource "aws_cloudwatch_log_group" "record_interruption" {
  name              = "/aws/lambda/webordinary-record-interruption-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "record_interruption" {
  name = "webordinary-record-interruption-lambda-role"
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

resource "aws_iam_role_policy" "record_interruption" {
  name = "access"
  role = aws_iam_role.record_interruption.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-record-interruption-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-interruptions"
      },
    ]
  })
}

resource "aws_lambda_function" "handle_timeout" {
  function_name = "webordinary-handle-timeout-lambda"
  role          = aws_iam_role.handle_timeout.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "webordinary/${var.release}/handle-timeout.zip"

  environment {
    variables = {
      ACTIVE_JOBS_TABLE     = "webordinary-active-jobs"
      INTERRUPTIONS_TABLE   = "webordinary-interruptions"
      DLQ_QUEUE_NAME        = "webordinary-dlq-{project}-{user}"
      INTERRUPTS_QUEUE_NAME = "webordinary-interrupts-{containerId}"
      AWS_ACCOUNT_ID        = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-handle-timeout-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.handle_timeout,
    aws_iam_role.handle_timeout,
    aws_iam_role_policy.handle_timeout,
  ]
}

resource "aws_cloudwatch_log_group" "handle_timeout" {
  name              = "/aws/lambda/webordinary-handle-timeout-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "handle_timeout" {
  name = "webordinary-handle-timeout-lambda-role"
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

resource "aws_iam_role_policy" "handle_timeout" {
  name = "access"
  role = aws_iam_role.handle_timeout.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-handle-timeout-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-active-jobs",
          "arn:${data.aws_partition.current.partition}:dynamodb:us-west-2:${data.aws_caller_identity.current.account_id}:table/webordinary-interruptions",
        ]
      },
      {
        Effect = "Allow"
        Action = "sqs:SendMessage"
        Resource = [
          "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-dlq-amelia-scott",
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "sqs:CreateQueue",
          "sqs:DeleteQueue",
          "sqs:SetQueueAttributes",
          "sqs:TagQueue",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-interrupts-*"
      },
    ]
  })
}

resource "aws_lambda_function" "process_attachment" {
  function_name = "webordinary-process-attachment-lambda"
  role          = aws_iam_role.process_attachment.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 300
  package_type  = "Image"
  image_uri     = "${data.aws_caller_identity.current.account_id}.dkr.ecr.us-west-2.amazonaws.com/webordinary-process-attachment-lambda:${var.release}"

  environment {
    variables = {
      SES_EMAILS_BUCKET = "webordinary-ses-emails"
      AWS_ACCOUNT_ID    = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/webordinary-process-attachment-lambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.process_attachment,
    aws_iam_role.process_attachment,
    aws_iam_role_policy.process_attachment,
  ]
}

resource "aws_cloudwatch_log_group" "process_attachment" {
  name              = "/aws/lambda/webordinary-process-attachment-lambda"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "process_attachment" {
  name = "webordinary-process-attachment-lambda-role"
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

resource "aws_iam_role_policy" "process_attachment" {
  name = "access"
  role = aws_iam_role.process_attachment.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/webordinary-process-attachment-lambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::webordinary-ses-emails"
      },
    ]
  })
}

resource "aws_iam_role" "container" {
  name = "webordinary-container-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:us-west-2:${data.aws_caller_identity.current.account_id}:*"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "container" {
  name = "access"
  role = aws_iam_role.container.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-input-amelia-scott.fifo",
          "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-interrupts-*",
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "sqs:CreateQueue",
          "sqs:DeleteQueue",
          "sqs:SetQueueAttributes",
          "sqs:TagQueue",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-interrupts-*"
      },
      {
        Effect = "Allow"
        Action = [
          "states:SendTaskFailure",
          "states:SendTaskHeartbeat",
          "states:SendTaskSuccess",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:states:us-west-2:${data.aws_caller_identity.current.account_id}:stateMachine:email-processor"
      },
    ]
  })
}
