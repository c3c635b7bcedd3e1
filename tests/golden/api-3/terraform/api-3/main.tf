# Made by wgen from the spec of api-3: change that, then `wgen build`.

resource "aws_lambda_function" "web" {
  function_name = "api-3-web"
  role          = aws_iam_role.web.arn
  architectures = ["arm64"]
  memory_size   = 128
  timeout       = 30
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  s3_bucket     = var.code_bucket
  s3_key        = "api-3/${var.release}/web.zip"

  environment {
    variables = {
      AWS_ACCOUNT_ID = data.aws_caller_identity.current.account_id
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_group  = "/aws/lambda/api-3-web"
    log_format = "JSON"
  }

  depends_on = [
    aws_cloudwatch_log_group.web,
    aws_iam_role.web,
    aws_iam_role_policy.web,
  ]
}

resource "aws_cloudwatch_log_group" "web" {
  name              = "/aws/lambda/api-3-web"
  retention_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role" "web" {
  name = "api-3-web-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "web" {
  name = "access"
  role = aws_iam_role.web.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/api-3-web:*"
      },
      {
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "inside" {
  name          = "api-3-inside"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "inside" {
  api_id                 = aws_apigatewayv2_api.inside.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.web.arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "inside_route_any___path__" {
  api_id             = aws_apigatewayv2_api.inside.id
  route_key          = "ANY /{path+}"
  authorization_type = "AWS_IAM"
  target             = "integrations/${aws_apigatewayv2_integration.inside.id}"
}

resource "aws_apigatewayv2_stage" "inside" {
  api_id      = aws_apigatewayv2_api.inside.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "inside" {
  function_name  = aws_lambda_function.web.function_name
  action         = "lambda:InvokeFunction"
  principal      = "apigateway.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.inside.id}/*"
  source_account = data.aws_caller_identity.current.account_id
}
