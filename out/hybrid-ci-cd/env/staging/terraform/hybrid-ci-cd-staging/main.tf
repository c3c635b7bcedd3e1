# Made by wgen from the spec of hybrid-ci-cd: change that, then `wgen build`.

resource "aws_kms_key" "system" {
  description             = "Encrypts what services send to the topics of hybrid-ci-cd."
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
  name          = "alias/hybrid-ci-cd-staging"
  target_key_id = aws_kms_key.system.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = "hybrid-ci-cd-alerts-staging"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudwatch:us-east-1:${data.aws_caller_identity.current.account_id}:alarm:*"
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

resource "aws_dynamodb_table" "sessions" {
  name                        = "hybrid-ci-cd-sessions-staging"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "session_id"
  deletion_protection_enabled = false

  attribute {
    name = "session_id"
    type = "S"
  }

  attribute {
    name = "user_id"
    type = "S"
  }

  global_secondary_index {
    name            = "by-user"
    hash_key        = "user_id"
    projection_type = "ALL"
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "jobs" {
  name                        = "hybrid-ci-cd-jobs-staging"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "job_id"
  deletion_protection_enabled = false

  attribute {
    name = "job_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "agents" {
  name                        = "hybrid-ci-cd-agents-staging"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "agent_id"
  deletion_protection_enabled = false

  attribute {
    name = "agent_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_lambda_function" "api" {
  function_name                  = "hybrid-ci-cd-staging"
  role                           = aws_iam_role.api.arn
  architectures                  = ["arm64"]
  memory_size                    = 512
  timeout                        = 30
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = var.code_bucket
  s3_key                         = "hybrid-ci-cd/${var.release}/api.zip"
  publish                        = true
  reserved_concurrent_executions = var.lambda_reserved_concurrency

  environment {
    variables = {
      SESSIONS_TABLE = "hybrid-ci-cd-sessions-staging"
      JOBS_TABLE     = "hybrid-ci-cd-jobs-staging"
      AGENTS_TABLE   = "hybrid-ci-cd-agents-staging"
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/hybrid-ci-cd-staging"
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

resource "aws_lambda_provisioned_concurrency_config" "api" {
  count = var.lambda_provisioned_concurrency == null ? 0 : 1

  function_name                     = aws_lambda_function.api.function_name
  qualifier                         = aws_lambda_alias.api.name
  provisioned_concurrent_executions = var.lambda_provisioned_concurrency
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/lambda/hybrid-ci-cd-staging"
  retention_in_days = 7

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "api" {
  name = "hybrid-ci-cd-staging-role"
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
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/hybrid-ci-cd-staging:*"
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
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:UpdateItem",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-sessions-staging",
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-jobs-staging",
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-agents-staging",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:Query"
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-sessions-staging/index/*"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "hybrid-ci-cd-staging-errors"
  alarm_description   = "More than 1% of the calls of hybrid-ci-cd-staging fail."
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
        FunctionName = "hybrid-ci-cd-staging"
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
        FunctionName = "hybrid-ci-cd-staging"
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

resource "aws_cloudwatch_metric_alarm" "api_throttles" {
  alarm_name        = "hybrid-ci-cd-staging-throttles"
  alarm_description = "Calls of hybrid-ci-cd-staging are refused, because too many run at once."
  namespace         = "AWS/Lambda"
  metric_name       = "Throttles"
  statistic         = "Sum"
  dimensions = {
    FunctionName = "hybrid-ci-cd-staging"
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_codedeploy_app" "api_plan" {
  name             = "hybrid-ci-cd-staging"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_config" "api_plan" {
  deployment_config_name = "hybrid-ci-cd-staging-canary-10-5"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "TimeBasedCanary"

    time_based_canary {
      percentage = 10
      interval   = 5
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_codedeploy_deployment_group" "api_plan" {
  app_name               = aws_codedeploy_app.api_plan.name
  deployment_group_name  = "hybrid-ci-cd-staging"
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
    alarms  = ["hybrid-ci-cd-staging-errors", "hybrid-ci-cd-staging-throttles"]
  }

  depends_on = [
    aws_iam_role.api_rollout_plan,
    aws_iam_role_policy.api_rollout_plan,
  ]
}

resource "aws_iam_role" "api_rollout_plan" {
  name = "hybrid-ci-cd-staging-rollout"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:codedeploy:us-east-1:${data.aws_caller_identity.current.account_id}:deploymentgroup:hybrid-ci-cd-staging/hybrid-ci-cd-staging"
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
        Resource = "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:hybrid-ci-cd-staging"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetProvisionedConcurrencyConfig"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:hybrid-ci-cd-staging:*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:DescribeAlarms"
        Resource = "arn:${data.aws_partition.current.partition}:cloudwatch:us-east-1:${data.aws_caller_identity.current.account_id}:alarm:*"
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "main" {
  name          = "hybrid-ci-cd-main-staging"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = var.cors_origins
    allow_methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    allow_headers = ["content-type", "authorization"]
    max_age       = 3600
  }
}

resource "aws_apigatewayv2_integration" "main" {
  api_id                 = aws_apigatewayv2_api.main.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.api.arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "main_route_get__health" {
  api_id             = aws_apigatewayv2_api.main.id
  route_key          = "GET /health"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_route" "main_route_post__auth_session" {
  api_id             = aws_apigatewayv2_api.main.id
  route_key          = "POST /auth/session"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_route" "main_route_post__auth_validate" {
  api_id             = aws_apigatewayv2_api.main.id
  route_key          = "POST /auth/validate"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_route" "main_route_get__auth_sessions" {
  api_id             = aws_apigatewayv2_api.main.id
  route_key          = "GET /auth/sessions"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_route" "main_route_delete__auth_sessions" {
  api_id             = aws_apigatewayv2_api.main.id
  route_key          = "DELETE /auth/sessions"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_stage" "main" {
  api_id      = aws_apigatewayv2_api.main.id
  name        = "staging"
  auto_deploy = true

  access_log_settings {
    destination_arn = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/apigateway/hybrid-ci-cd-main-staging"
    format = jsonencode({
      requestId = "$context.requestId"
      ip        = "$context.identity.sourceIp"
      time      = "$context.requestTime"
      route     = "$context.routeKey"
      status    = "$context.status"
      bytes     = "$context.responseLength"
      latency   = "$context.responseLatency"
      error     = "$context.integrationErrorMessage"
    })
  }

  depends_on = [
    aws_cloudwatch_log_group.main,
  ]
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/aws/apigateway/hybrid-ci-cd-main-staging"
  retention_in_days = 7

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_lambda_permission" "main" {
  function_name  = aws_lambda_function.api.function_name
  qualifier      = "live"
  action         = "lambda:InvokeFunction"
  principal      = "apigateway.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:execute-api:us-east-1:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.main.id}/*"
  source_account = data.aws_caller_identity.current.account_id
}
