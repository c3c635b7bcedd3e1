# Made by wgen from the spec of repository: change that, then `wgen build`.

resource "aws_ecr_repository" "tools" {
  name                 = "repository-tools"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "AES256"
  }

  image_scanning_configuration {
    scan_on_push = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "tools" {
  repository = aws_ecr_repository.tools.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep the last images"
        selection = {
          tagStatus   = "any"
          countType   = "imageCountMoreThan"
          countNumber = 5
        }
        action = {
          type = "expire"
        }
      },
    ]
  })
}
