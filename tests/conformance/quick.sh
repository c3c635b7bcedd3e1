#!/usr/bin/env bash
# quick.sh DIR... - the judges that take seconds, on what wgen wrote into DIR: cfn-lint with its
# informational rules on templates, `tofu fmt` and `tofu validate` on configurations.
set -uo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
judges=$top/build/judges
"$top/tests/conformance/install.sh" || exit 1
export TF_CLI_CONFIG_FILE=$judges/tofurc
bad=0
dirs=("${@:-$top/out}")

mapfile -t templates < <(find "${dirs[@]}" -path '*/cloudformation/*.yaml' | sort)
if [ ${#templates[@]} -gt 0 ]; then
    "$judges/cfn-lint" -c I -- "${templates[@]}" || bad=1
fi
mapfile -t roots < <(find "${dirs[@]}" -name '*.tf' -printf '%h\n' | sort -u)
for root in "${roots[@]}"; do
    "$judges/tofu" fmt -check -diff "$root" || bad=1
    if ! said=$("$judges/tofu" -chdir="$root" validate -no-color 2>&1); then
        printf "%s:\n%s\n" "$root" "$(sed "/^Warning: Provider development/,/^releases\./d" <<<"$said")"
        bad=1
    fi
done
[ $bad = 0 ] && echo "${#templates[@]} templates and ${#roots[@]} configurations: nothing to say"
exit $bad
