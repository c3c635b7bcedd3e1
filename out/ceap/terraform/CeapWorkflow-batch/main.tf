# Made by wgen from the spec of ceap: change that, then `wgen build`.

resource "aws_sfn_state_machine" "batch" {
  name     = "Ceap-batch-Workflow"
  type     = "STANDARD"
  role_arn = aws_iam_role.batch.arn
  definition = templatefile("${path.module}/../../asl/batch.asl.json", {
    GlueStartJobRunSync = "arn:${data.aws_partition.current.partition}:states:::glue:startJobRun.sync"
    SqsSendMessage      = "arn:${data.aws_partition.current.partition}:states:::sqs:sendMessage"
    BatchETLArn         = aws_lambda_function.batch_etl.arn
    AccountId           = data.aws_caller_identity.current.account_id
    BatchFilterArn      = aws_lambda_function.batch_filter.arn
    BatchHeavyEtlRef    = aws_glue_job.batch_heavy_etl.name
    BatchScoreArn       = aws_lambda_function.batch_score.arn
    BatchStoreArn       = aws_lambda_function.batch_store.arn
    BatchReactiveArn    = aws_lambda_function.batch_reactive.arn
    BatchDlqUrl         = aws_sqs_queue.batch_dlq.url
  })
  tags = {
    workflow = "batch"
  }

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.batch.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role.batch,
    aws_iam_role_policy.batch,
  ]
}

resource "aws_lambda_function" "batch_etl" {
  function_name = "CeapWorkflow-batch-ETLLambda"
  role          = aws_iam_role.batch_etl.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 300
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/ETL.zip"
  tags = {
    workflow = "batch"
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
    log_group  = "/aws/lambda/CeapWorkflow-batch-ETLLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.batch_etl,
    aws_iam_role.batch_etl,
    aws_iam_role_policy.batch_etl,
  ]
}

resource "aws_cloudwatch_log_group" "batch_etl" {
  name              = "/aws/lambda/CeapWorkflow-batch-ETLLambda"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_etl" {
  name = "CeapWorkflow-batch-ETLLambda-role"
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
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_etl" {
  name = "access"
  role = aws_iam_role.batch_etl.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-batch-ETLLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/ETL/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "batch_filter" {
  function_name = "CeapWorkflow-batch-FilterLambda"
  role          = aws_iam_role.batch_filter.arn
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Filter.zip"
  tags = {
    workflow = "batch"
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
    log_group  = "/aws/lambda/CeapWorkflow-batch-FilterLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.batch_filter,
    aws_iam_role.batch_filter,
    aws_iam_role_policy.batch_filter,
  ]
}

resource "aws_cloudwatch_log_group" "batch_filter" {
  name              = "/aws/lambda/CeapWorkflow-batch-FilterLambda"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_filter" {
  name = "CeapWorkflow-batch-FilterLambda-role"
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
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_filter" {
  name = "access"
  role = aws_iam_role.batch_filter.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-batch-FilterLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/ETL/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Filter/output.json"
      },
    ]
  })
}

resource "aws_glue_job" "batch_heavy_etl" {
  name              = "ceap-workflow-batch-heavy-etl"
  role_arn          = aws_iam_role.batch_heavy_etl.arn
  glue_version      = "4.0"
  worker_type       = "G.1X"
  number_of_workers = 2
  timeout           = 120
  max_retries       = 0
  default_arguments = {
    "--enable-metrics"                   = "true"
    "--enable-continuous-cloudwatch-log" = "true"
    "--continuous-log-logGroup"          = "/aws-glue/jobs/ceap-workflow-batch-heavy-etl"
    "--job-bookmark-option"              = "job-bookmark-disable"
  }
  tags = {
    workflow = "batch"
  }

  execution_property {
    max_concurrent_runs = 1
  }

  command {
    name            = "glueetl"
    python_version  = "3"
    script_location = "s3://ceap-glue-scripts-${data.aws_caller_identity.current.account_id}/scripts/heavy-etl.py"
  }
}

