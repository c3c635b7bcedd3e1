// cmd_schema.c - wgen schema: what editors need to know of specs.
#include "cmd.h"
#include "file.h"
#include "schema.h"

#include <string.h>
#include <unistd.h>

static int run(Cli *cli) {
    Buf out = {.arena = cli->arena};
    schema_print(&out, cmd_kinds(cli));
    const char *path = cli_value(cli, OPT_OUTPUT);
    FileChange change = {.path = str_from(path), .text = buf_str(&out)};
    change.is_new = path && access(path, F_OK) != 0;
    bool ok = cli->diags->errors == 0;
    if (ok && path)
        cmd_change_files(cli, &change, 1);
    else if (ok)
        cmd_print(cli, buf_str(&out));
    buf_free(&out);
    int code = cmd_end(cli, NULL);
    if (code == EXIT_FINE && path)
        cmd_say(cli, "%s is the schema of specs", path);
    return code;
}

const Command command_schema = {
    .name = "schema",
    .args = "",
    .doc = "print the JSON Schema of specs, for editors",
    .about =
        "JSON Schema (draft 7), made from the kinds: every key with what it is for, its default\n"
        "and what it may be. An editor with a YAML language server reads it where the first\n"
        "line of a spec is `# yaml-language-server: $schema=./.wgen/schema.json`; `wgen init`\n"
        "writes both. With --templates DIR your own kinds are in it.",
    .examples = "wgen schema --output specs/.wgen/schema.json   # after wgen was updated\n"
                "wgen schema | jq '.properties.queues'          # what is said of queues\n",
    .takes = {OPT_OUTPUT},
    .run = run,
};
