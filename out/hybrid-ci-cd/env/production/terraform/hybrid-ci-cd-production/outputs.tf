output "api_endpoint" {
  value = "${aws_apigatewayv2_api.main.api_endpoint}/production"
}

output "dynamodb_sessions_table" {
  value = "hybrid-ci-cd-sessions-production"
}

output "dynamodb_jobs_table" {
  value = "hybrid-ci-cd-jobs-production"
}

output "dynamodb_agents_table" {
  value = "hybrid-ci-cd-agents-production"
}

output "lambda_function_name" {
  value = "hybrid-ci-cd-production"
}
