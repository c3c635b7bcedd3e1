# Made by wgen from the spec of ceap: change that, then `wgen build`.

resource "aws_sfn_state_machine" "realtime" {
  name     = "Ceap-realtime-Workflow"
  type     = "EXPRESS"
  role_arn = aws_iam_role.realtime.arn
  definition = templatefile("${path.module}/../../asl/realtime.asl.json", {
    RealtimeETLArn      = aws_lambda_function.realtime_etl.arn
    AccountId           = data.aws_caller_identity.current.account_id
    RealtimeFilterArn   = aws_lambda_function.realtime_filter.arn
    RealtimeScoreArn    = aws_lambda_function.realtime_score.arn
    RealtimeStoreArn    = aws_lambda_function.realtime_store.arn
    RealtimeReactiveArn = aws_lambda_function.realtime_reactive.arn
  })
  tags = {
    workflow = "realtime"
  }

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.realtime.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.realtime,
    aws_iam_role_policy.realtime,
  ]
}

resource "aws_lambda_function" "realtime_etl" {
  function_name = "CeapWorkflow-realtime-ETLLambda"
  role          = aws_iam_role.realtime_etl.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 300
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/ETL.zip"
  tags = {
    workflow = "realtime"
  }

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/CeapWorkflow-realtime-ETLLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.realtime_etl,
    aws_iam_role.realtime_etl,
    aws_iam_role_policy.realtime_etl,
  ]
}

resource "aws_cloudwatch_log_group" "realtime_etl" {
  name              = "/aws/lambda/CeapWorkflow-realtime-ETLLambda"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime_etl" {
  name = "CeapWorkflow-realtime-ETLLambda-role"
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
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_etl" {
  name = "access"
  role = aws_iam_role.realtime_etl.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-realtime-ETLLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/ETL/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "realtime_filter" {
  function_name = "CeapWorkflow-realtime-FilterLambda"
  role          = aws_iam_role.realtime_filter.arn
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Filter.zip"
  tags = {
    workflow = "realtime"
  }

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/CeapWorkflow-realtime-FilterLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.realtime_filter,
    aws_iam_role.realtime_filter,
    aws_iam_role_policy.realtime_filter,
  ]
}

resource "aws_cloudwatch_log_group" "realtime_filter" {
  name              = "/aws/lambda/CeapWorkflow-realtime-FilterLambda"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime_filter" {
  name = "CeapWorkflow-realtime-FilterLambda-role"
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
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_filter" {
  name = "access"
  role = aws_iam_role.realtime_filter.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-realtime-FilterLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/ETL/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Filter/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "realtime_score" {
  function_name = "CeapWorkflow-realtime-ScoreLambda"
  role          = aws_iam_role.realtime_score.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 120
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Score.zip"
  tags = {
    workflow = "realtime"
  }

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/CeapWorkflow-realtime-ScoreLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.realtime_score,
    aws_iam_role.realtime_score,
    aws_iam_role_policy.realtime_score,
  ]
}

resource "aws_cloudwatch_log_group" "realtime_score" {
  name              = "/aws/lambda/CeapWorkflow-realtime-ScoreLambda"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime_score" {
  name = "CeapWorkflow-realtime-ScoreLambda-role"
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
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_score" {
  name = "access"
  role = aws_iam_role.realtime_score.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-realtime-ScoreLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Filter/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Score/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "realtime_store" {
  function_name = "CeapWorkflow-realtime-StoreLambda"
  role          = aws_iam_role.realtime_store.arn
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Store.zip"
  tags = {
    workflow = "realtime"
  }

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/CeapWorkflow-realtime-StoreLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.realtime_store,
    aws_iam_role.realtime_store,
    aws_iam_role_policy.realtime_store,
  ]
}

resource "aws_cloudwatch_log_group" "realtime_store" {
  name              = "/aws/lambda/CeapWorkflow-realtime-StoreLambda"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime_store" {
  name = "CeapWorkflow-realtime-StoreLambda-role"
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
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_store" {
  name = "access"
  role = aws_iam_role.realtime_store.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-realtime-StoreLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Score/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Store/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "realtime_reactive" {
  function_name = "CeapWorkflow-realtime-ReactiveLambda"
  role          = aws_iam_role.realtime_reactive.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Reactive.zip"
  tags = {
    workflow = "realtime"
  }

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/CeapWorkflow-realtime-ReactiveLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.realtime_reactive,
    aws_iam_role.realtime_reactive,
    aws_iam_role_policy.realtime_reactive,
  ]
}

