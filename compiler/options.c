// options.c - the table of options, and taking a command line apart by it.
#include "options.h"

#include "report.h"

#include <string.h>

// clang-format off
// A row of columns would be wider than a screen.
const Option options[OPT_COUNT] = {
    [OPT_OUT] = {"out", "DIR", 'o', .doc = "write below DIR instead of out"},
    [OPT_TO] = {"to", "DIR", .doc = "the folder that the spec is written to"},
    [OPT_CHECK] = {"check", .doc = "write nothing; show what differs and exit 3 if anything does"},
    [OPT_DIFF] = {"diff", .doc = "show what changes in each file"},
    [OPT_ENV] = {"env", "ENV", 'e', .doc = "only this environment"},
    [OPT_FORCE] = {"force", "PATH",
        .doc = "replace or remove this file, or those in this folder, whoever wrote them"},
    [OPT_LOCK_TIMEOUT] = {"lock-timeout", "SECONDS", .number = true,
        .doc = "how long to wait for another wgen (10)"},
    [OPT_DUMP] = {"dump", "STEP", .values = "read|expand|place",
        .doc = "print what this step made, as JSON, and stop"},
    [OPT_SHARD] = {"shard", "I/N", .doc = "render only the I-th of N parts of the stacks"},
    [OPT_DEPFILE] = {"depfile", "FILE", .doc = "write a rule of make that says what was read"},
    [OPT_SPEC] = {"spec", "PATH", 's', .doc = "the system to change, if there are several"},
    [OPT_DRY_RUN] = {"dry-run", NULL, 'n', .doc = "show what would change, and write nothing"},
    [OPT_OUTPUT] = {"output", "FILE", .doc = "write it to FILE"},
    [OPT_TEMPLATE] = {"template", "NAME", 't', .doc = "the starting point"},
    [OPT_LIST] = {"list", .doc = "list what there is, and no more"},
    [OPT_OF] = {"of", "WHAT", .values = "system|workflow|data",
        .doc = "what is drawn: what is connected, how workflows run, where data goes (system)"},
    [OPT_PAGE] = {"page", "PAGE", .values = "runbook|inventory|workflows|access|cost",
        .doc = "only this page"},
    [OPT_AS] = {"as", "FORM", .values = "mermaid|dot|svg",
        .doc = "how it is written (mermaid); svg needs Graphviz"},
    [OPT_JSON] = {"json", .doc = "as JSON"},
    [OPT_INPUT] = {"input", "FILE",
        .doc = "what a workflow is started with; `-` is standard input ({})"},
    [OPT_FOLLOW] = {"follow", .doc = "go on with what is printed from now on"},
    [OPT_FORMAT] = {"format", "FORMAT", 'f', .common = true,
        .values = "human|short|json|jsonl|sarif|github|gitlab|junit",
        .doc = "how messages look (human)"},
    [OPT_MAX_ERRORS] = {"max-errors", "N", .number = true, .common = true,
        .doc = "print at most N errors; 0: all (20)"},
    [OPT_FAIL_ON] = {"fail-on", "WHAT", .values = "replace|data-loss|grants|cost|any", .doc = "exit 3 if there is such a change"},
    [OPT_MARKDOWN] = {"markdown", .doc = "as Markdown, for a pull request"},
    [OPT_FROM] = {"from", "DIR", .doc = "where the stacks were read to"},
    [OPT_WATCH] = {"watch", NULL, 'w', .doc = "do it again whenever a spec changes"},
    [OPT_DENY] = {"deny", "ID|warnings", .doc = "warnings with this id, or all, are errors"},
    [OPT_ALLOW] = {"allow", "ID", .doc = "say nothing of warnings with this id"},
    [OPT_EXIT_ZERO] = {"exit-zero", .doc = "exit 0 where it would be 1 or 3"},
    [OPT_FIX] = {"fix", .doc = "make the edits that keep what is generated"},
    [OPT_UNSAFE_FIXES] = {"unsafe-fixes", .doc = "with --fix: those as well that change it"},
    [OPT_STDIN_NAME] = {"stdin-name", "PATH", .doc = "what messages call standard input"},
    [OPT_TEMPLATES] = {"templates", "DIR", .common = true,
        .doc = "look for kinds and templates in DIR before the built-in ones"},
    [OPT_COLOR] = {"color", "WHEN", .values = "auto|always|never", .common = true,
        .doc = "colour messages (auto)"},
    [OPT_DIRECTORY] = {"directory", "DIR", 'C', .common = true, .doc = "run as if started in DIR"},
    [OPT_QUIET] = {"quiet", NULL, 'q', .common = true, .doc = "print nothing but errors"},
    [OPT_VERBOSE] = {"verbose", NULL, 'v', .common = true, .doc = "say more about what was done"},
    [OPT_HELP] = {"help", NULL, 'h', .common = true, .doc = "print help and exit"},
    [OPT_VERSION] = {"version", .common = true, .doc = "print the version and exit"},
};
// clang-format on

