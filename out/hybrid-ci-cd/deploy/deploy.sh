#!/bin/sh
# deploy.sh - deploys hybrid-ci-cd with nothing but the AWS CLI (and Terraform, where that is the target).
# Made by wgen from the spec; edit that.
#
#   deploy.sh plan ENV                what would change, stack by stack; changes nothing
#   deploy.sh deploy ENV              packages, images, every stack in its order, a smoke test
#   deploy.sh smoke ENV               that test alone
#   deploy.sh releases ENV            what was deployed, the latest last
#   deploy.sh rollback ENV [RELEASE]  the code of the release before, or of RELEASE
#   deploy.sh matrix ENV WAVE         the stacks of one wave, for the matrix of a GitHub workflow
#   deploy.sh stack ENV NAME...       those stacks; what they need must be there
#   deploy.sh begin ENV               what goes before wave 1; prints the matrix of each, of what has changed
#
# Doing it twice changes nothing. After a failure, do it again: what is done is not done anew. A
# stack is left alone if neither its template nor its parameters have changed since this script
# deployed it; FORCE=1 looks at all of them.
#
#   TARGET=cloudformation|terraform   (terraform)
#   PARAMETERS='Name=value'           parameters of the templates or variables of Terraform, one a line
#   RELEASE=WORD                      (a hash of the handlers' sources) names packages and images
#   PACKAGES=DIR                      packages that are built already
#   JOBS=N                            (4) stacks at a time
set -eu
here=$(cd "$(dirname "$0")" && pwd)
SYSTEM='hybrid-ci-cd'
ENVIRONMENTS='staging production'
TARGET=${TARGET:-terraform} TERRAFORM=${TERRAFORM:-terraform} JOBS=${JOBS:-4}
out=$here/.. root=$here/../../..
SPECS=${SPECS:-$root/specs/$SYSTEM}
PACKAGES=${PACKAGES:-}
export AWS_PAGER='' AWS_RETRY_MODE=adaptive AWS_MAX_ATTEMPTS=10 TARGET TERRAFORM RELEASE

say() { printf '%s\n' "$*" >&2; }
die() {
    say "deploy.sh: $*"
    exit 1
}
sha() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }

command=${1:-help}
[ $# = 0 ] || shift
ENV='' IN_ACCOUNT=''
if [ -n "$ENVIRONMENTS" ] && [ "$command" != help ]; then
    ENV=${1:-}
    case " $ENVIRONMENTS " in
    *" ${ENV:-?} "*) shift ;;
    *) die "say which environment: $ENVIRONMENTS" ;;
    esac
fi
dir=$out${ENV:+/env/$ENV}
stacks=$dir/deploy/stacks.csv

# What settings.sh says of every image, alias and step is told to these.
image() { push_image "$@"; }
alias_row() { printf '%s\n' "$*"; }
step() {
    say "$1"
    shift
    (cd "$SPECS" && "$@") >/dev/null
}

# --- The release ---

# Any file may go into a package or an image, whatever it is called; but hidden ones, copies and objects.
find_release() {
    { find -L "$out/handlers" "$SPECS/handlers" -name '.*' -prune -o -type f ! -name '*~' ! -name '*.o' -print 2>/dev/null || :; } |
        LC_ALL=C sort | while IFS= read -r file; do sha <"$file"; done | sha | cut -c1-12
}

sum64() { openssl dgst -sha256 -binary "$1" | openssl base64; }

# What is gone back to is not built anew: it would be today's code by an earlier name.
need_no_build() { [ "$command" != rollback ] || die "there is nothing of release $RELEASE in $1"; }

