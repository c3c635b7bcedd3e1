# settings.sh - what deploy.sh has to know of webordinary. Made by wgen from the spec; edit that.
# shellcheck shell=sh disable=SC2034
AWS_REGION=us-west-2
# Where packages are put.
bucket() {
    printf '%s' webordinary-code-"$ACCOUNT"
    :
}
# Images: their file, processor and repository.
images() {
    image process-attachment arm64 webordinary-process-attachment-lambda
    image container arm64 webordinary-container
    :
}
# Aliases: their function and name; its package; the parameter that says what is in it; the
# repository of its image; what rolls it out.
aliases() {
    :
}
# What neither CloudFormation nor Terraform does, once everything is there.
steps() {
    step 'metrics are to have the tags of what they are of: for alarms over many' sh -c 'aws observabilityadmin get-telemetry-enrichment-status --query Status --output text | grep -qx Running || aws observabilityadmin start-telemetry-enrichment'
    step 'Making webordinary-email-rules the active set of rules' aws ses set-active-receipt-rule-set --rule-set-name webordinary-email-rules
    :
}
