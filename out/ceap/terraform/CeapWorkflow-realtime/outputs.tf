output "StateMachineArn" {
  value = aws_sfn_state_machine.realtime.arn
}

output "WorkflowBucket" {
  value = "ceap-workflow-realtime-${data.aws_caller_identity.current.account_id}"
}

output "QueueUrl" {
  value = aws_sqs_queue.realtime.url
}

output "DLQUrl" {
  value = aws_sqs_queue.realtime_dlq.url
}
