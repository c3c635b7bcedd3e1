# Made by wgen from the spec of table-2: change that, then `wgen build`.

resource "aws_dynamodb_table" "counters" {
  name                        = "table-2-counters"
  billing_mode                = "PROVISIONED"
  hash_key                    = "id"
  read_capacity               = 5
  write_capacity              = 5
  deletion_protection_enabled = true

  attribute {
    name = "id"
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

resource "aws_appautoscaling_target" "counters_read" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.counters.name}"
  min_capacity       = 5
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "counters_read" {
  name               = "table-2-counters-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = aws_appautoscaling_target.counters_read.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "counters_write" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.counters.name}"
  min_capacity       = 5
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "counters_write" {
  name               = "table-2-counters-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = aws_appautoscaling_target.counters_write.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}
