#!/usr/bin/env bash
# install.sh [SET...] - the judges, in the versions that tools/ pins, from package registries. The sets
# are at the end; without any, all.
#
# Each set is made in the cache once, under a name that says what it was made from, and build/judges/
# gets links to its programs. The cache is $WGEN_CACHE, or `wgen` where this machine keeps caches. What
# no registry gives is said, and has no link: its tests are skipped. Anything else that goes wrong ends
# this with 1.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/conformance
cache=${WGEN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wgen}
bin=$PWD/build/judges
unreachable=75
mkdir -p "$cache" "$bin"
export PATH="$bin:$PATH" GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false -modcacherw"
export GOMODCACHE=$cache/go-modules GOCACHE=$cache/go-build
export npm_config_loglevel=error npm_config_audit=false npm_config_fund=false PIP_DISABLE_PIP_VERSION_CHECK=1

# Something that a registry may refuse; it is asked twice.
fetch() { "$@" || { sleep 5 && "$@"; } || exit "$unreachable"; }
needs() { [ -x "$bin/$1" ] || { echo "it needs $1"; exit "$unreachable"; }; }

# once NAME FUNCTION INPUT...: runs FUNCTION in a new folder, $cache/NAME-HASH, where HASH is that of
# Python, FUNCTION and the inputs; does nothing if that has been done. Sets `made` to the folder, or to nothing
# if a registry gave nothing. Not for conditions: `set -e` does not hold in them.
once() {
    local name=$1 make=$2 lock status=0
    shift 2
    made=$cache/$name-$({ python3 -V && declare -f "$make" && cat "$@"; } | sha256sum | cut -c1-12)
    exec {lock}>"$cache/lock-$name"
    flock "$lock"
    if [ ! -e "$made/.made" ]; then
        echo "making $name"
        rm -rf "$made"
        mkdir "$made"
        (cd "$made" && "$make" "$@") >"$made.log" 2>&1 &
        wait $! || status=$?
        if [ $status = 0 ]; then
            touch "$made/.made"
        else
            tail -n 20 "$made.log" >&2
            made=
            [ $status = "$unreachable" ] || exit 1
        fi
    fi
    exec {lock}>&-
}

# provide "PROGRAM..." NAME FUNCTION INPUT...: what `once` makes, with links to its programs.
provide() {
    local program
    once "${@:2}"
    [ "$made" ] || echo "skipped: no registry gives us $2"
    for program in $1; do
        if [ "$made" ]; then ln -sfn "$made/$program" "$bin/"; else rm -f "$bin/${program##*/}"; fi
    done
}

venv() {
    python3 -m venv .
    # A registry that has other versions is there: these do not fit this machine's Python.
    (fetch bin/python -m pip install -q --no-deps --log pip.log -r "$1") || {
        ! grep 'from versions: [0-9]' pip.log || exit 1
        exit "$unreachable"
    }
    rm -f pip.log
    # A link to a virtual environment's Python would not find the environment.
    printf '#!/bin/sh\nexec %s/bin/python "$@"\n' "$PWD" >python
    chmod +x python
}
node_modules() {
    needs npm
    cp "$(dirname "$1")"/package*.json .
    fetch npm ci
}
go_tools() {
    needs go
    local out=$PWD
    cd "$here/tools"
    fetch go list -deps github.com/opentofu/opentofu/cmd/tofu github.com/rhysd/actionlint/cmd/actionlint >"$out/packages"
    go build -ldflags "-s -w -X github.com/opentofu/opentofu/version.dev=no" -o "$out/tofu" github.com/opentofu/opentofu/cmd/tofu
    go build -ldflags "-s -w" -o "$out/actionlint" github.com/rhysd/actionlint/cmd/actionlint
}
schema() {
    needs npm
    fetch npm pack --silent "@cdktf/provider-aws@$(cat "$here/terraform/schema.version")"
    tar xzf ./*.tgz --wildcards 'package/lib/*.js' 'package/lib/*.d.ts'
    node "$here/terraform/schema.js" package/lib >schema.json
    rm -rf package ./*.tgz
}
provider() {
    needs go
    local out=$PWD
    cd "$here/terraform/provider"
    fetch go list -deps . >"$out/packages"
    go build -ldflags "-s -w" -o "$out/terraform-provider-aws" .
}

tools=$here/tools terraform=$here/terraform
set_python() {
    provide "python bin/cfn-lint bin/statelint bin/parliament bin/zizmor bin/hadolint bin/yamllint" \
        python venv "$tools/python.txt"
}
set_checkov() { provide bin/checkov checkov venv "$tools/checkov.txt"; }
set_hooks() { provide bin/pre-commit pre-commit venv "$tools/pre-commit.txt"; }
set_toolchains() { provide "bin/go bin/node bin/npm" toolchains venv "$tools/toolchains.txt"; }
set_node() {
    provide "node_modules/.bin/asl-validator node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" \
        node node_modules "$tools/node/package-lock.json"
}
set_editor() {
    provide node_modules/.bin/yaml-language-server editor node_modules "$tools/editor/package-lock.json"
}
set_go() { provide "tofu actionlint" go go_tools "$tools/go.sum" "$tools/toolchains.txt"; }
set_schema() { provide schema.json schema schema "$terraform/schema.js" "$terraform/schema.version"; }
set_provider() {
    provide terraform-provider-aws provider provider "$terraform"/provider/*
    cat >"$bin/tofurc" <<END_OF_RC
disable_checkpoint = true
provider_installation {
  dev_overrides {
    "hashicorp/aws" = "$bin"
  }
  direct { exclude = ["*/*"] }
}
END_OF_RC
}

[ $# != 0 ] || set -- python checkov hooks toolchains node editor go schema provider
for name in "$@"; do
    "set_$name"
done
