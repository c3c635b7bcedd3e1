terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  default_tags {
    tags = {
      system = "function-4"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
