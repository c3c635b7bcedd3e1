output "StateMachineArn" {
  value = aws_sfn_state_machine.batch.arn
}

output "WorkflowBucket" {
  value = "ceap-workflow-batch-${data.aws_caller_identity.current.account_id}"
}

output "QueueUrl" {
  value = aws_sqs_queue.batch.url
}

output "DLQUrl" {
  value = aws_sqs_queue.batch_dlq.url
}
