output "api_endpoint" {
  value = "${aws_apigatewayv2_api.main.api_endpoint}/staging"
}

output "dynamodb_sessions_table" {
  value = "hybrid-ci-cd-sessions-staging"
}

output "dynamodb_jobs_table" {
  value = "hybrid-ci-cd-jobs-staging"
}

output "dynamodb_agents_table" {
  value = "hybrid-ci-cd-agents-staging"
}

output "lambda_function_name" {
  value = "hybrid-ci-cd-staging"
}
