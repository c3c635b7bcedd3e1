// cmd.h - the commands, and what they share: the systems they work on, what they print, how they
// end.
#ifndef CMD_H
#define CMD_H

#include "deployed.h"
#include "options.h"
#include "report.h"

// How a command ends; where several apply, the first of this list.
enum {
    EXIT_BUG = 70,
    EXIT_USAGE = 2,   // the command line
    EXIT_MACHINE = 4, // cannot read, cannot write, a lock, a file that is not ours
    EXIT_SPEC = 1,    // the spec has errors
    EXIT_DRIFT = 3,   // outputs or layout are not what the spec says
    EXIT_FINE = 0
};

extern const Command command_add;
extern const Command command_build;
extern const Command command_check;
extern const Command command_completion;
extern const Command command_cost;
extern const Command command_diff;
extern const Command command_docs;
extern const Command command_drift;
extern const Command command_explain;
extern const Command command_fmt;
extern const Command command_graph;
extern const Command command_help;
extern const Command command_import;
extern const Command command_init;
extern const Command command_list;
extern const Command command_local;
extern const Command command_man;
extern const Command command_new;
extern const Command command_remove;
extern const Command command_rename;
extern const Command command_schema;
extern const Command command_show;
extern const Command command_version;
extern const Command command_who;

// The systems that were named, or those in specs/, each compiled on its own.
typedef struct Batch {
    Compilation *list;
    SpecPath *paths;
    Arena *arenas;
    size_t count;
    Shard shard;         // of what is rendered
    bool apart;          // every workflow by itself, however alike they are
    struct Cache *cache; // what is remembered of an earlier build; NULL: nothing
} Batch;
bool batch_find(Cli *cli, Batch *b); // false after reporting
bool batch_read(Cli *cli, Batch *b); // reads, checks and places what was found; the same
void batch_free(Batch *b);

// The kinds and rules as they are without any system.
Kinds *cmd_kinds(Cli *cli);

// Files of the user's that a command changes: all of them, or none.
typedef struct FileChange {
    Str path;
    Str old, text; // what it has, and what it gets
    bool is_new;
    bool is_gone;
} FileChange;
bool cmd_change_files(Cli *cli, const FileChange *changes, size_t count); // false after reporting
// What stands on standard input, under the name that messages give it; NULL after reporting.
const Source *cmd_stdin(Cli *cli, const char *name);

bool cmd_put(int fd, Str text);     // all of it, or false and errno
void cmd_print(Cli *cli, Str text); // to standard output; a failure is remembered
void cmd_say(Cli *cli, const char *fmt, ...) PRINTF(2, 3); // a line on standard error, unless quiet
// Prints the diagnostics; `after` says what became of it ("nothing was written"). The exit code.
int cmd_end(Cli *cli, const char *after);
bool cmd_levels_known(Cli *cli); // --deny and --allow name what there is; false after reporting
// Lets comments of the specs say what is known, and in the end tells of those that said nothing.
void cmd_ignore_begin(Cli *cli);
void cmd_ignore_end(Cli *cli);
bool cmd_is_for_people(const Cli *cli); // not --format json and the like
// Prints what makes `after` of `before`; ends as cmd_end. `drift`: what is found if they differ, or
// NULL.
int cmd_compare(Cli *cli, const DeployedList *before, const DeployedList *after, const char *drift);
int cmd_watch(Cli *cli); // runs the command again and again
// What is being done, on a terminal, if it takes longer than half a second; the next line to be
// printed stands in its place.
void cmd_progress(Cli *cli, const char *fmt, ...) PRINTF(2, 3);
void cmd_progress_end(Cli *cli); // something else is printed now
double cmd_seconds(void);
const char *plural(size_t count); // "s", or "" for one

#endif
