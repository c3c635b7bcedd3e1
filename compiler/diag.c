// diag.c - collecting diagnostics. How they look is in diag_print.c.
#include "diag.h"

#include <string.h>

static Str format(Arena *a, const char *fmt, va_list args) {
    Buf b = {.arena = a};
    buf_vfmt(&b, fmt, args);
    Str kept = buf_keep(&b, a);
    buf_free(&b);
    return kept;
}

// What is wrong in a blueprint is so because of whoever uses it.
static void add_uses(Diag *diag) {
    Loc at = diag->at;
    while (at.src && at.src->used && diag->also_count + 1 < DIAG_LABELS) {
        at = *at.src->used;
        diag->also[diag->also_count++] = (Label){at, S("the blueprint is used here")};
    }
}

static Diag *add(Diags *d, Severity severity, Loc at, const char *id) {
    Diag *diag = arena_new(d->arena, Diag, 1);
    diag->severity = severity;
    diag->id = id;
    diag->at = at;
    diag->order = d->last ? d->last->order + 1 : 0;
    add_uses(diag);
    if (d->last)
        d->last->next = diag;
    else
        d->first = diag;
    d->last = diag;
    return diag;
}

// Whether a comment in the spec says that this one is known, and why it is right.
static bool is_ignored(const Diags *d, Loc at, const char *id) {
    if (!d->may_ignore || !at.src || !at.line || str_find(at.src->text, S("wgen: ignore[")) < 0 ||
        !d->may_ignore(d->ignore_ctx, id))
        return false;
    Ignore *list;
    size_t count = diag_ignores(d->arena, at.src, &list);
    for (size_t i = 0; i < count; i++)
        if (list[i].line == at.line && list[i].reason.len && ignore_names(&list[i], str_from(id)))
            return true;
    return false;
}

void diag_error(Diags *d, Loc at, const char *id, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    Diag *diag = add(d, SEVERITY_ERROR, at, id);
    diag->message = format(d->arena, fmt, args);
    va_end(args);
    diag->suppressed = is_ignored(d, at, id);
    d->errors += !diag->suppressed;
}

void diag_warn(Diags *d, Loc at, const char *id, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    Diag *diag = add(d, SEVERITY_WARNING, at, id);
    diag->message = format(d->arena, fmt, args);
    va_end(args);
    diag->suppressed = is_ignored(d, at, id);
    d->warnings += !diag->suppressed;
}

void diag_failure(Diags *d, Loc at, const char *id, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    Diag *diag = add(d, SEVERITY_ERROR, at, id);
    diag->message = format(d->arena, fmt, args);
    diag->cause = CAUSE_MACHINE;
    va_end(args);
    d->errors++;
    d->failures++;
}

void diag_drift(Diags *d, Loc at, const char *id, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    Diag *diag = add(d, SEVERITY_ERROR, at, id);
    diag->message = format(d->arena, fmt, args);
    diag->cause = CAUSE_DRIFT;
    va_end(args);
    d->drifts++;
}

void diag_label(Diags *d, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    d->last->label = format(d->arena, fmt, args);
    va_end(args);
}

void diag_also(Diags *d, Loc at, const char *fmt, ...) {
    Diag *diag = d->last;
    if (diag->also_count == DIAG_LABELS || !at.src)
        return;
    va_list args;
    va_start(args, fmt);
    diag->also[diag->also_count++] = (Label){at, format(d->arena, fmt, args)};
    va_end(args);
}

void diag_note(Diags *d, const char *fmt, ...) {
    Diag *diag = d->last;
    if (diag->note_count == DIAG_NOTES)
        return;
    va_list args;
    va_start(args, fmt);
    diag->notes[diag->note_count++] = format(d->arena, fmt, args);
    va_end(args);
}

static Help *add_help(Diags *d, Str text) {
    Diag *diag = d->last;
    if (diag->help_count == DIAG_HELPS)
        return arena_new(d->arena, Help, 1); // a third one is dropped
    Help *help = &diag->helps[diag->help_count++];
    help->text = text;
    return help;
}

void diag_help(Diags *d, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    add_help(d, format(d->arena, fmt, args));
    va_end(args);
}

void diag_edit(Diags *d, FixTier tier, Loc at, Str text, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    Help *help = add_help(d, format(d->arena, fmt, args));
    va_end(args);
    help->tier = at.src ? tier : FIX_NONE;
    help->is_edit = at.src != NULL;
    help->at = at;
    help->replacement = arena_str(d->arena, text);
}

void diag_secret(Diags *d) {
    d->last->secret = true;
}

enum { SUGGEST_LIST = 12 }; // more names than this are not a help

ptrdiff_t diag_suggest(Diags *d, Loc at, Str wrong, const Str *names, size_t count) {
    ptrdiff_t best = suggest_best(wrong, names, count);
    if (best >= 0) {
        diag_edit(d, FIX_UNSAFE, at, names[best], "did you mean `%.*s`?", SFMT(names[best]));
        return best;
    }
    if (count == 0 || count > SUGGEST_LIST)
        return -1;
    Buf list = {.arena = d->arena};
    for (size_t i = 0; i < count; i++)
        buf_fmt(&list, "%s`%.*s`", i == 0 ? "" : ", ", SFMT(names[i]));
    diag_help(d, "%s %.*s", count == 1 ? "there is only" : "it may be one of",
              SFMT(buf_str(&list)));
    buf_free(&list);
    return -1;
}

void diag_guessed(Diags *d) {
    d->guessed += d->last->severity == SEVERITY_ERROR && !d->last->suppressed;
}

