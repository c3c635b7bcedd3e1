# Made by wgen from the spec of function-2: change that, then `wgen build`.

resource "aws_kms_key" "system" {
  description             = "Encrypts what services send to the topics of function-2."
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
  name          = "alias/function-2"
  target_key_id = aws_kms_key.system.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = "function-2-alerts"
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

resource "aws_lambda_function" "api" {
  function_name = "function-2-api"
  role          = aws_iam_role.api.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "function-2/${var.release}/api.zip"
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
    log_group  = "/aws/lambda/function-2-api"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.api,
    aws_iam_role.api,
    aws_iam_role_policy.api,
  ]
}

resource "aws_lambda_alias" "api" {
  name             = "live"
  function_name    = aws_lambda_function.api.function_name
  function_version = aws_lambda_function.api.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/lambda/function-2-api"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "api" {
  name = "function-2-api-role"
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

resource "aws_iam_role_policy" "api" {
  name = "access"
  role = aws_iam_role.api.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/function-2-api:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "function-2-api-errors"
  alarm_description   = "More than 1% of the calls of function-2-api fail."
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
        FunctionName = "function-2-api"
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
        FunctionName = "function-2-api"
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "share"
    label       = "api.alarm-errors"
    expression  = "100 * part / whole"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "api_duration" {
  alarm_name         = "function-2-api-duration"
  alarm_description  = "Calls of function-2-api take longer than 5s."
  namespace          = "AWS/Lambda"
  metric_name        = "Duration"
  extended_statistic = "p99"
  dimensions = {
    FunctionName = "function-2-api"
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5000
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_codedeploy_app" "api_plan" {
  name             = "function-2-api"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_config" "api_plan" {
  deployment_config_name = "function-2-api-canary-10-10"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "TimeBasedCanary"

    time_based_canary {
      percentage = 10
      interval   = 10
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_codedeploy_deployment_group" "api_plan" {
  app_name               = aws_codedeploy_app.api_plan.name
  deployment_group_name  = "function-2-api"
  service_role_arn       = aws_iam_role.api_rollout_plan.arn
  deployment_config_name = aws_codedeploy_deployment_config.api_plan.id

  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }

  auto_rollback_configuration {
    enabled = true
    events = [
      "DEPLOYMENT_FAILURE",
      "DEPLOYMENT_STOP_ON_ALARM",
      "DEPLOYMENT_STOP_ON_REQUEST",
    ]
  }

  alarm_configuration {
    enabled = true
    alarms  = ["function-2-api-errors"]
  }

  depends_on = [
    aws_iam_role.api_rollout_plan,
    aws_iam_role_policy.api_rollout_plan,
  ]
}

resource "aws_iam_role" "api_rollout_plan" {
  name = "function-2-api-rollout"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "codedeploy.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:codedeploy:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:deploymentgroup:function-2-api/function-2-api"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "api_rollout_plan" {
  name = "access"
  role = aws_iam_role.api_rollout_plan.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["lambda:GetAlias", "lambda:UpdateAlias"]
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:function-2-api"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetProvisionedConcurrencyConfig"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:function-2-api:*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:DescribeAlarms"
        Resource = "arn:${data.aws_partition.current.partition}:cloudwatch:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:alarm:*"
      },
    ]
  })
}