# The packages of this release, unless they are there: its list of sums is written last.
upload_packages() {
    place=s3://$BUCKET/$SYSTEM/$RELEASE
    ! aws s3 cp --only-show-errors "$place/SHA256" "$work/SHA256" 2>/dev/null || return 0
    need_no_build "$BUCKET"
    if [ -z "$PACKAGES" ]; then
        make -C "$out/handlers" ${BUILD:+"BUILD=$BUILD"} package >&2 # make's own is relative: it takes no spaces
        PACKAGES=${BUILD:-$root/build/handlers/$SYSTEM}/package/arm64
    fi
    for zip in "$PACKAGES"/*.zip; do
        say "uploading $(basename "$zip")"
        aws s3 cp --only-show-errors "$zip" "$place/"
        printf '%s %s\n' "$(basename "$zip" .zip)" "$(sum64 "$zip")" >>"$work/sums"
    done
    mv "$work/sums" "$work/SHA256"
    aws s3 cp --only-show-errors "$work/SHA256" "$place/SHA256"
}

push_image() { # FILE ARCHITECTURE REPOSITORY
    ! aws ecr describe-images --repository-name "$3" --image-ids "imageTag=$RELEASE" >/dev/null 2>&1 || return 0
    need_no_build "the repository $3"
    registry=$ACCOUNT.dkr.ecr.$AWS_REGION.amazonaws.com
    say "building and pushing the image of $1"
    aws ecr get-login-password | docker login --username AWS --password-stdin "$registry" >/dev/null
    docker build --platform "linux/$2" -t "$registry/$3:$RELEASE" -f "$out/handlers/$1.Dockerfile" "$root" >&2
    docker push "$registry/$3:$RELEASE" >&2
}

upload() {
    images
    upload_packages
}

# What was deployed, as the code's bucket remembers it; of these stacks only, if any are named.
fetch_marks() { # [STACK...]
    for name; do # `set` takes its words before it begins
        set -- "$@" --include "$TARGET/$name"
        shift
    done
    [ $# = 0 ] || set -- --exclude '*' "$@"
    if [ -n "$BUCKET" ] && ! aws s3 cp --recursive --only-show-errors "$@" "s3://$BUCKET/$SYSTEM/deployed/" "$work/deployed" 2>"$work/error"; then
        grep -q NoSuchBucket "$work/error" || die "what is deployed cannot be read: $(cat "$work/error")"
    fi
    touch "$work/deployed/releases"
}

# --- One stack ---

# What a package has to be for its function to be a new version: a package's sum, or an image's.
code_sum() { # PACKAGE REPOSITORY
    if [ "$2" = - ]; then
        awk -v name="$1" '$1 == name { print $2 }' "$work/SHA256"
    else
        aws ecr describe-images --repository-name "$2" --image-ids "imageTag=$RELEASE" \
            --query 'imageDetails[0].imageDigest' --output text | cut -d: -f2
    fi
}

given() { printf '%s\n' "${PARAMETERS:-}" | awk -v key="$1" 'index($0, key "=") == 1 { print substr($0, length(key) + 2); exit }'; }

template_parameters() { awk '/^[^ ]/ { on = /^Parameters:/ } on && /^  [A-Za-z]/ { sub(":.*", ""); print $1 }' "$@"; }

# One line of JSON for every parameter of a template that gets a value; the others have a default.
parameters_of() { # TEMPLATE
    aliases >"$work/aliases"
    first=1
    echo '['
    template_parameters "$1" | while read -r name; do
        value=$(given "$name")
        case $name in
        CodeBucket) value=${value:-$BUCKET} ;;
        Release) value=${value:-$RELEASE} ;;
        *CodeSha256)
            # shellcheck disable=SC2046 # two words
            [ -n "$value" ] || value=$(code_sum $(awk -v name="$name" '$4 == name { print $3, $5 }' "$work/aliases"))
            [ "$mode" = deploy ] || value=${value:-0} # it is not built yet: new code
            ;;
        esac
        [ -n "$value" ] || continue
        [ "$first" ] || echo ','
        first=
        printf '{"ParameterKey":"%s","ParameterValue":"%s"}\n' "$name" "$(printf '%s' "$value" | sed 's/[\\"]/\\&/g')"
    done
    echo ']'
}

is_unchanged() { # STACK; with its mark in $work/marks
    [ -z "${FORCE:-}" ] && cmp -s "$work/marks/$1" "$work/deployed/$TARGET/$1" &&
        { [ "$TARGET" = terraform ] || grep -qx "$1" "$work/complete"; }
}

remember() { # STACK
    aws s3 cp --only-show-errors "$work/marks/$1" "s3://$BUCKET/$SYSTEM/deployed/$TARGET/$1"
}

stack_state() {
    if state=$(aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>"$work/error.$1"); then
        echo "$state"
    elif grep -q 'does not exist' "$work/error.$1"; then
        echo NONE
    else
        cat "$work/error.$1" >&2
        return 1
    fi
}

is_large() { [ "$(wc -c <"$dir/cloudformation/$1.yaml")" -gt 51200 ]; } # more than a request takes

# What is in a template, as a change set says it.
all_of() { # STACK
    awk '/^[^ ]/ { on = /^Resources:/ }
        on && /^  [A-Za-z0-9]+:/ { sub(":.*", ""); id = $1 }
        on && /^    Type: / { print "Add", "None", id, $2 }' "$dir/cloudformation/$1.yaml"
}

say_changes() { # STACK; what a change set says, a line for each
    awk -v stack="$1" 'BEGIN { print stack ":" }
        { printf "  %-7s %-40s %s%s\n", $1, $3, $4, ($2 == "True" || $2 == "Conditional" ? "  REPLACED" : "") }' >&2
}

# A change set for a stack, of `type`; its id is in `change`. False if nothing changes. (The AWS CLI's
# own wait asks every 30 seconds for what takes five.)
make_changes() { # STACK
    template=$dir/cloudformation/$1.yaml source=--template-body place=file://$template
    if is_large "$1"; then
        [ -n "$BUCKET" ] || die "$1 is too large to be sent; it needs a bucket: BUCKET=NAME"
        aws s3 cp --only-show-errors "$template" "s3://$BUCKET/$SYSTEM/templates/$1.yaml" ||
            die "$1: its template cannot be put into $BUCKET" # what is there is that of the deployment before
        source=--template-url place=https://$BUCKET.s3.$AWS_REGION.amazonaws.com/$SYSTEM/templates/$1.yaml
    fi
    change=$(aws cloudformation create-change-set --stack-name "$1" --change-set-name "wgen-$(date -u +%Y%m%dT%H%M%SZ)-$$" \
        --change-set-type "$type" "$source" "$place" --parameters "file://$work/$1.json" --capabilities CAPABILITY_NAMED_IAM \
        --query Id --output text) || die "$1: there is no change set"
    status=$(change_set Status)
    while [ "$status" = CREATE_PENDING ] || [ "$status" = CREATE_IN_PROGRESS ]; do
        sleep 2
        status=$(change_set Status)
    done
    [ "$status" != CREATE_COMPLETE ] || return 0
    reason=$(change_set StatusReason)
    aws cloudformation delete-change-set --change-set-name "$change"
    case $reason in
    *"didn't contain changes"* | *"No updates are to be performed"*) return 1 ;;
    esac
    die "$1: $reason"
}

change_set() { # KEY
    aws cloudformation describe-change-set --no-paginate --change-set-name "$change" --query "$1" --output text
}

mark_cloudformation() { # STACK
    parameters_of "$dir/cloudformation/$1.yaml" >"$work/$1.json"
    cat "$dir/cloudformation/$1.yaml" "$work/$1.json" | sha >"$work/marks/$1"
}

deploy_cloudformation() { # STACK
    mark_cloudformation "$1"
    if is_unchanged "$1"; then
        say "$1: as it was deployed"
        return
    fi
    state=$(stack_state "$1")
    mark=$(cut -c1-16 "$work/marks/$1")
    type=UPDATE until=stack-update-complete
    case $state in
    ROLLBACK_COMPLETE)
        if [ "$mode" = plan ]; then
            say "$1: its first deployment failed and left it empty; the next one removes that, and makes it anew"
            all_of "$1" | say_changes "$1"
            return
        fi
        say "$1: its first deployment failed and left it empty; that is removed"
        aws cloudformation delete-stack --stack-name "$1"
        wait_for "$1" stack-delete-complete || die "$1 could not be removed: $(cat "$work/error.$1")"
        type=CREATE
        ;;
    NONE | REVIEW_IN_PROGRESS) type=CREATE ;;
    *_IN_PROGRESS)
        token=$(under_way "$1")
        case $mode-$state-$token in
        deploy-CREATE_IN_PROGRESS-"$mark"-*) until="stack-create-complete" ;;
        deploy-UPDATE_*IN_PROGRESS-"$mark"-*) ;; # one that is taken back ends as a failure
        *) die "$1 is $state: something else is deploying it, or takes it back; do it again when that has ended" ;;
        esac
        say "$1: a run that was stopped has begun this; waiting for its end"
        wait_for "$1" "$until" || why_failed "$1"
        remember "$1"
        return
        ;;
    UPDATE_ROLLBACK_FAILED) die "$1 is $state; see \`aws cloudformation continue-update-rollback --stack-name $1\`" ;;
    *_FAILED) die "$1 is $state; \`aws cloudformation describe-stack-events --stack-name $1\` says why" ;;
    esac
    [ "$type" = UPDATE ] || until="stack-create-complete"
    if [ "$mode" = plan ] && [ "$type" = CREATE ] && is_large "$1"; then # the bucket may be as new
        all_of "$1" | say_changes "$1"
        return
    fi
    if make_changes "$1"; then
        changes=$(aws cloudformation describe-change-set --change-set-name "$change" --output text \
            --query 'Changes[].ResourceChange.[Action, Replacement, LogicalResourceId, ResourceType]')
        printf '%s\n' "$changes" | say_changes "$1"
        if [ "$mode" = plan ]; then
            aws cloudformation delete-change-set --change-set-name "$change"
            [ "$type" = UPDATE ] || aws cloudformation delete-stack --stack-name "$1" # it was only looked at
            return
        fi
        token=$mark-${change##*/} # by which another run knows this one
        aws cloudformation execute-change-set --change-set-name "$change" --client-request-token "$token"
        wait_for "$1" "$until" || why_failed "$1"
    else
        say "$1: nothing changes"
    fi
    [ "$mode" = plan ] || remember "$1"
}