bool diag_guess(Diags *d, Str wrong, const Str *names, size_t count) {
    ptrdiff_t best = suggest_best(wrong, names, count);
    if (best >= 0)
        diag_help(d, "did you mean `%.*s`?", SFMT(names[best]));
    return best >= 0;
}

size_t loc_offset(Loc at) {
    Str s = at.src ? at.src->text : (Str){0};
    size_t i = 0;
    for (uint32_t line = 1; line < at.line && i < s.len; i++)
        line += s.ptr[i] == '\n';
    for (uint32_t col = 1; col < at.col && i < s.len; col++)
        for (i++; i < s.len && ((unsigned char)s.ptr[i] & 0xC0) == 0x80; i++) {
        }
    return i;
}

static int order_of(const Diag *a, const Diag *b) {
    Str none = {0};
    int by = str_cmp(a->at.src ? a->at.src->path : none, b->at.src ? b->at.src->path : none);
    if (by == 0 && a->at.line != b->at.line)
        by = a->at.line < b->at.line ? -1 : 1;
    if (by == 0 && a->at.col != b->at.col)
        by = a->at.col < b->at.col ? -1 : 1;
    if (by == 0)
        by = a->order < b->order ? -1 : a->order > b->order;
    return by;
}

// Merge sort of the list: stable, and no second allocation.
static Diag *sorted(Diag *list) {
    if (!list || !list->next)
        return list;
    Diag *slow = list;
    for (Diag *fast = list->next; fast && fast->next; fast = fast->next->next)
        slow = slow->next;
    Diag *right = slow->next;
    slow->next = NULL;
    Diag *left = sorted(list);
    right = sorted(right);
    Diag head = {0}, *tail = &head;
    while (left && right) {
        Diag **least = order_of(left, right) <= 0 ? &left : &right;
        tail = tail->next = *least;
        *least = (*least)->next;
    }
    tail->next = left ? left : right;
    return head.next;
}

static bool same(const Diag *a, const Diag *b) {
    Str none = {0};
    return str_eq(a->at.src ? a->at.src->path : none, b->at.src ? b->at.src->path : none) &&
           a->at.line == b->at.line && a->at.col == b->at.col && strcmp(a->id, b->id) == 0 &&
           str_eq(a->message, b->message);
}

static void uncount(Diags *d, const Diag *diag) {
    if (diag->suppressed)
        return;
    if (diag->cause == CAUSE_DRIFT)
        d->drifts--;
    else if (diag->severity == SEVERITY_ERROR)
        d->errors--;
    else
        d->warnings--;
    d->failures -= diag->cause == CAUSE_MACHINE;
}

void diags_sort(Diags *d) {
    d->first = sorted(d->first);
    for (Diag *diag = d->first; diag; diag = diag->next) {
        while (diag->next && same(diag, diag->next)) {
            uncount(d, diag->next);
            diag->next = diag->next->next;
        }
        d->last = diag;
    }
}

// A file that `from` knows, and its copy, which outlives it.
typedef struct Moved {
    const Source *from, *to;
    struct Moved *next;
} Moved;

static Loc moved(Arena *a, Moved **all, Loc at) {
    Moved *m = *all;
    while (m && m->from != at.src)
        m = m->next;
    if (at.src && !m) {
        Source *copy = arena_new(a, Source, 1);
        const Moved *same = *all; // a file has several that were used at several places
        while (same && same->from->text.ptr != at.src->text.ptr)
            same = same->next;
        *copy = (Source){.path = arena_str(a, at.src->path)};
        copy->text = same ? same->to->text : arena_str(a, at.src->text);
        m = arena_new(a, Moved, 1);
        *m = (Moved){at.src, copy, *all};
        *all = m;
    }
    at.src = m ? m->to : NULL;
    return at;
}

void diags_forget(Diags *d, const Diags *before) {
    *d = *before;
    if (d->last)
        d->last->next = NULL;
}

static void count_all(Diags *d, const Diags *from) {
    d->errors += from->errors;
    d->guessed += from->guessed;
    d->warnings += from->warnings;
    d->failures += from->failures;
    d->drifts += from->drifts;
}

void diags_take(Diags *d, const Diags *from) {
    Arena *a = d->arena;
    Moved *files = NULL;
    for (const Diag *diag = from->first; diag; diag = diag->next) {
        Diag *copy = add(d, diag->severity, diag->at, diag->id), before = *copy;
        *copy = *diag;
        copy->order = before.order;
        copy->next = NULL;
        copy->id = arena_str(a, str_from(diag->id)).ptr;
        copy->message = arena_str(a, diag->message);
        copy->at = moved(a, &files, diag->at);
        copy->label = arena_str(a, diag->label);
        for (size_t i = 0; i < diag->also_count; i++)
            copy->also[i] =
                (Label){moved(a, &files, diag->also[i].at), arena_str(a, diag->also[i].text)};
        for (size_t i = 0; i < diag->note_count; i++)
            copy->notes[i] = arena_str(a, diag->notes[i]);
        for (size_t i = 0; i < diag->help_count; i++) {
            copy->helps[i].text = arena_str(a, diag->helps[i].text);
            copy->helps[i].at = moved(a, &files, diag->helps[i].at);
            copy->helps[i].replacement = arena_str(a, diag->helps[i].replacement);
        }
    }
    count_all(d, from);
}

void diags_give(Diags *from, Diags *d) {
    uint32_t order = d->last ? d->last->order + 1 : 0;
    for (Diag *diag = from->first; diag; diag = diag->next)
        diag->order = order++;
    if (!from->first)
        return;
    if (d->last)
        d->last->next = from->first;
    else
        d->first = from->first;
    d->last = from->last;
    count_all(d, from);
}

bool loc_same(Loc a, Loc b) {
    return a.src == b.src && a.line == b.line && a.col == b.col;
}
