// cmd_help.c - wgen help: the commands from their table, and topics that are no command.
#include "cmd.h"
#include "template.h"

#include <string.h>

static void put_filters(Buf *out) {
    buf_put(out, S("Filters of holes, `$(PATH | FILTER)`:\n\n"));
    for (size_t i = 0; filter_at(i); i++)
        buf_fmt(out, "  %-12s %s\n", filter_at(i)->name, filter_at(i)->doc);
}

static void put_holes(Buf *out) {
    buf_put(out, S("Holes, `$(NAME)`, in names and other texts of a spec:\n\n"
                   "  system, env, version      of the system\n"
                   "  name                      what the pattern is for: its `id`, or its key\n"
                   "  project, user             of each one, in what is `per: project` or `per: "
                   "user`\n"
                   "  user.FIELD                a field of a user that is a map\n"
                   "  workflow                  the workflow that a thing belongs to\n"
                   "  account, region           known at deployment; so is `partition`\n"
                   "  PARAMETER                 one of `parameters`, given at deployment\n"
                   "  THING.ATTRIBUTE           of a resource: `$(orders.arn)`\n\n"
                   "`$$(` is a literal `$(`.\n"));
}

static void put_conditions(Buf *out) {
    buf_put(out,
            S("Conditions of choices, in a workflow whose language is JSONPath:\n\n"
              "  $.a == \"x\"               also != < <= > >=, with a text in quotes, a number,\n"
              "                           true, false, null or time(\"2030-01-01T00:00:00Z\")\n"
              "  $.a < number($.b)        with the value of another path, of this type:\n"
              "                           string, number, boolean or time\n"
              "  $.name matches \"log-*\"  with `*` for any text\n"
              "  $.a is present           or null, string, number, boolean, time; `is not`\n"
              "  $.done                   the same as `$.done == true`\n"
              "  not X, X and Y, X or Y, (X)\n"
              "  X /* why */              a comment\n\n"
              "Quote the whole of it in YAML. In JSONata, write an expression: `{% ... %}`.\n"));
}

static void put_exit_codes(Buf *out) {
    buf_put(out, S("Exit codes; where several apply, the first of them:\n\n"
                   "  70    a bug in wgen\n"
                   "  128+n ended by signal n\n"
                   "  2     the command line is wrong\n"
                   "  4     cannot read or write, no memory, a lock, a file that is not wgen's\n"
                   "  1     the spec has errors\n"
                   "  3     outputs are not what the spec says, or a build was interrupted\n"
                   "  0     all is well\n"));
}

static const struct Topic {
    const char *name, *doc;
    void (*put)(Buf *out);
} topics[] = {
    {"filters",    "the filters of `$(path | filter)`", put_filters   },
    {"holes",      "what `$(...)` can stand for",       put_holes     },
    {"conditions", "how choices are written",           put_conditions},
    {"exit-codes", "how wgen ends",                     put_exit_codes},
};

static void put_option(Buf *out, const Option *o) {
    Buf left = {.arena = out->arena};
    if (o->letter)
        buf_fmt(&left, "-%c, ", o->letter);
    else
        buf_put(&left, S("    "));
    buf_fmt(&left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    buf_fmt(out, "  %-28.*s %s", SFMT(buf_str(&left)), o->doc);
    if (o->values)
        buf_fmt(out, ": %s", o->values);
    buf_char(out, '\n');
    buf_free(&left);
}

static void put_options(Buf *out, const Command *command, bool common) {
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (options[i].common == common && command_takes(command, (OptionId)i))
            put_option(out, &options[i]);
}

static void put_indented(Buf *out, Str text) {
    Str line;
    while (str_split(&text, '\n', &line))
        if (line.len)
            buf_fmt(out, "  %.*s\n", SFMT(line));
}

static void put_command(Buf *out, const Command *c) {
    buf_fmt(out, "wgen %s - %s\n\n", c->name, c->doc);
    put_indented(out, str_from(c->examples));
    buf_fmt(out, "\nUsage: wgen %s [OPTION...]%s%s\n\n%s\n", c->name, c->args[0] ? " " : "",
            c->args, c->about);
    if (c->takes[0]) {
        buf_put(out, S("\nOptions:\n"));
        put_options(out, c, false);
    }
    buf_put(out, S("\nOptions of every command:\n"));
    put_options(out, c, true);
}

static void put_what(Buf *out) {
    buf_put(out, S("wgen compiles specs of systems on AWS to CloudFormation, Terraform, state\n"
                   "machines and C handlers.\n\n"
                   "  wgen init                  # begin a system, in specs/\n"
                   "  wgen check                 # find every mistake in specs/\n"
                   "  wgen build                 # write what the specs describe to out/\n"));
}

// For whoever says nothing: what it is, and where to read on.
static void put_briefly(Cli *cli, Buf *out) {
    enum { WIDTH = 80 };
    put_what(out);
    buf_put(out, S("\nCommands:"));
    size_t line = out->len - strlen("Commands:");
    for (size_t i = 0; cli->commands[i]; i++) {
        bool fits = out->len - line + 1 + strlen(cli->commands[i]->name) <= WIDTH;
        buf_fmt(out, "%s%s", fits ? " " : "\n  ", cli->commands[i]->name);
        line = fits ? line : out->len - strlen(cli->commands[i]->name) - 2;
    }
    buf_put(out, S("\n\n`wgen help` says what each is for, `wgen help COMMAND` how.\n"));
}

static void put_all(Cli *cli, Buf *out) {
    put_what(out);
    buf_put(out, S("  wgen build --check         # in CI: is out/ what the specs say?\n\n"
                   "Commands:\n"));
    for (size_t i = 0; cli->commands[i]; i++)
        buf_fmt(out, "  %-10s %s\n", cli->commands[i]->name, cli->commands[i]->doc);
    buf_put(out, S("\n`wgen help COMMAND` says more of each. Other topics:"));
    for (size_t i = 0; i < COUNT(topics); i++)
        buf_fmt(out, "%s `%s`", i ? "," : "", topics[i].name);
    buf_put(out, S(".\n"));
}

static bool put_topic(Cli *cli, Buf *out, const char *name) {
    for (size_t i = 0; i < COUNT(topics); i++) {
        if (strcmp(topics[i].name, name) == 0) {
            topics[i].put(out);
            return true;
        }
    }
    const Command *command = command_find(cli, name);
    if (command)
        put_command(out, command);
    return command != NULL;
}

static int run(Cli *cli) {
    Buf out = {.arena = cli->arena};
    // `wgen build --help` comes here as well, with the command that was named.
    if (cli->command && cli->command != &command_help)
        put_command(&out, cli->command);
    else if (cli->arg_count)
        put_topic(cli, &out, cli->args[0]);
    else if (!cli->command && !cli_has(cli, OPT_HELP))
        put_briefly(cli, &out);
    else
        put_all(cli, &out);
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    return cmd_end(cli, NULL);
}

const Command command_help = {
    .name = "help",
    .args = "[COMMAND|TOPIC]",
    .doc = "say what the commands do, and how patterns and exit codes work",
    .about = "Without a word behind it, lists the commands. TOPIC is filters, holes, conditions or "
             "exit-codes.",
    .examples = "wgen help build\n"
                "wgen help holes\n",
    .most_args = 1,
    .run = run,
};
