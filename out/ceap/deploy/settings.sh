# settings.sh - what deploy.sh has to know of ceap. Made by wgen from the spec; edit that.
# shellcheck shell=sh disable=SC2034
AWS_REGION=us-east-1
# Where packages are put.
bucket() {
    printf '%s' ceap-code-"$ACCOUNT"
    :
}
# Images: their file, processor and repository.
images() {
    :
}
# Aliases: their function and name; its package; the parameter that says what is in it; the
# repository of its image; what rolls it out.
aliases() {
    :
}
# What neither CloudFormation nor Terraform does, once everything is there.
steps() {
    step 'Uploading the script of ceap-workflow-batch-heavy-etl' aws s3 cp --only-show-errors jobs/heavy-etl.py s3://ceap-glue-scripts-"$ACCOUNT"/scripts/heavy-etl.py
    :
}
