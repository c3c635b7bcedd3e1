#!/bin/sh
# placement.sh - random edits move and rename nothing that they do not name; see placement.c.
set -u
cd "$(dirname "$0")/.." || exit
folder=$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/wgen-placement.XXXXXX")
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/shop"
"$BUILD/placement" "$folder" "${EDITS:-10000}"
