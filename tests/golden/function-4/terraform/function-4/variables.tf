variable "code_bucket" {
  type        = string
  description = "The bucket that has the functions' packages."
}

variable "release" {
  type        = string
  description = "The release that is deployed: the folder of the packages and the tag of the images."
}