resource "aws_cloudwatch_log_group" "batch_heavy_etl" {
  name              = "/aws-glue/jobs/ceap-workflow-batch-heavy-etl"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_heavy_etl" {
  name = "ceap-workflow-batch-heavy-etl-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "glue.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_heavy_etl" {
  name = "access"
  role = aws_iam_role.batch_heavy_etl.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/jobs/ceap-workflow-batch-heavy-etl:*"
      },
      {
        Effect = "Allow"
        Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/jobs/output:*",
          "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/jobs/error:*",
        ]
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::ceap-glue-scripts-${data.aws_caller_identity.current.account_id}/scripts/heavy-etl.py",
          "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Filter/output.json",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "Glue"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/HeavyEtl/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "batch_score" {
  function_name = "CeapWorkflow-batch-ScoreLambda"
  role          = aws_iam_role.batch_score.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 120
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Score.zip"
  tags = {
    workflow = "batch"
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
    log_group  = "/aws/lambda/CeapWorkflow-batch-ScoreLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.batch_score,
    aws_iam_role.batch_score,
    aws_iam_role_policy.batch_score,
  ]
}

resource "aws_cloudwatch_log_group" "batch_score" {
  name              = "/aws/lambda/CeapWorkflow-batch-ScoreLambda"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_score" {
  name = "CeapWorkflow-batch-ScoreLambda-role"
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
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_score" {
  name = "access"
  role = aws_iam_role.batch_score.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-batch-ScoreLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/HeavyEtl/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Score/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "batch_store" {
  function_name = "CeapWorkflow-batch-StoreLambda"
  role          = aws_iam_role.batch_store.arn
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Store.zip"
  tags = {
    workflow = "batch"
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
    log_group  = "/aws/lambda/CeapWorkflow-batch-StoreLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.batch_store,
    aws_iam_role.batch_store,
    aws_iam_role_policy.batch_store,
  ]
}

resource "aws_cloudwatch_log_group" "batch_store" {
  name              = "/aws/lambda/CeapWorkflow-batch-StoreLambda"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_store" {
  name = "CeapWorkflow-batch-StoreLambda-role"
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
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_store" {
  name = "access"
  role = aws_iam_role.batch_store.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-batch-StoreLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Score/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Store/output.json"
      },
    ]
  })
}

resource "aws_lambda_function" "batch_reactive" {
  function_name = "CeapWorkflow-batch-ReactiveLambda"
  role          = aws_iam_role.batch_reactive.arn
  architectures = ["arm64"]
  memory_size   = 1024
  timeout       = 60
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "ceap/${var.release}/Reactive.zip"
  tags = {
    workflow = "batch"
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
    log_group  = "/aws/lambda/CeapWorkflow-batch-ReactiveLambda"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.batch_reactive,
    aws_iam_role.batch_reactive,
    aws_iam_role_policy.batch_reactive,
  ]
}

resource "aws_cloudwatch_log_group" "batch_reactive" {
  name              = "/aws/lambda/CeapWorkflow-batch-ReactiveLambda"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch_reactive" {
  name = "CeapWorkflow-batch-ReactiveLambda-role"
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
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_reactive" {
  name = "access"
  role = aws_iam_role.batch_reactive.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/CeapWorkflow-batch-ReactiveLambda:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Store/output.json"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/executions/*/Reactive/output.json"
      },
    ]
  })
}

resource "aws_sqs_queue" "batch" {
  name                       = "ceap-workflow-batch-queue"
  visibility_timeout_seconds = 600
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.batch_dlq.arn
    maxReceiveCount     = 3
  })
  tags = {
    workflow = "batch"
  }
}

resource "aws_sqs_queue_policy" "batch" {
  queue_url = aws_sqs_queue.batch.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.batch.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "batch_dlq" {
  name                       = "ceap-workflow-batch-dlq"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags = {
    workflow = "batch"
  }
}

resource "aws_sqs_queue_redrive_allow_policy" "batch_dlq" {
  queue_url = aws_sqs_queue.batch_dlq.url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:${data.aws_partition.current.partition}:sqs:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-workflow-batch-queue"]
  })
}