bool command_takes(const Command *command, OptionId id) {
    for (size_t i = 0; i < COUNT(command->takes) && command->takes[i]; i++)
        if (command->takes[i] == id)
            return true;
    return options[id].common;
}

static const Loc nowhere = {0};

static void add_given(Cli *cli, OptionId id, const char *value) {
    cli->given[cli->given_count++] = (Given){id, value};
}

static OptionId find_option(Str name) {
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (str_is(name, options[i].name))
            return (OptionId)i;
    return OPT_NONE;
}

// One argument at a time. The command may stand behind options, so that what it takes is checked
// when all is known.
typedef struct Walk {
    int at, argc;
    char **argv;
} Walk;

static void help_with_options(Cli *cli) {
    if (cli->command)
        diag_help(cli->diags, "`wgen help %s` lists what it takes", cli->command->name);
    else
        diag_help(cli->diags, "`wgen help COMMAND` lists what it takes");
}

static bool unknown_option(Cli *cli, Str name) {
    Str names[OPT_COUNT];
    size_t count = 0;
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (!cli->command || command_takes(cli->command, (OptionId)i))
            names[count++] = str_from(options[i].name);
    diag_error(cli->diags, nowhere, "usage", "there is no option `--%.*s`", SFMT(name));
    ptrdiff_t best = suggest_best(name, names, count);
    if (best >= 0)
        diag_help(cli->diags, "did you mean `--%.*s`?", SFMT(names[best]));
    else
        help_with_options(cli);
    return false;
}

static bool is_value(const Option *option, Str value) {
    Str rest = str_from(option->values), word;
    while (str_split(&rest, '|', &word))
        if (str_eq(word, value))
            return true;
    return !option->values;
}

static bool to_number(const char *text, unsigned *number) {
    *number = 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || *number > 100000000)
            return false;
        *number = *number * 10 + (unsigned)(*c - '0');
    }
    return *text != '\0';
}

static bool take_value(Cli *cli, Walk *w, OptionId id, const char *value) {
    const Option *option = &options[id];
    if (!value && w->at + 1 < w->argc)
        value = w->argv[++w->at];
    if (!value) {
        diag_error(cli->diags, nowhere, "usage", "`--%s` needs a value: %s", option->name,
                   option->value);
        return false;
    }
    if (!is_value(option, str_from(value))) {
        diag_error(cli->diags, nowhere, "usage", "`--%s` cannot be `%s`", option->name, value);
        diag_help(cli->diags, "it is one of %s", option->values);
        return false;
    }
    unsigned unused;
    if (option->number && !to_number(value, &unused)) {
        diag_error(cli->diags, nowhere, "usage", "`--%s` needs a number, not `%s`", option->name,
                   value);
        return false;
    }
    add_given(cli, id, value);
    return true;
}

static bool take_long(Cli *cli, Walk *w) {
    Str rest = str_from(w->argv[w->at] + 2), name;
    const char *value = strchr(rest.ptr, '=');
    str_split(&rest, '=', &name);
    OptionId id = find_option(name);
    if (!id)
        return unknown_option(cli, name);
    if (options[id].value)
        return take_value(cli, w, id, value ? value + 1 : NULL);
    if (value) {
        diag_error(cli->diags, nowhere, "usage", "`--%s` takes no value", options[id].name);
        return false;
    }
    add_given(cli, id, "");
    return true;
}

static bool take_short(Cli *cli, Walk *w) {
    for (const char *c = w->argv[w->at] + 1; *c; c++) {
        OptionId id = OPT_NONE;
        for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
            if (options[i].letter == *c)
                id = (OptionId)i;
        if (!id) {
            diag_error(cli->diags, nowhere, "usage", "there is no option `-%c`", *c);
            help_with_options(cli);
            return false;
        }
        if (options[id].value)
            return take_value(cli, w, id, c[1] ? c + 1 : NULL);
        add_given(cli, id, "");
    }
    return true;
}

// What other tools call it.
static const struct Alias {
    const char *theirs, *ours;
} aliases[] = {
    {"validate", "check" },
    {"lint",     "check" },
    {"generate", "build" },
    {"compile",  "build" },
    {"synth",    "build" },
    {"plan",     "diff"  },
    {"format",   "fmt"   },
    {"delete",   "remove"},
    {"rm",       "remove"},
    {"mv",       "rename"},
    {"ls",       "list"  },
    {"describe", "show"  },
    {"price",    "cost"  },
    {"run",      "local" },
};

// Another word for a command, or how it begins.
static const char *command_meant(const Str *names, size_t count, Str word) {
    for (size_t i = 0; i < COUNT(aliases); i++)
        if (str_is(word, aliases[i].theirs))
            return aliases[i].ours;
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(names[i], word))
            continue;
        if (found)
            return NULL;
        found = names[i].ptr;
    }
    return found;
}