resource "aws_cloudwatch_log_group" "realtime_reactive" {
  name              = "/aws/lambda/CeapWorkflow-realtime-ReactiveLambda"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime_reactive" {
  name = "CeapWorkflow-realtime-ReactiveLambda-role"
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
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_reactive" {
  name = "access"
  role = aws_iam_role.realtime_reactive.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-realtime-ReactiveLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Store/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/executions/*/Reactive/output.json"
      },
    ]
  })
}

resource "aws_sqs_queue" "realtime" {
  name                       = "ceap-workflow-realtime-queue"
  visibility_timeout_seconds = 600
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.realtime_dlq.arn
    maxReceiveCount     = 3
  })
  tags = {
    workflow = "realtime"
  }
}

resource "aws_sqs_queue_policy" "realtime" {
  queue_url = aws_sqs_queue.realtime.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.realtime.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "realtime_dlq" {
  name                       = "ceap-workflow-realtime-dlq"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags = {
    workflow = "realtime"
  }
}

resource "aws_sqs_queue_redrive_allow_policy" "realtime_dlq" {
  queue_url = aws_sqs_queue.realtime_dlq.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:${data.aws_partition.current.partition}:sqs:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-workflow-realtime-queue"]
  })
}

resource "aws_sqs_queue_policy" "realtime_dlq" {
  queue_url = aws_sqs_queue.realtime_dlq.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.realtime_dlq.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket" "realtime_storage" {
  bucket        = "ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
  tags = {
    workflow = "realtime"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "realtime_storage" {
  bucket = aws_s3_bucket.realtime_storage.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "realtime_storage" {
  bucket                  = aws_s3_bucket.realtime_storage.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "realtime_storage" {
  bucket = aws_s3_bucket.realtime_storage.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "realtime_storage" {
  bucket = aws_s3_bucket.realtime_storage.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "realtime_storage" {
  bucket = aws_s3_bucket.realtime_storage.id

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
      days = 7
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

resource "aws_s3_bucket_policy" "realtime_storage" {
  bucket = aws_s3_bucket.realtime_storage.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}",
          "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}/*",
        ]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "realtime" {
  name              = "/aws/stepfunctions/Ceap-realtime-Workflow"
  retention_in_days = 30
  tags = {
    workflow = "realtime"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "realtime" {
  name = "Ceap-realtime-Workflow-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:stateMachine:Ceap-realtime-Workflow"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime" {
  name = "access"
  role = aws_iam_role.realtime.id
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
      {
        Effect = "Allow"
        Action = "lambda:InvokeFunction"
        Resource = [
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-realtime-ETLLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-realtime-FilterLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-realtime-ScoreLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-realtime-StoreLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-realtime-ReactiveLambda",
        ]
      },
    ]
  })
}

resource "aws_pipes_pipe" "realtime" {
  name     = "Ceap-realtime-Workflow-pipe"
  role_arn = aws_iam_role.realtime_pipe.arn
  source   = aws_sqs_queue.realtime.arn
  target   = aws_sfn_state_machine.realtime.arn
  tags = {
    workflow = "realtime"
  }

  source_parameters {
    sqs_queue_parameters {
      batch_size = 1
    }
  }

  target_parameters {
    input_template = "<$.body>"

    step_function_state_machine_parameters {
      invocation_type = "REQUEST_RESPONSE"
    }
  }

  depends_on = [
    aws_iam_role.realtime_pipe,
    aws_iam_role_policy.realtime_pipe,
  ]
}

resource "aws_iam_role" "realtime_pipe" {
  name = "Ceap-realtime-Workflow-pipe-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "pipes.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:pipes:us-east-1:${data.aws_caller_identity.current.account_id}:pipe/Ceap-realtime-Workflow-pipe"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "realtime"
  }
}

resource "aws_iam_role_policy" "realtime_pipe" {
  name = "access"
  role = aws_iam_role.realtime_pipe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-workflow-realtime-queue"
      },
      {
        Effect   = "Allow"
        Action   = "states:StartSyncExecution"
        Resource = "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:stateMachine:Ceap-realtime-Workflow"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "realtime_failures" {
  alarm_name          = "Ceap-realtime-Workflow-failures"
  alarm_description   = "More than 5% of the executions of Ceap-realtime-Workflow fail."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "realtime"
  }

  metric_query {
    id          = "part"
    return_data = false

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsFailed"
      dimensions = {
        StateMachineArn = aws_sfn_state_machine.realtime.arn
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "part2"
    return_data = false

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsTimedOut"
      dimensions = {
        StateMachineArn = aws_sfn_state_machine.realtime.arn
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "rest"
    return_data = false

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsSucceeded"
      dimensions = {
        StateMachineArn = aws_sfn_state_machine.realtime.arn
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "share"
    label       = "realtime.alarm-failures"
    expression  = "100 * (FILL(part, 0) + FILL(part2, 0)) / (FILL(part, 0) + FILL(part2, 0) + FILL(rest, 0))"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "realtime_duration" {
  alarm_name        = "Ceap-realtime-Workflow-duration"
  alarm_description = "An execution of Ceap-realtime-Workflow takes longer than 1m."
  namespace         = "AWS/States"
  metric_name       = "ExecutionTime"
  statistic         = "Maximum"
  dimensions = {
    StateMachineArn = aws_sfn_state_machine.realtime.arn
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 60000
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "realtime"
  }
}

resource "aws_cloudwatch_metric_alarm" "realtime_dead_letters" {
  alarm_name        = "Ceap-realtime-Workflow-dead-letters"
  alarm_description = "Messages that Ceap-realtime-Workflow could not handle wait in ceap-workflow-realtime-dlq."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  statistic         = "Maximum"
  dimensions = {
    QueueName = "ceap-workflow-realtime-dlq"
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "realtime"
  }
}

resource "aws_cloudwatch_dashboard" "realtime" {
  dashboard_name = "Ceap-realtime-Workflow"
  dashboard_body = jsonencode({
    widgets = [
      {
        type   = "metric"
        x      = 0
        y      = 0
        width  = 12
        height = 6
        properties = {
          title  = "Executions"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/States",
              "ExecutionsStarted",
              "StateMachineArn",
              aws_sfn_state_machine.realtime.arn,
              {
                stat  = "Sum"
                label = "realtime ExecutionsStarted"
              },
            ],
            [
              "AWS/States",
              "ExecutionsSucceeded",
              "StateMachineArn",
              aws_sfn_state_machine.realtime.arn,
              {
                stat  = "Sum"
                label = "realtime ExecutionsSucceeded"
              },
            ],
            [
              "AWS/States",
              "ExecutionsFailed",
              "StateMachineArn",
              aws_sfn_state_machine.realtime.arn,
              {
                stat  = "Sum"
                label = "realtime ExecutionsFailed"
              },
            ],
            [
              "AWS/States",
              "ExecutionsTimedOut",
              "StateMachineArn",
              aws_sfn_state_machine.realtime.arn,
              {
                stat  = "Sum"
                label = "realtime ExecutionsTimedOut"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 0
        width  = 12
        height = 6
        properties = {
          title  = "Duration of executions"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/States",
              "ExecutionTime",
              "StateMachineArn",
              aws_sfn_state_machine.realtime.arn,
              {
                stat  = "p99"
                label = "realtime ExecutionTime"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 6
        width  = 12
        height = 6
        properties = {
          title  = "Calls"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-realtime-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-realtime-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-realtime-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-realtime-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-realtime-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-realtime-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-realtime-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-realtime-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-realtime-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-realtime-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-realtime-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-realtime-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-realtime-ReactiveLambda",
              {
                stat  = "Sum"
                label = "Reactive Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-realtime-ReactiveLambda",
              {
                stat  = "Sum"
                label = "Reactive Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-realtime-ReactiveLambda",
              {
                stat  = "Sum"
                label = "Reactive Throttles"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 6
        width  = 12
        height = 6
        properties = {
          title  = "Duration of calls"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-realtime-ETLLambda",
              {
                stat  = "p99"
                label = "ETL Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-realtime-FilterLambda",
              {
                stat  = "p99"
                label = "Filter Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-realtime-ScoreLambda",
              {
                stat  = "p99"
                label = "Score Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-realtime-StoreLambda",
              {
                stat  = "p99"
                label = "Store Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-realtime-ReactiveLambda",
              {
                stat  = "p99"
                label = "Reactive Duration"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 12
        width  = 12
        height = 6
        properties = {
          title  = "Messages that wait"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/SQS",
              "ApproximateNumberOfMessagesVisible",
              "QueueName",
              "ceap-workflow-realtime-queue",
              {
                stat  = "Maximum"
                label = "queue ApproximateNumberOfMessagesVisible"
              },
            ],
            [
              "AWS/SQS",
              "ApproximateNumberOfMessagesVisible",
              "QueueName",
              "ceap-workflow-realtime-dlq",
              {
                stat  = "Maximum"
                label = "dlq ApproximateNumberOfMessagesVisible"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 12
        width  = 12
        height = 6
        properties = {
          title  = "Age of the oldest message"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "AWS/SQS",
              "ApproximateAgeOfOldestMessage",
              "QueueName",
              "ceap-workflow-realtime-queue",
              {
                stat  = "Maximum"
                label = "queue ApproximateAgeOfOldestMessage"
              },
            ],
            [
              "AWS/SQS",
              "ApproximateAgeOfOldestMessage",
              "QueueName",
              "ceap-workflow-realtime-dlq",
              {
                stat  = "Maximum"
                label = "dlq ApproximateAgeOfOldestMessage"
              },
            ],
          ]
        }
      },
    ]
  })
}
