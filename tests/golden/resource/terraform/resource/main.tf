# Made by wgen from the spec of resource: change that, then `wgen build`.

resource "aws_kinesis_stream" "events" {
  name             = "shop-events"
  retention_period = 24

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"

  lifecycle {
    prevent_destroy = true
  }
}