# The token of what is being done to a stack, which its events have.
under_way() { # STACK
    aws cloudformation describe-stack-events --no-paginate --stack-name "$1" --query 'StackEvents[0].ClientRequestToken' --output text
}

# As long as it takes: the AWS CLI's own wait gives up after an hour.
wait_for() { # STACK WHAT
    until aws cloudformation wait "$2" --stack-name "$1" 2>"$work/error.$1"; do
        grep -q 'Max attempts exceeded' "$work/error.$1" || return 1
    done
}

# The failures of this deployment, the cause first. What else was under way is cancelled with it, and taking all
# of it back makes many more events.
why_failed() { # STACK
    cat "$work/error.$1" >&2
    state=$(stack_state "$1") || die "$1: nobody knows what became of it; do it again"
    aws cloudformation describe-stack-events --stack-name "$1" --output text \
        --query "StackEvents[?ClientRequestToken=='$token' && ends_with(ResourceStatus, '_FAILED')].[LogicalResourceId, ResourceStatusReason]" |
        awk '!/Resource (creation|update) cancelled/ { line[++n] = $0 } END { for (i = n; i > 0 && i > n - 20; i--) print line[i] }' >&2
    case $state in
    ROLLBACK_COMPLETE | UPDATE_ROLLBACK_COMPLETE) die "$1 could not be deployed, and is as it was; mend what is said above, then do it again" ;;
    *) die "$1 could not be deployed, and is $state; mend what is said above, then do it again" ;;
    esac
}