const Command *command_find(const Cli *cli, const char *name) {
    Str names[64];
    size_t count = 0;
    for (; cli->commands[count] && count < COUNT(names); count++) {
        if (strcmp(cli->commands[count]->name, name) == 0)
            return cli->commands[count];
        names[count] = str_from(cli->commands[count]->name);
    }
    diag_error(cli->diags, nowhere, "usage", "there is no command `%s`", name);
    const char *meant = command_meant(names, count, str_from(name));
    if (meant)
        diag_help(cli->diags, "did you mean `%s`?", meant);
    else if (!diag_guess(cli->diags, str_from(name), names, count))
        diag_help(cli->diags, "`wgen help` lists them");
    return NULL;
}

static bool take_word(Cli *cli, const char *word) {
    if (cli->command) {
        cli->args[cli->arg_count++] = word;
        return true;
    }
    cli->command = command_find(cli, word);
    return cli->command != NULL;
}

// What reads another format than it asked for takes the table for it, or fails on it.
static bool check_format(Cli *cli) {
    const Command *command = cli->command;
    Str format = str_from(cli_value(cli, OPT_FORMAT));
    if (command->reports || (command_takes(command, OPT_JSON) && str_is(format, "json")))
        return true;
    for (size_t i = 0; i < report_format_count; i++) {
        if (!str_is(format, report_formats[i].name))
            continue;
        diag_error(cli->diags, nowhere, "usage", "`wgen %s` has no format `%.*s`", command->name,
                   SFMT(format));
        diag_help(cli->diags, "`check`, `build` and `fmt` tell machines of mistakes in specs%s",
                  command_takes(command, OPT_JSON) ? "; what this command finds is there as `json`"
                                                   : "");
        return false;
    }
    return true;
}

static bool check_use(Cli *cli) {
    const Command *command = cli->command;
    if (!command || cli_has(cli, OPT_HELP))
        return true;
    for (size_t i = 0; i < cli->given_count; i++) {
        if (command_takes(command, cli->given[i].id))
            continue;
        diag_error(cli->diags, nowhere, "usage", "`wgen %s` takes no `--%s`", command->name,
                   options[cli->given[i].id].name);
        diag_help(cli->diags, "`wgen help %s` lists what it takes", command->name);
        return false;
    }
    if (cli->arg_count > command->most_args) {
        diag_error(cli->diags, nowhere, "usage", "`wgen %s` has no use for `%s`", command->name,
                   cli->args[command->most_args]);
        diag_help(cli->diags, "usage: wgen %s%s%s", command->name, command->args[0] ? " " : "",
                  command->args);
        return false;
    }
    return check_format(cli);
}

// `--format json` of a command that prints JSON is that.
static void take_json(Cli *cli) {
    if (cli->command && command_takes(cli->command, OPT_JSON) &&
        str_is(str_from(cli_value(cli, OPT_FORMAT)), "json"))
        add_given(cli, OPT_JSON, "");
}

bool cli_parse(Cli *cli, int argc, char **argv) {
    Walk w = {1, argc, argv};
    bool only_words = false;
    size_t letters = 0;
    for (int i = 1; i < argc; i++)
        letters += strlen(argv[i]) + 1;
    cli->args = arena_new(cli->arena, const char *, (size_t)argc + 1);
    cli->given = arena_new(cli->arena, Given, letters + 2); // each letter can be an option
    for (; w.at < argc; w.at++) {
        const char *word = argv[w.at];
        bool ok;
        if (only_words || word[0] != '-' || word[1] == '\0')
            ok = take_word(cli, word);
        else if (strcmp(word, "--") == 0)
            ok = only_words = true;
        else
            ok = word[1] == '-' ? take_long(cli, &w) : take_short(cli, &w);
        if (!ok)
            return false;
    }
    take_json(cli);
    return check_use(cli);
}

bool cli_has(const Cli *cli, OptionId id) {
    return cli_value(cli, id) != NULL;
}

const char *cli_value(const Cli *cli, OptionId id) {
    for (size_t i = cli->given_count; i > 0; i--)
        if (cli->given[i - 1].id == id)
            return cli->given[i - 1].value;
    return NULL;
}

size_t cli_values(const Cli *cli, OptionId id, const char ***values) {
    size_t count = 0;
    *values = arena_new(cli->arena, const char *, cli->given_count + 1);
    for (size_t i = 0; i < cli->given_count; i++)
        if (cli->given[i].id == id)
            (*values)[count++] = cli->given[i].value;
    return count;
}

unsigned cli_number(const Cli *cli, OptionId id, unsigned otherwise) {
    unsigned number = otherwise;
    if (cli_has(cli, id))
        to_number(cli_value(cli, id), &number);
    return number;
}
