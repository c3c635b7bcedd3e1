# Made by wgen from the spec of resource: change that, then `wgen build`.

resource "aws_kinesis_stream" "events" {
  name = "shop-events"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
