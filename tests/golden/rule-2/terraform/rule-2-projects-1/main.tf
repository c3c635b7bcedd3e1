# Made by wgen from the spec of rule-2: change that, then `wgen build`.

resource "aws_sns_topic" "own" {
  for_each = local.projects

  name              = "rule-2-own-${each.value.project}"
  kms_master_key_id = "alias/rule-2"
  tags = {
    project  = each.value.project
    resource = "own"
  }
}

resource "aws_sns_topic_policy" "own" {
  for_each = local.projects

  arn = aws_sns_topic.own[each.key].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.own[each.key].arn
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.own[each.key].arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/rule-2-late-${each.value.project}"
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "late" {
  for_each = local.projects

  name = "rule-2-late-${each.value.project}"
  event_pattern = jsonencode({
    source = ["shop"]
    detail = {
      project = [each.value.project]
    }
  })
  tags = {
    project  = each.value.project
    resource = "late"
  }
}

resource "aws_cloudwatch_event_target" "late_queue" {
  for_each = local.projects

  rule      = aws_cloudwatch_event_rule.late[each.key].name
  target_id = "queue"
  arn       = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule-2-all"
}

resource "aws_cloudwatch_event_target" "late_topic" {
  for_each = local.projects

  rule      = aws_cloudwatch_event_rule.late[each.key].name
  target_id = "topic"
  arn       = aws_sns_topic.own[each.key].arn
}
