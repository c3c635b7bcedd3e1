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
  name          = "alias/hybrid-ci-cd-production"
  target_key_id = aws_kms_key.system.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = "hybrid-ci-cd-alerts-production"
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
  name                        = "hybrid-ci-cd-sessions-production"
  billing_mode                = "PROVISIONED"
  hash_key                    = "session_id"
  read_capacity               = var.dynamodb_read_capacity
  write_capacity              = var.dynamodb_write_capacity
  deletion_protection_enabled = true

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
    read_capacity   = var.dynamodb_read_capacity
    write_capacity  = var.dynamodb_write_capacity
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    ignore_changes  = [read_capacity, write_capacity]
    prevent_destroy = true
  }
}

resource "aws_appautoscaling_target" "sessions_read" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.sessions.name}"
  min_capacity       = var.dynamodb_read_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "sessions_read" {
  name               = "hybrid-ci-cd-sessions-production-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = aws_appautoscaling_target.sessions_read.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "sessions_write" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.sessions.name}"
  min_capacity       = var.dynamodb_write_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "sessions_write" {
  name               = "hybrid-ci-cd-sessions-production-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = aws_appautoscaling_target.sessions_write.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "sessions_by_user_read" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.sessions.name}/index/by-user"
  min_capacity       = var.dynamodb_read_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "sessions_by_user_read" {
  name               = "hybrid-ci-cd-sessions-production-by-user-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  resource_id        = aws_appautoscaling_target.sessions_by_user_read.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "sessions_by_user_write" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.sessions.name}/index/by-user"
  min_capacity       = var.dynamodb_write_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "sessions_by_user_write" {
  name               = "hybrid-ci-cd-sessions-production-by-user-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  resource_id        = aws_appautoscaling_target.sessions_by_user_write.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_dynamodb_table" "jobs" {
  name                        = "hybrid-ci-cd-jobs-production"
  billing_mode                = "PROVISIONED"
  hash_key                    = "job_id"
  read_capacity               = var.dynamodb_read_capacity
  write_capacity              = var.dynamodb_write_capacity
  deletion_protection_enabled = true

  attribute {
    name = "job_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    ignore_changes  = [read_capacity, write_capacity]
    prevent_destroy = true
  }
}

resource "aws_appautoscaling_target" "jobs_read" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.jobs.name}"
  min_capacity       = var.dynamodb_read_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "jobs_read" {
  name               = "hybrid-ci-cd-jobs-production-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = aws_appautoscaling_target.jobs_read.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "jobs_write" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.jobs.name}"
  min_capacity       = var.dynamodb_write_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "jobs_write" {
  name               = "hybrid-ci-cd-jobs-production-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = aws_appautoscaling_target.jobs_write.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_dynamodb_table" "agents" {
  name                        = "hybrid-ci-cd-agents-production"
  billing_mode                = "PROVISIONED"
  hash_key                    = "agent_id"
  read_capacity               = var.dynamodb_read_capacity
  write_capacity              = var.dynamodb_write_capacity
  deletion_protection_enabled = true

  attribute {
    name = "agent_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    ignore_changes  = [read_capacity, write_capacity]
    prevent_destroy = true
  }
}

resource "aws_appautoscaling_target" "agents_read" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.agents.name}"
  min_capacity       = var.dynamodb_read_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "agents_read" {
  name               = "hybrid-ci-cd-agents-production-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = aws_appautoscaling_target.agents_read.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "agents_write" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.agents.name}"
  min_capacity       = var.dynamodb_write_capacity
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "agents_write" {
  name               = "hybrid-ci-cd-agents-production-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = aws_appautoscaling_target.agents_write.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_lambda_function" "api" {
  function_name                  = "hybrid-ci-cd-production"
  role                           = aws_iam_role.api.arn
  architectures                  = ["arm64"]
  memory_size                    = 1024
  timeout                        = 30
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = var.code_bucket
  s3_key                         = "hybrid-ci-cd/${var.release}/api.zip"
  publish                        = true
  reserved_concurrent_executions = var.lambda_reserved_concurrency

  environment {
    variables = {
      SESSIONS_TABLE = "hybrid-ci-cd-sessions-production"
      JOBS_TABLE     = "hybrid-ci-cd-jobs-production"
      AGENTS_TABLE   = "hybrid-ci-cd-agents-production"
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/hybrid-ci-cd-production"
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
  name              = "/aws/lambda/hybrid-ci-cd-production"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "api" {
  name = "hybrid-ci-cd-production-role"
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
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/hybrid-ci-cd-production:*"
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
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-sessions-production",
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-jobs-production",
          "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-agents-production",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:Query"
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/hybrid-ci-cd-sessions-production/index/*"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "hybrid-ci-cd-production-errors"
  alarm_description   = "More than 1% of the calls of hybrid-ci-cd-production fail."
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
        FunctionName = "hybrid-ci-cd-production"
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
        FunctionName = "hybrid-ci-cd-production"
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
  alarm_name        = "hybrid-ci-cd-production-throttles"
  alarm_description = "Calls of hybrid-ci-cd-production are refused, because too many run at once."
  namespace         = "AWS/Lambda"
  metric_name       = "Throttles"
  statistic         = "Sum"
  dimensions = {
    FunctionName = "hybrid-ci-cd-production"
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
  name             = "hybrid-ci-cd-production"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_config" "api_plan" {
  deployment_config_name = "hybrid-ci-cd-production-canary-10-5"
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
  deployment_group_name  = "hybrid-ci-cd-production"
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
    alarms  = ["hybrid-ci-cd-production-errors", "hybrid-ci-cd-production-throttles"]
  }

  depends_on = [
    aws_iam_role.api_rollout_plan,
    aws_iam_role_policy.api_rollout_plan,
  ]
}

resource "aws_iam_role" "api_rollout_plan" {
  name = "hybrid-ci-cd-production-rollout"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:codedeploy:us-east-1:${data.aws_caller_identity.current.account_id}:deploymentgroup:hybrid-ci-cd-production/hybrid-ci-cd-production"
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
        Resource = "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:hybrid-ci-cd-production"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetProvisionedConcurrencyConfig"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:hybrid-ci-cd-production:*"
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
  name          = "hybrid-ci-cd-main-production"
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
  name        = "production"
  auto_deploy = true

  access_log_settings {
    destination_arn = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/apigateway/hybrid-ci-cd-main-production"
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
  name              = "/aws/apigateway/hybrid-ci-cd-main-production"
  retention_in_days = 30

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
