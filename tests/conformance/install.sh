#!/usr/bin/env bash
# install.sh - the judges, in the versions that tools/ pins, from package registries.
#
# Each is put into the cache once, under a name that says what it was made from, and build/judges/
# gets links to the programs. The cache is $WGEN_CACHE, or `wgen` where this machine keeps caches.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/conformance
cache=${WGEN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wgen}
bin=$PWD/build/judges
mkdir -p "$cache" "$bin"
export GOFLAGS="-trimpath -buildvcs=false" CGO_ENABLED=0
export npm_config_loglevel=error npm_config_audit=false npm_config_fund=false PIP_DISABLE_PIP_VERSION_CHECK=1

# once NAME FUNCTION INPUT...: runs FUNCTION in a new folder, $cache/NAME-HASH, where HASH is that of
# the inputs; does nothing if that has been done. Sets `made` to the folder.
once() {
    local name=$1 make=$2 lock
    shift 2
    made=$cache/$name-$(cat "$@" | sha256sum | cut -c1-12)
    exec {lock}>"$cache/lock"
    flock "$lock"
    if [ ! -e "$made/.made" ]; then
        echo "making $name" >&2
        rm -rf "$made"
        mkdir "$made"
        (cd "$made" && "$make" "$@") >"$made.log" 2>&1 || {
            cat "$made.log" >&2
            exit 1
        }
        touch "$made/.made"
    fi
    exec {lock}>&-
}

venv() { python3 -m venv . && bin/python -m pip install -q --no-deps -r "$1"; }
node_modules() { cp "$here"/tools/node/package*.json . && npm ci; }
go_tools() {
    cd "$here/tools"
    go build -ldflags "-s -w -X github.com/opentofu/opentofu/version.dev=no" -o "$OLDPWD/tofu" github.com/opentofu/opentofu/cmd/tofu
    go build -ldflags "-s -w" -o "$OLDPWD/actionlint" github.com/rhysd/actionlint/cmd/actionlint
}
schema() {
    npm pack --silent "@cdktf/provider-aws@$(cat "$here/terraform/schema.version")"
    tar xzf ./*.tgz --wildcards 'package/lib/*.js' 'package/lib/*.d.ts'
    node "$here/terraform/schema.js" package/lib >schema.json
    rm -rf package ./*.tgz
}
provider() { (cd "$here/terraform/provider" && go build -ldflags "-s -w" -o "$OLDPWD/terraform-provider-aws" .); }

once python venv "$here/tools/python.txt"
for tool in cfn-lint statelint parliament zizmor hadolint yamllint; do
    ln -sfn "$made/bin/$tool" "$bin/$tool"
done
# A link to a virtual environment's Python would not find the environment.
printf '#!/bin/sh\nexec %s/bin/python "$@"\n' "$made" >"$bin/python"
chmod +x "$bin/python"
once checkov venv "$here/tools/checkov.txt"
ln -sfn "$made/bin/checkov" "$bin/checkov"
once node node_modules "$here/tools/node/package-lock.json"
ln -sfn "$made/node_modules/.bin/asl-validator" "$bin/asl-validator"
once go go_tools "$here/tools/go.sum"
ln -sfn "$made/tofu" "$made/actionlint" "$bin/"
once schema schema "$here/terraform/schema.js" "$here/terraform/schema.version"
schema_json=$made/schema.json
once provider provider "$here"/terraform/provider/*
ln -sfn "$schema_json" "$made/schema.json"
cat >"$bin/tofurc" <<END
disable_checkpoint = true
provider_installation {
  dev_overrides {
    "hashicorp/aws" = "$made"
  }
  direct { exclude = ["*/*"] }
}
END
