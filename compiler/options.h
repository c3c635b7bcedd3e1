// options.h - what can be said on the command line: one table, from which the parser, the help,
// the man pages and the completions are made.
#ifndef OPTIONS_H
#define OPTIONS_H

#include "diag.h"

typedef enum OptionId {
    OPT_NONE, // ends a list
    OPT_OUT,
    OPT_TO,
    OPT_CHECK,
    OPT_DIFF,
    OPT_ENV,
    OPT_FORCE,
    OPT_LOCK_TIMEOUT,
    OPT_DUMP,
    OPT_SHARD,
    OPT_DEPFILE,
    OPT_SPEC,
    OPT_DRY_RUN,
    OPT_TEMPLATE,
    OPT_OUTPUT,
    OPT_LIST,
    OPT_OF,
    OPT_AS,
    OPT_PAGE,
    OPT_JSON,
    OPT_INPUT,
    OPT_FOLLOW,
    OPT_FORMAT,
    OPT_MAX_ERRORS,
    OPT_FAIL_ON,
    OPT_MARKDOWN,
    OPT_FROM,
    OPT_WATCH,
    OPT_DENY,
    OPT_ALLOW,
    OPT_EXIT_ZERO,
    OPT_FIX,
    OPT_UNSAFE_FIXES,
    OPT_STDIN_NAME,
    OPT_TEMPLATES,
    OPT_COLOR,
    OPT_DIRECTORY,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_HELP,
    OPT_VERSION,
    OPT_COUNT
} OptionId;

typedef struct Option {
    const char *name;   // without its dashes
    const char *value;  // what stands behind it: DIR; NULL: nothing
    char letter;        // its short form; 0: it has none
    const char *values; // the words that it may be, with | between them; NULL: anything
    const char *doc;
    bool common; // every command takes it
    bool number; // its value is one
} Option;
extern const Option options[OPT_COUNT];

typedef struct Cli Cli;

typedef struct Command {
    const char *name;
    const char *args; // as help shows them: [SPEC...]
    const char *doc;  // in a line
    const char *about;
    const char *examples; // lines of `COMMAND  # what it does`
    OptionId takes[16];   // besides the common ones
    unsigned most_args;
    bool reports; // its diagnostics are what it is for: --format says how they are printed
    int (*run)(Cli *cli);
} Command;

typedef struct Given {
    OptionId id;
    const char *value;
} Given;

struct Cli {
    Arena *arena;
    Diags *diags;
    const Command *const *commands; // ends with NULL
    const Command *command;         // NULL: none was named
    const char **args;
    size_t arg_count;
    Given *given;
    size_t given_count;
    Str *files; // that were read
    size_t file_count;
    const Source *piped; // one of them, if it was not a file
    bool is_whole;       // all rules have been applied to them
    double started;      // by cmd_seconds
    double told;         // when progress was told last, which still stands there; or 0
    bool output_failed;  // standard output takes no more
};

// Takes the command line apart. False after reporting a mistake in it.
bool cli_parse(Cli *cli, int argc, char **argv);
bool cli_has(const Cli *cli, OptionId id);
const char *cli_value(const Cli *cli, OptionId id); // the last one given, or NULL
size_t cli_values(const Cli *cli, OptionId id, const char ***values);
unsigned cli_number(const Cli *cli, OptionId id, unsigned otherwise);
bool command_takes(const Command *command, OptionId id);
const Command *command_find(const Cli *cli, const char *name); // NULL after reporting

#endif