resource "aws_sqs_queue_policy" "batch_dlq" {
  queue_url = aws_sqs_queue.batch_dlq.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.batch_dlq.arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket" "batch_storage" {
  bucket        = "ceap-workflow-batch-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
  tags = {
    workflow = "batch"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "batch_storage" {
  bucket = aws_s3_bucket.batch_storage.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "batch_storage" {
  bucket                  = aws_s3_bucket.batch_storage.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "batch_storage" {
  bucket = aws_s3_bucket.batch_storage.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "batch_storage" {
  bucket = aws_s3_bucket.batch_storage.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "batch_storage" {
  bucket = aws_s3_bucket.batch_storage.id

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

resource "aws_s3_bucket_policy" "batch_storage" {
  bucket = aws_s3_bucket.batch_storage.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}",
          "arn:${data.aws_partition.current.partition}:s3:::ceap-workflow-batch-${data.aws_caller_identity.current.account_id}/*",
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

resource "aws_cloudwatch_log_group" "batch" {
  name              = "/aws/stepfunctions/Ceap-batch-Workflow"
  retention_in_days = 30
  tags = {
    workflow = "batch"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "batch" {
  name = "Ceap-batch-Workflow-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:stateMachine:Ceap-batch-Workflow"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch" {
  name = "access"
  role = aws_iam_role.batch.id
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
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-batch-ETLLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-batch-FilterLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-batch-ScoreLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-batch-StoreLambda",
          "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:function:CeapWorkflow-batch-ReactiveLambda",
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "glue:BatchStopJobRun",
          "glue:GetJobRun",
          "glue:GetJobRuns",
          "glue:StartJobRun",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:glue:us-east-1:${data.aws_caller_identity.current.account_id}:job/ceap-workflow-batch-heavy-etl"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-workflow-batch-dlq"
      },
    ]
  })
}

resource "aws_pipes_pipe" "batch" {
  name     = "Ceap-batch-Workflow-pipe"
  role_arn = aws_iam_role.batch_pipe.arn
  source   = aws_sqs_queue.batch.arn
  target   = aws_sfn_state_machine.batch.arn
  tags = {
    workflow = "batch"
  }

  source_parameters {
    sqs_queue_parameters {
      batch_size = 1
    }
  }

  target_parameters {
    input_template = "<$.body>"

    step_function_state_machine_parameters {
      invocation_type = "FIRE_AND_FORGET"
    }
  }

  depends_on = [
    aws_iam_role.batch_pipe,
    aws_iam_role_policy.batch_pipe,
  ]
}

resource "aws_iam_role" "batch_pipe" {
  name = "Ceap-batch-Workflow-pipe-role"
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
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:pipes:us-east-1:${data.aws_caller_identity.current.account_id}:pipe/Ceap-batch-Workflow-pipe"
          }
        }
      },
    ]
  })
  tags = {
    workflow = "batch"
  }
}

