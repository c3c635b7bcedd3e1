// cmd_parts.h - what the commands that change a spec share: its files as they were and as they are
// to be, and the end of it: a check that it still compiles, the difference, the files.
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include "cmd.h"
#include "edit.h"

typedef struct SpecEdit {
    Cli *cli;
    Arena *arena;
    SpecPath path;
    const Source **old; // one for each file of `path`
    Str *texts;         // the same, changed
    FileChange *more;   // other files that go with it: at most SPEC_EDIT_MORE
    size_t more_count;
    Kinds *kinds;
    Str lock;            // the lock's text as it is to be; no ptr: as it is
    Diags *before;       // what was to be said of it already
    const char *refusal; // what is said if it would have errors; NULL: that nothing was written
} SpecEdit;
enum { SPEC_EDIT_MORE = 4 };

// The system that --spec names, or the only one in specs/. False after reporting.
bool spec_edit_open(SpecEdit *e, Cli *cli);
bool spec_edit_load(SpecEdit *e, Cli *cli, const SpecPath *path); // of that system
// The first file where `path` leads somewhere, or -1.
ptrdiff_t spec_edit_file(const SpecEdit *e, const Str *path, size_t count);
size_t spec_edit_home(const SpecEdit *e, const Str *path, size_t count); // that file, or the first
// True after reporting that something of this kind is there; without a kind, something.
bool spec_edit_is_taken(SpecEdit *e, const Str *path, size_t count, Str kind);
// Where the key of it stands, for messages.
Loc spec_edit_loc(const SpecEdit *e, size_t file, const Str *path, size_t count);
const Source *spec_edit_read(const SpecEdit *e, Str path); // NULL, and no word, if it is not there
void spec_edit_more(SpecEdit *e, FileChange change);
// The user's code of what has some, by its kind; empty: it has none.
Str spec_edit_code(const SpecEdit *e, Str kind, Str name);
// The kind that a user calls `word` (queue, queues); NULL after reporting.
const Kind *spec_edit_kind(SpecEdit *e, Str word);
// Reports that the section of `path` has no such entry, with what may have been meant.
void spec_edit_not_there(SpecEdit *e, const Str *path, size_t count, Str what);
bool spec_edit_is_name(Cli *cli, Str name, Str what); // false after reporting
void spec_edit_usage(Cli *cli, const char *how); // the cure of a command line that is too short

// Compiles what it would become: NULL after reporting that it would have errors.
Compilation *spec_edit_compile(SpecEdit *e, Diags *diags);
// All of it takes place, or with --dry-run is shown; `done` is said then. The exit code.
int spec_edit_end(SpecEdit *e, const char *done);

// The files of the spec whose text is another one now, into `changes`; how many they are.
size_t spec_edit_changes(const SpecEdit *e, FileChange *changes);
Str spec_edit_where(
    const SpecEdit *e); // those files, as people are told; the first if there are none
void cmd_show_changes(Cli *cli, const FileChange *changes, size_t count);
// What `--fix` asks for, in the files of all systems of the batch. False after reporting.
bool cmd_fix(Cli *cli, const Batch *b);

#endif
