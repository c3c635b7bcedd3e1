# Made by wgen from the spec of function-3: change that, then `wgen build`.

resource "aws_kms_key" "system" {
  description             = "Encrypts what services send to the topics of function-3."
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
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "system" {
  name          = "alias/function-3"
  target_key_id = aws_kms_key.system.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = "function-3-alerts"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudwatch:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:alarm:*"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "lost" {
  name                       = "function-3-lost"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost_dead_letter.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.lost.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "lost_dead_letter" {
  name                       = "function-3-lost-dead-letter"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
}

resource "aws_sqs_queue_redrive_allow_policy" "lost_dead_letter" {
  queue_url = aws_sqs_queue.lost_dead_letter.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function-3-lost"]
  })
}

resource "aws_sqs_queue_policy" "lost_dead_letter" {
  queue_url = aws_sqs_queue.lost_dead_letter.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.lost_dead_letter.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "lost_dead_letter_depth" {
  alarm_name        = "function-3-lost-dead-letter-depth"
  alarm_description = "Messages wait in function-3-lost-dead-letter."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  statistic         = "Maximum"
  dimensions = {
    QueueName = "function-3-lost-dead-letter"
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_lambda_function" "web" {
  function_name = "function-3-web"
  role          = aws_iam_role.web.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "function-3/${var.release}/web.zip"
  publish       = true

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/function-3-web"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.web,
    aws_iam_role.web,
    aws_iam_role_policy.web,
  ]
}

resource "aws_lambda_alias" "web" {
  name             = "live"
  function_name    = aws_lambda_function.web.function_name
  function_version = aws_lambda_function.web.version
}

resource "aws_lambda_function_url" "web" {
  function_name      = aws_lambda_function.web.function_name
  authorization_type = "AWS_IAM"
  qualifier          = "live"

  depends_on = [
    aws_lambda_alias.web,
  ]
}

resource "aws_lambda_function_event_invoke_config" "web" {
  function_name = aws_lambda_function.web.function_name
  qualifier     = "live"

  destination_config {
    on_failure {
      destination = aws_sqs_queue.lost.arn
    }
  }

  depends_on = [
    aws_lambda_alias.web,
  ]
}

resource "aws_cloudwatch_log_group" "web" {
  name              = "/aws/lambda/function-3-web"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "web" {
  name = "function-3-web-role"
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

resource "aws_iam_role_policy" "web" {
  name = "access"
  role = aws_iam_role.web.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/function-3-web:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function-3-lost"
      },
    ]
  })
}