terraform_in() { # STACK ARGUMENT...
    stack=$1
    shift
    TF_DATA_DIR=$root/build/terraform/$SYSTEM${ENV:+-$ENV}/$stack TF_IN_AUTOMATION=1 \
        "$TERRAFORM" -chdir="$dir/terraform/$stack" "$@" >&2
}

mark_terraform() { # STACK
    {
        cat "$dir/terraform/$1"/*
        ! grep -qs '^variable "release"' "$dir/terraform/$1/variables.tf" || printf '%s\n' "$RELEASE"
        printf '%s\n' "${PARAMETERS:-}"
    } | sha >"$work/marks/$1"
}

deploy_terraform() { # STACK
    mark_terraform "$1"
    if is_unchanged "$1"; then
        say "$1: as it was deployed"
        return
    fi
    say "$1:"
    terraform_in "$1" plan -input=false -lock-timeout=5m -compact-warnings -out="$work/$1.tfplan"
    [ "$mode" != plan ] || return 0
    terraform_in "$1" apply -input=false -lock-timeout=5m "$work/$1.tfplan"
    remember "$1"
}

# --- All of them ---

check_parameters() {
    printf '%s\n' "${PARAMETERS:-}" | while IFS='=' read -r key _; do
        [ -n "$key" ] || continue
        if [ "$TARGET" = terraform ]; then
            cat "$dir"/terraform/*/variables.tf 2>/dev/null | grep -q "^variable \"$key\"" || die "there is no variable \`$key\`"
        else
            template_parameters "$dir"/cloudformation/*.yaml | grep -qx "$key" || die "there is no parameter \`$key\`"
        fi
    done
}

in_wave() { awk -F, -v wave="$1" 'NR > 1 && $1 == wave { print $2 }' "$stacks"; }

run_wave() {
    in_wave "$1" >"$work/wave"
    [ -s "$work/wave" ] || return 0
    if [ "$TARGET" = terraform ]; then # one after the other: they share a cache of providers
        while read -r name; do terraform_in "$name" init -input=false </dev/null; done <"$work/wave"
    fi
    # shellcheck disable=SC2086 # no environment is no argument
    xargs -P "$JOBS" -n 1 sh "$0" one $ENV <"$work/wave" || die "stopped; do it again when the cause is gone"
}

last_wave() { awk -F, 'NR > 1 && $1 > last { last = $1 } END { print last + 0 }' "$stacks"; }

# Stacks that are as somebody left them; of these only, if any are named.
list_complete() { # [STACK...]
    for name; do
        case $(stack_state "$name") in CREATE_COMPLETE | UPDATE_COMPLETE | UPDATE_ROLLBACK_COMPLETE) echo "$name" ;; esac
    done >"$work/complete"
    [ $# = 0 ] || return 0
    aws cloudformation list-stacks --stack-status-filter CREATE_COMPLETE UPDATE_COMPLETE UPDATE_ROLLBACK_COMPLETE \
        --query 'StackSummaries[].StackName' --output text | tr '\t' '\n' >"$work/complete"
}

begin() { # plan or deploy
    mode=$1
    check_parameters
    list_complete
    fetch_marks
    export mode
    run_wave 0 # what packages and images are put into
    if [ "$mode" = deploy ]; then
        upload
        [ "$command" = rollback ] || begin_release
    elif [ -z "$BUCKET" ] || ! aws s3 cp --only-show-errors "s3://$BUCKET/$SYSTEM/$RELEASE/SHA256" "$work/SHA256" 2>/dev/null; then
        : >"$work/SHA256"
    fi
}

run() { # plan or deploy
    begin "$1"
    wave=1 last=$(last_wave)
    while [ "$wave" -le "$last" ]; do
        run_wave $wave
        wave=$((wave + 1))
    done
}

# Terraform leaves an alias that rolls out to CodeDeploy; CloudFormation does this itself.
roll_out() {
    [ "$TARGET" = terraform ] || return 0
    aliases | while read -r function name _ _ _ rollout; do
        [ "$rollout" != - ] || continue
        old=$(aws lambda get-alias --function-name "$function" --name "$name" --query FunctionVersion --output text)
        new=$(versions "$function" | tail -n 1)
        [ "$old" != "$new" ] || continue
        say "$function: $name moves from version $old to $new"
        resource=$(printf '{"%s":{"Type":"AWS::Lambda::Function","Properties":{"Name":"%s","Alias":"%s","CurrentVersion":"%s","TargetVersion":"%s"}}}' \
            "$function" "$function" "$name" "$old" "$new")
        printf '{"revisionType":"AppSpecContent","appSpecContent":{"content":"%s"}}' \
            "$(printf '{"version":0.0,"Resources":[%s]}' "$resource" | sed 's/"/\\"/g')" >"$work/revision.json"
        id=$(aws deploy create-deployment --application-name "$rollout" --deployment-group-name "$rollout" \
            --revision "file://$work/revision.json" --query deploymentId --output text)
        aws deploy wait deployment-successful --deployment-id "$id" ||
            die "$function: the rollout was taken back; \`aws deploy get-deployment --deployment-id $id\` says why"
    done
}

versions() { # FUNCTION [CONDITION]: its versions, the latest last
    # shellcheck disable=SC2016 # the words of a query
    aws lambda list-versions-by-function --function-name "$1" --query 'Versions[?Version!=`$LATEST`'"${2:-}].Version" --output text |
        tr '\t' '\n' | sort -n
}

smoke() {
    url=$(endpoint)
    [ -n "$url" ] || die 'there is no address to ask'
    say "GET $url/health"
    curl --fail --silent --show-error --max-time 30 --retry 5 --retry-all-errors --request GET "$url/health" >&2
    say ''
}

# What a deployment begins with: if it stops halfway, that is where a rollback comes from.
begin_release() {
    [ "$(cat "$work/deployed/begun" 2>/dev/null)" != "$RELEASE" ] || return 0
    printf '%s\n' "$RELEASE" >"$work/deployed/begun"
    aws s3 cp --only-show-errors "$work/deployed/begun" "s3://$BUCKET/$SYSTEM/deployed/begun"
}

# What came behind a release is forgotten when it is gone back to.
record_release() {
    if [ "$(tail -n 1 "$work/deployed/releases")" != "$RELEASE" ]; then
        awk -v now="$RELEASE" '$0 == now { exit } { print } END { print now }' "$work/deployed/releases" >"$work/releases"
        mv "$work/releases" "$work/deployed/releases"
        aws s3 cp --only-show-errors "$work/deployed/releases" "s3://$BUCKET/$SYSTEM/deployed/releases"
    fi
    begin_release
}

deploy() {
    run deploy
    roll_out
    steps
    record_release
    smoke
    say "$SYSTEM${ENV:+ ($ENV)}: release $RELEASE is deployed"
}

# With Terraform, aliases go to the version that has the release's code: at once, if there is one, and when
# everything else is back. CloudFormation moves them itself.
take_back_aliases() { # [at-last]
    [ "$TARGET" = terraform ] || return 0
    aliases | while read -r function name package _ repository rollout; do
        if [ "$rollout" != - ]; then
            for id in $(aws deploy list-deployments --application-name "$rollout" --deployment-group-name "$rollout" \
                --include-only-statuses InProgress --query deployments --output text); do
                [ "$id" = None ] || aws deploy stop-deployment --deployment-id "$id" --auto-rollback-enabled >/dev/null
            done
        fi
        now=$(aws lambda get-alias --function-name "$function" --name "$name" --query FunctionVersion --output text)
        back=$(versions "$function" " && CodeSha256=='$(code_sum "$package" "$repository")'" | tail -n 1)
        [ -n "$back$*" ] || continue
        [ -n "$back" ] || die "$function has no version with the code of $RELEASE"
        [ "$back" != "$now" ] || continue
        say "$function: $name goes back from version $now to $back"
        aws lambda update-alias --function-name "$function" --name "$name" --function-version "$back" \
            --routing-config 'AdditionalVersionWeights={}' >/dev/null
    done
}

rollback() { # [RELEASE]
    fetch_marks
    now=$(tail -n 1 "$work/deployed/releases") begun=$(cat "$work/deployed/begun" 2>/dev/null || :)
    if [ "${begun:-$now}" != "$now" ]; then
        to=${1:-$now} now=$begun
    else
        to=${1:-$(grep -vx "${now:-?}" "$work/deployed/releases" | tail -n 1)}
    fi
    [ -n "$to" ] || die 'there is no release before this one; deploy an earlier commit'
    say "back from release ${now:-none} to $to"
    RELEASE=$to
    upload
    take_back_aliases
    run deploy
    take_back_aliases at-last
    record_release
    smoke
}

changed_in_wave() {
    in_wave "$1" | while read -r name; do
        "mark_$TARGET" "$name"
        is_unchanged "$name" || printf '%s\n' "$name"
    done
}

# What has changed in each wave that has anything, for the outputs of a job of GitHub.
print_changed() {
    wave=1 last=$(last_wave)
    while [ "$wave" -le "$last" ]; do
        changed_in_wave $wave >"$work/changed"
        [ ! -s "$work/changed" ] || printf 'wave-%s=%s\n' $wave "$(matrix <"$work/changed")"
        wave=$((wave + 1))
    done
}

# A matrix of GitHub has up to 256 jobs: with more stacks, each job has several.
matrix() {
    awk '
        { name[NR - 1] = $1 }
        END {
            each = int((NR + 255) / 256)
            printf "{\"stack\":["
            for (i = 0; i < NR; i++)
                printf "%s%s", (i % each ? " " : i ? "\",\"" : "\""), name[i]
            print (NR ? "\"" : "") "]}"
        }'
}

one() {
    mkdir -p "$work/marks"
    "deploy_$TARGET" "$1"
}

case $command in
help | --help | -h)
    sed -n '2,/^set /{/^#/s/^# \{0,1\}//p;}' "$0"
    exit
    ;;
matrix)
    in_wave "${1:?which wave?}" | matrix
    exit
    ;;
esac
case $TARGET in
cloudformation | terraform) ;;
*) die "TARGET is cloudformation or terraform, not $TARGET" ;;
esac
# shellcheck source=/dev/null
. "$dir/deploy/settings.sh"
export AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION"
if [ "$command" != one ]; then # that one is given all of this
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' INT TERM
    mkdir -p "$work/marks" "$work/deployed"
    caller=$(aws sts get-caller-identity --query Arn --output text) # arn:PARTITION:sts::ACCOUNT:...
    PARTITION=$(printf '%s' "$caller" | cut -d: -f2) ACCOUNT=$(printf '%s' "$caller" | cut -d: -f5)
    [ "${IN_ACCOUNT:-$ACCOUNT}" = "$ACCOUNT" ] || [ -n "${AWS_ENDPOINT_URL:-}" ] || # an emulator has accounts of its own
        die "$ENV is in account $IN_ACCOUNT, and these are credentials of $ACCOUNT"
    BUCKET=${BUCKET:-$(bucket)} RELEASE=${RELEASE:-$(find_release)}
fi
export work PARTITION ACCOUNT BUCKET TF_VAR_code_bucket="$BUCKET" TF_VAR_release="$RELEASE"
if [ "$TARGET" = terraform ]; then
    export TF_PLUGIN_CACHE_DIR="${TF_PLUGIN_CACHE_DIR:-$root/build/terraform/providers}"
    mkdir -p "$TF_PLUGIN_CACHE_DIR"
    while IFS= read -r line; do # not split by `read`, which would take a `=` from the end of a value
        [ -z "$line" ] || export "TF_VAR_${line%%=*}=${line#*=}"
    done <<END
${PARAMETERS:-}
END
fi

case $command in
plan) run plan ;;
deploy) deploy ;;
begin)
    begin deploy >&2
    print_changed
    ;;
smoke) smoke ;;
rollback) rollback "$@" ;;
releases)
    fetch_marks
    cat "$work/deployed/releases"
    ;;
one) one "${1:?which stack?}" ;;
stack)
    mode=deploy
    : "${1:?which stack?}"
    list_complete "$@"
    fetch_marks "$@"
    uploaded=
    for name; do
        if [ -z "$uploaded" ] && ! in_wave 0 | grep -qx "$name"; then
            upload
            uploaded=yes
        fi
        [ "$TARGET" != terraform ] || terraform_in "$name" init -input=false
        one "$name"
    done
    ;;
*) die "there is no command \`$command\`; \`deploy.sh help\` lists them" ;;
esac
