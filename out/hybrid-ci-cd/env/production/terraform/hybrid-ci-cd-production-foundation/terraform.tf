terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  backend "s3" {
    bucket       = "hybrid-ci-cd-terraform-state"
    key          = "hybrid-ci-cd-production/hybrid-ci-cd-production-foundation.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      system      = "hybrid-ci-cd"
      environment = "production"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
