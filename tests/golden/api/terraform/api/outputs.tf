output "url" {
  value = "${aws_apigatewayv2_api.main.api_endpoint}/$default"
}
