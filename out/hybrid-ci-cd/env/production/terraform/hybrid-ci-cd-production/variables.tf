variable "dynamodb_read_capacity" {
  type        = number
  description = "Reads a second that are paid for; with `provisioned`."
  default     = 20
}

variable "dynamodb_write_capacity" {
  type        = number
  description = "Writes a second that are paid for; with `provisioned`."
  default     = 20
}

variable "code_bucket" {
  type        = string
  description = "The bucket that has the functions' packages."
}

variable "release" {
  type        = string
  description = "The release that is deployed: the folder of the packages and the tag of the images."
}

variable "lambda_reserved_concurrency" {
  type        = number
  description = "At most so many calls at a time, and as many set aside for it."
  default     = 100
}

variable "lambda_provisioned_concurrency" {
  type        = number
  description = "So many instances are kept warm. Needs an `alias`."
  default     = null
}

variable "cors_origins" {
  type        = list(string)
  description = "Where pages that use it come from."
  default     = ["https://localhost:3000"]
}
