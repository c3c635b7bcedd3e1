// diag.h - what went wrong, where, and what to do about it. Passes report and carry on; nothing
// here exits. All text is copied; a Diags lives as long as its arena.
#ifndef DIAG_H
#define DIAG_H

#include "base.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO } Severity;

// How far an edit can be trusted: SAFE keeps what is generated, UNSAFE changes it, MANUAL needs a
// decision that only the user can take.
typedef enum FixTier { FIX_NONE, FIX_MANUAL, FIX_UNSAFE, FIX_SAFE } FixTier;

typedef struct Label {
    Loc at;
    Str text;
} Label;

typedef struct Help {
    Str text;
    FixTier tier;
    bool is_edit;
    Loc at;          // what the edit replaces
    Str replacement; // and by what
} Help;

enum { DIAG_LABELS = 4, DIAG_NOTES = 4, DIAG_HELPS = 2 };

// Whose matter it is: that of the spec, of the machine and the files on it, or of outputs that are
// not what their spec says. Exit codes tell them apart.
typedef enum Cause { CAUSE_SPEC, CAUSE_MACHINE, CAUSE_DRIFT } Cause;

typedef struct Diag {
    Severity severity;
    Cause cause;
    const char *id; // stable kebab-case slug, explained by `wgen explain ID`
    Loc at;
    Str message;
    Str label; // words beside the caret
    Label also[DIAG_LABELS];
    Str notes[DIAG_NOTES];
    Help helps[DIAG_HELPS];
    uint32_t also_count, note_count, help_count;
    uint32_t order; // when it was found, to keep the sort stable
    bool suppressed;
    bool secret; // what is at its place is not to be shown
    struct Diag *next;
} Diag;

typedef struct Diags {
    Arena *arena;
    // Whether `# wgen: ignore[ID] reason` may suppress what has that id; NULL: nothing can be.
    bool (*may_ignore)(void *ctx, const char *id);
    void *ignore_ctx;
    Diag *first, *last; // in the order found, until diags_sort
    size_t errors, warnings;
    size_t guessed;  // of the errors, those of which is known what was meant
    size_t failures; // of the errors, those that are not about the spec
    size_t drifts;   // not among the errors
} Diags;

void diag_error(Diags *d, Loc at, const char *id, const char *fmt, ...) PRINTF(4, 5);
void diag_warn(Diags *d, Loc at, const char *id, const char *fmt, ...) PRINTF(4, 5);
void diag_failure(Diags *d, Loc at, const char *id, const char *fmt, ...) PRINTF(4, 5); // a file's
void diag_drift(Diags *d, Loc at, const char *id, const char *fmt, ...) PRINTF(4, 5);

// These add to the last diagnostic.
void diag_label(Diags *d, const char *fmt, ...) PRINTF(2, 3);        // words beside its caret
void diag_also(Diags *d, Loc at, const char *fmt, ...) PRINTF(3, 4); // the other end of it
void diag_note(Diags *d, const char *fmt, ...) PRINTF(2, 3);         // explains
void diag_help(Diags *d, const char *fmt, ...) PRINTF(2, 3);         // says how to fix it
void diag_edit(Diags *d, FixTier tier, Loc at, Str text, const char *fmt, ...) PRINTF(5, 6);
void diag_secret(Diags *d); // hides what the last one points at
// "did you mean": helps with the one best of `names`, which it returns the index of, or lists them
// if they are few. Who goes on with the best one says so: what follows from an error is none.
ptrdiff_t diag_suggest(Diags *d, Loc at, Str wrong, const Str *names, size_t count);
void diag_guessed(Diags *d); // the last error is out of the way
// The same where nothing can be edited; false: no name is like it, and nothing was said.
bool diag_guess(Diags *d, Str wrong, const Str *names, size_t count);

// The candidate that `wrong` was most probably meant to be, or -1: none, or two as good.
ptrdiff_t suggest_best(Str wrong, const Str *names, size_t count);

// A comment `# wgen: ignore[ID, ID] reason`, on the line that it is about or alone above it.
typedef struct Ignore {
    Loc at;
    uint32_t line; // that it is about
    Str ids, reason;
} Ignore;
size_t diag_ignores(Arena *a, const Source *src, Ignore **list);
bool ignore_names(const Ignore *ignore, Str id);

void diags_take(Diags *d, const Diags *from);     // adds copies of all of `from`
void diags_give(Diags *from, Diags *d);           // the same themselves, which live as long
void diags_forget(Diags *d, const Diags *before); // whatever came after that state of it
size_t loc_offset(Loc at);                        // bytes before it in its file
void diags_sort(Diags *d); // by file, line, column; errors about the same place and id once

typedef enum DiagFormat { DIAG_HUMAN, DIAG_SHORT } DiagFormat;
typedef struct DiagStyle {
    DiagFormat format;
    bool color;
    size_t max_errors; // errors printed before the rest are only counted; 0: all
} DiagStyle;
void diags_print(const Diags *d, DiagStyle style, Buf *out); // sort first

// `text` as it may be shown on a terminal or in a log: no control, escape or bidi characters.
void escape_for_terminal(Buf *out, Str text);

bool loc_same(Loc a, Loc b); // they begin in one place

#endif
