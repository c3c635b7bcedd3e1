# settings.sh - what deploy.sh has to know of hybrid-ci-cd in production. Made by wgen from the spec; edit that.
# shellcheck shell=sh disable=SC2034
AWS_REGION=us-east-1
# Where packages are put.
bucket() {
    printf '%s' hybrid-ci-cd-production-code-"$ACCOUNT"
    :
}
# Images: their file, processor and repository.
images() {
    :
}
# Aliases: their function and name; its package; the parameter that says what is in it; the
# repository of its image; what rolls it out.
aliases() {
    alias_row hybrid-ci-cd-production live api ApiCodeSha256 - hybrid-ci-cd-production
    :
}
# What neither CloudFormation nor Terraform does, once everything is there.
steps() {
    :
}
endpoint() {
    base=$(aws apigatewayv2 get-apis --output text --query 'Items[?Name=='\''hybrid-ci-cd-main-production'\''].ApiEndpoint | [0]')
    [ "$base" = None ] || printf '%s' "$base"/production
}
