# Made by wgen from the spec of mail: change that, then `wgen build`.

resource "aws_s3_bucket" "mails" {
  bucket = "mail-mails-${data.aws_caller_identity.current.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "mails" {
  bucket = aws_s3_bucket.mails.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "mails" {
  bucket                  = aws_s3_bucket.mails.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "mails" {
  bucket = aws_s3_bucket.mails.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "mails" {
  bucket = aws_s3_bucket.mails.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "mails" {
  bucket = aws_s3_bucket.mails.id

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

resource "aws_s3_bucket_policy" "mails" {
  bucket = aws_s3_bucket.mails.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::mail-mails-${data.aws_caller_identity.current.account_id}",
          "arn:${data.aws_partition.current.partition}:s3:::mail-mails-${data.aws_caller_identity.current.account_id}/*",
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
        Resource = "arn:${data.aws_partition.current.partition}:s3:::mail-mails-${data.aws_caller_identity.current.account_id}/emails/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ses:us-west-2:${data.aws_caller_identity.current.account_id}:receipt-rule-set/mail-rules:receipt-rule/*"
          }
        }
      },
    ]
  })
}

resource "aws_ses_receipt_rule_set" "rules" {
  rule_set_name = "mail-rules"
}

resource "aws_ses_receipt_rule" "rules_rule_example_com" {
  name          = "example.com"
  rule_set_name = aws_ses_receipt_rule_set.rules.rule_set_name
  enabled       = true
  recipients    = ["example.com"]
  scan_enabled  = true
  tls_policy    = "Require"

  s3_action {
    bucket_name       = "mail-mails-${data.aws_caller_identity.current.account_id}"
    object_key_prefix = "emails/"
    position          = 1
  }

  depends_on = [
    aws_s3_bucket.mails,
    aws_s3_bucket_server_side_encryption_configuration.mails,
    aws_s3_bucket_public_access_block.mails,
    aws_s3_bucket_ownership_controls.mails,
    aws_s3_bucket_versioning.mails,
    aws_s3_bucket_lifecycle_configuration.mails,
    aws_s3_bucket_policy.mails,
  ]
}
