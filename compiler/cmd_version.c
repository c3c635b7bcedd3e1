// cmd_version.c - wgen version.
#include "cmd.h"

#include "regex.h"
#include "yaml.h"

static int run(Cli *cli) {
    Arena *a = cli->arena;
    Str yaml = yaml_version(a), regex = regex_version(a);
    bool json = cli_has(cli, OPT_JSON);
    cmd_print(cli, str_fmt(a,
                           json ? "{\"wgen\": \"%s\", \"libyaml\": \"%.*s\", \"pcre2\": \"%.*s\"}\n"
                                : "wgen %s (libyaml %.*s, pcre2 %.*s)\n",
                           WGEN_VERSION, SFMT(yaml), SFMT(regex)));
    return cmd_end(cli, NULL);
}

const Command command_version = {
    .name = "version",
    .args = "",
    .doc = "print the version of wgen, and of its libraries",
    .about = "The libraries' versions are those that it runs with.",
    .examples = "wgen version --json\n",
    .takes = {OPT_JSON},
    .run = run,
};
