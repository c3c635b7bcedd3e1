#!/bin/sh
# install.sh FOLDER - the peers, in the versions that versions names, below FOLDER: node/, go/
# and python/. Where a registry does not answer, that one is missing, and said to be.
set -u
cd "$(dirname "$0")/../../.." || exit
folder=$1
mkdir -p "$folder"
# The lines of versions that come from a registry, each with what stands between the name and
# the version there.
pins() { awk -v from="$1" -v between="$2" '$3 == from { print $1 between $2 }' tests/bench/peers/versions; }
# once NAME COMMAND...: in a folder of that name, unless it was made of the same versions before.
once() {
    name=$1
    shift
    mark="$folder/$name/.made"
    if ! cmp -s tests/bench/peers/versions "$mark"; then
        rm -rf "${folder:?}/$name"
        mkdir -p "$folder/$name"
        if "$@" >"$folder/$name.log" 2>&1; then
            cp tests/bench/peers/versions "$mark"
        else
            echo "skipped: $name could not be installed: $(tail -n 1 "$folder/$name.log")"
        fi
    fi
}
# shellcheck disable=SC2046 # lists of words
node() { npm install --silent --no-audit --no-fund --prefix "$folder/node" $(pins npm @); }
python() {
    python3 -m venv "$folder/python" || return
    # shellcheck disable=SC2046
    "$folder/python/bin/pip" install -q $(pins pypi ==)
}
go_tools() {
    for tool in $(pins go @); do
        GOBIN="$folder/go" go install "$tool" || return
    done
}
once node node
once python python
once go go_tools
