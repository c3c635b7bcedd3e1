# Made by wgen from the spec of webordinary: change that, then `wgen build`.

resource "aws_sqs_queue" "input" {
  for_each = local.users

  name                       = "webordinary-input-${each.value.project}-${each.value.user}.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 3600
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.input_dead_letter[each.key].arn
    maxReceiveCount     = 3
  })
  tags = {
    project  = each.value.project
    user     = each.value.user
    resource = "input"
  }
}

resource "aws_sqs_queue_policy" "input" {
  for_each = local.users

  queue_url = aws_sqs_queue.input[each.key].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.input[each.key].arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "input_dead_letter" {
  for_each = local.users

  name                       = "webordinary-input-${each.value.project}-${each.value.user}-dlq.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags = {
    project  = each.value.project
    user     = each.value.user
    resource = "input.dead-letter"
  }
}

resource "aws_sqs_queue_redrive_allow_policy" "input_dead_letter" {
  for_each = local.users

  queue_url = aws_sqs_queue.input_dead_letter[each.key].url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:${data.aws_partition.current.partition}:sqs:us-west-2:${data.aws_caller_identity.current.account_id}:webordinary-input-${each.value.project}-${each.value.user}.fifo"]
  })
}

resource "aws_sqs_queue_policy" "input_dead_letter" {
  for_each = local.users

  queue_url = aws_sqs_queue.input_dead_letter[each.key].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.input_dead_letter[each.key].arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "dlq" {
  for_each = local.users

  name                       = "webordinary-dlq-${each.value.project}-${each.value.user}"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags = {
    project  = each.value.project
    user     = each.value.user
    resource = "dlq"
  }
}

resource "aws_sqs_queue_policy" "dlq" {
  for_each = local.users

  queue_url = aws_sqs_queue.dlq[each.key].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.dlq[each.key].arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}
