# Made by wgen from the spec of mail-2: change that, then `wgen build`.

resource "aws_s3_bucket" "orders" {
  bucket = "mail-2-orders-${data.aws_caller_identity.current.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "orders" {
  bucket                  = aws_s3_bucket.orders.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

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
    id     = "earlier-versions"
    status = "Enabled"

    filter {
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }
}

resource "aws_s3_bucket_policy" "orders" {
  bucket = aws_s3_bucket.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::mail-2-orders-${data.aws_caller_identity.current.account_id}",
          "arn:${data.aws_partition.current.partition}:s3:::mail-2-orders-${data.aws_caller_identity.current.account_id}/*",
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
        Resource = "arn:${data.aws_partition.current.partition}:s3:::mail-2-orders-${data.aws_caller_identity.current.account_id}/new/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/mail-2-rules:receipt-rule/*"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket" "rest" {
  bucket = "mail-2-rest-${data.aws_caller_identity.current.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "rest" {
  bucket = aws_s3_bucket.rest.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "rest" {
  bucket                  = aws_s3_bucket.rest.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "rest" {
  bucket = aws_s3_bucket.rest.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "rest" {
  bucket = aws_s3_bucket.rest.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "rest" {
  bucket = aws_s3_bucket.rest.id

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
    id     = "earlier-versions"
    status = "Enabled"

    filter {
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }
}

resource "aws_s3_bucket_policy" "rest" {
  bucket = aws_s3_bucket.rest.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::mail-2-rest-${data.aws_caller_identity.current.account_id}",
          "arn:${data.aws_partition.current.partition}:s3:::mail-2-rest-${data.aws_caller_identity.current.account_id}/*",
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
        Resource = "arn:${data.aws_partition.current.partition}:s3:::mail-2-rest-${data.aws_caller_identity.current.account_id}/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/mail-2-rules:receipt-rule/*"
          }
        }
      },
    ]
  })
}

resource "aws_lambda_function" "read" {
  function_name = "mail-2-read"
  role          = aws_iam_role.read.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "mail-2/${var.release}/read.zip"

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/mail-2-read"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.read,
    aws_iam_role.read,
    aws_iam_role_policy.read,
  ]
}

resource "aws_cloudwatch_log_group" "read" {
  name              = "/aws/lambda/mail-2-read"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "read" {
  name = "mail-2-read-role"
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

resource "aws_iam_role_policy" "read" {
  name = "access"
  role = aws_iam_role.read.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-west-2:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/mail-2-read:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_ses_receipt_rule_set" "rules" {
  rule_set_name = "mail-2-rules"
}

resource "aws_ses_receipt_rule" "rules_rule_orders_example_com" {
  name          = "orders-example.com"
  rule_set_name = aws_ses_receipt_rule_set.rules.rule_set_name
  enabled       = true
  recipients    = ["orders@example.com"]
  scan_enabled  = true
  tls_policy    = "Require"

  s3_action {
    bucket_name       = "mail-2-orders-${data.aws_caller_identity.current.account_id}"
    object_key_prefix = "new/"
    position          = 1
  }

  lambda_action {
    function_arn    = aws_lambda_function.read.arn
    invocation_type = "Event"
    position        = 2
  }

  depends_on = [
    aws_s3_bucket.orders,
    aws_s3_bucket_server_side_encryption_configuration.orders,
    aws_s3_bucket_public_access_block.orders,
    aws_s3_bucket_ownership_controls.orders,
    aws_s3_bucket_versioning.orders,
    aws_s3_bucket_lifecycle_configuration.orders,
    aws_s3_bucket_policy.orders,
    aws_lambda_function.read,
    aws_lambda_permission.rules_read,
  ]
}

resource "aws_ses_receipt_rule" "rules_rule_example_com" {
  name          = "example.com"
  rule_set_name = aws_ses_receipt_rule_set.rules.rule_set_name
  after         = "orders-example.com"
  enabled       = true
  recipients    = ["example.com"]
  scan_enabled  = true
  tls_policy    = "Require"

  s3_action {
    bucket_name = "mail-2-rest-${data.aws_caller_identity.current.account_id}"
    position    = 1
  }

  depends_on = [
    aws_s3_bucket.rest,
    aws_s3_bucket_server_side_encryption_configuration.rest,
    aws_s3_bucket_public_access_block.rest,
    aws_s3_bucket_ownership_controls.rest,
    aws_s3_bucket_versioning.rest,
    aws_s3_bucket_lifecycle_configuration.rest,
    aws_s3_bucket_policy.rest,
    aws_lambda_permission.rules_read,
    aws_ses_receipt_rule.rules_rule_orders_example_com,
  ]
}

resource "aws_lambda_permission" "rules_read" {
  function_name  = aws_lambda_function.read.function_name
  action         = "lambda:InvokeFunction"
  principal      = "ses.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/mail-2-rules:receipt-rule/*"
  source_account = data.aws_caller_identity.current.account_id
}