resource "aws_iam_role_policy" "batch_pipe" {
  name = "access"
  role = aws_iam_role.batch_pipe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = "arn:${data.aws_partition.current.partition}:sqs:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-workflow-batch-queue"
      },
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:stateMachine:Ceap-batch-Workflow"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "batch_failures" {
  alarm_name          = "Ceap-batch-Workflow-failures"
  alarm_description   = "More than 5% of the executions of Ceap-batch-Workflow fail."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "batch"
  }

  metric_query {
    id          = "part"
    return_data = false

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsFailed"
      dimensions = {
        StateMachineArn = aws_sfn_state_machine.batch.arn
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
        StateMachineArn = aws_sfn_state_machine.batch.arn
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
        StateMachineArn = aws_sfn_state_machine.batch.arn
      }
      period = 300
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "share"
    label       = "batch.alarm-failures"
    expression  = "100 * (FILL(part, 0) + FILL(part2, 0)) / (FILL(part, 0) + FILL(part2, 0) + FILL(rest, 0))"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "batch_duration" {
  alarm_name        = "Ceap-batch-Workflow-duration"
  alarm_description = "An execution of Ceap-batch-Workflow takes longer than 3h."
  namespace         = "AWS/States"
  metric_name       = "ExecutionTime"
  statistic         = "Maximum"
  dimensions = {
    StateMachineArn = aws_sfn_state_machine.batch.arn
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10800000
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "batch"
  }
}

resource "aws_cloudwatch_metric_alarm" "batch_dead_letters" {
  alarm_name        = "Ceap-batch-Workflow-dead-letters"
  alarm_description = "Messages that Ceap-batch-Workflow could not handle wait in ceap-workflow-batch-dlq."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  statistic         = "Maximum"
  dimensions = {
    QueueName = "ceap-workflow-batch-dlq"
  }
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  ok_actions          = ["arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"]
  tags = {
    workflow = "batch"
  }
}

resource "aws_cloudwatch_event_rule" "batch_alarm_jobs" {
  name        = "Ceap-batch-Workflow-jobs"
  description = "A Glue job of Ceap-batch-Workflow failed."
  event_pattern = jsonencode({
    source        = ["aws.glue"]
    "detail-type" = ["Glue Job State Change"]
    detail = {
      jobName = ["ceap-workflow-batch-heavy-etl"]
      state   = ["FAILED", "TIMEOUT", "STOPPED"]
    }
  })
  tags = {
    workflow = "batch"
  }
}

resource "aws_cloudwatch_event_target" "batch_alarm_jobs_topic" {
  rule      = aws_cloudwatch_event_rule.batch_alarm_jobs.name
  target_id = "topic"
  arn       = "arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:ceap-alerts"
}

resource "aws_cloudwatch_dashboard" "batch" {
  dashboard_name = "Ceap-batch-Workflow"
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
              aws_sfn_state_machine.batch.arn,
              {
                stat  = "Sum"
                label = "batch ExecutionsStarted"
              },
            ],
            [
              "AWS/States",
              "ExecutionsSucceeded",
              "StateMachineArn",
              aws_sfn_state_machine.batch.arn,
              {
                stat  = "Sum"
                label = "batch ExecutionsSucceeded"
              },
            ],
            [
              "AWS/States",
              "ExecutionsFailed",
              "StateMachineArn",
              aws_sfn_state_machine.batch.arn,
              {
                stat  = "Sum"
                label = "batch ExecutionsFailed"
              },
            ],
            [
              "AWS/States",
              "ExecutionsTimedOut",
              "StateMachineArn",
              aws_sfn_state_machine.batch.arn,
              {
                stat  = "Sum"
                label = "batch ExecutionsTimedOut"
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
              aws_sfn_state_machine.batch.arn,
              {
                stat  = "p99"
                label = "batch ExecutionTime"
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
              "CeapWorkflow-batch-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-batch-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-batch-ETLLambda",
              {
                stat  = "Sum"
                label = "ETL Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-batch-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-batch-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-batch-FilterLambda",
              {
                stat  = "Sum"
                label = "Filter Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-batch-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-batch-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-batch-ScoreLambda",
              {
                stat  = "Sum"
                label = "Score Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-batch-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-batch-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-batch-StoreLambda",
              {
                stat  = "Sum"
                label = "Store Throttles"
              },
            ],
            [
              "AWS/Lambda",
              "Invocations",
              "FunctionName",
              "CeapWorkflow-batch-ReactiveLambda",
              {
                stat  = "Sum"
                label = "Reactive Invocations"
              },
            ],
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              "CeapWorkflow-batch-ReactiveLambda",
              {
                stat  = "Sum"
                label = "Reactive Errors"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              "CeapWorkflow-batch-ReactiveLambda",
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
              "CeapWorkflow-batch-ETLLambda",
              {
                stat  = "p99"
                label = "ETL Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-batch-FilterLambda",
              {
                stat  = "p99"
                label = "Filter Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-batch-ScoreLambda",
              {
                stat  = "p99"
                label = "Score Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-batch-StoreLambda",
              {
                stat  = "p99"
                label = "Store Duration"
              },
            ],
            [
              "AWS/Lambda",
              "Duration",
              "FunctionName",
              "CeapWorkflow-batch-ReactiveLambda",
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
          title  = "Glue job runs"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "Glue",
              "glue.driver.aggregate.numCompletedStages",
              "JobName",
              "ceap-workflow-batch-heavy-etl",
              "JobRunId",
              "ALL",
              "Type",
              "count",
              {
                stat  = "Sum"
                label = "heavy-etl glue.driver.aggregate.numCompletedStages"
              },
            ],
            [
              "Glue",
              "glue.driver.aggregate.numFailedTasks",
              "JobName",
              "ceap-workflow-batch-heavy-etl",
              "JobRunId",
              "ALL",
              "Type",
              "count",
              {
                stat  = "Sum"
                label = "heavy-etl glue.driver.aggregate.numFailedTasks"
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
          title  = "Glue job duration"
          region = "us-east-1"
          view   = "timeSeries"
          period = 300
          metrics = [
            [
              "Glue",
              "glue.driver.aggregate.elapsedTime",
              "JobName",
              "ceap-workflow-batch-heavy-etl",
              "JobRunId",
              "ALL",
              "Type",
              "count",
              {
                stat  = "Maximum"
                label = "heavy-etl glue.driver.aggregate.elapsedTime"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 18
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
              "ceap-workflow-batch-queue",
              {
                stat  = "Maximum"
                label = "queue ApproximateNumberOfMessagesVisible"
              },
            ],
            [
              "AWS/SQS",
              "ApproximateNumberOfMessagesVisible",
              "QueueName",
              "ceap-workflow-batch-dlq",
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
        y      = 18
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
              "ceap-workflow-batch-queue",
              {
                stat  = "Maximum"
                label = "queue ApproximateAgeOfOldestMessage"
              },
            ],
            [
              "AWS/SQS",
              "ApproximateAgeOfOldestMessage",
              "QueueName",
              "ceap-workflow-batch-dlq",
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
