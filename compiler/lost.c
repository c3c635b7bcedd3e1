// lost.c - what is deployed, by the outputs, and has no line in the lock: a merge that went wrong,
// or half a file. Only what was placed in this run is looked for, so that nothing is read
// otherwise.
#include "lost.h"

#include "file.h"
#include "limits.h"

typedef struct Search {
    const Compilation *c;
    const Unit *unit;
    Str dir;          // of the outputs of one environment
    LockLine **fresh; // lines of what was placed in this run
    size_t fresh_count;
    size_t found;
} Search;

// What was read has its place in the file.
static void find_fresh(Search *s, const Lock *lock) {
    s->fresh = arena_new(s->c->arena, LockLine *, lock->count + 1);
    for (size_t i = 0; i < lock->count; i++)
        if (!lock->lines[i]->loc.src)
            s->fresh[s->fresh_count++] = lock->lines[i];
}

// user a/b -> a/b; user.2 a/b is about another set of the same.
static Str name_of(const LockLine *line) {
    Str rest = line->key, word;
    str_split(&rest, ' ', &word);
    return rest;
}

static void report(Search *s, const LockLine *line, Str stack) {
    const Compilation *c = s->c;
    if (s->found++)
        return;
    Source *src = arena_new(c->arena, Source, 1);
    src->path = str_fmt(c->arena, "%.*s/wgen.lock", SFMT(c->path.dir));
    diag_failure(c->diags, (Loc){src, 0, 0, 0}, "lock-incomplete",
                 "`%.*s` is in stack `%.*s` by the outputs, and `%.*s` has no line for it",
                 SFMT(line->key), SFMT(stack), SFMT(src->path));
    diag_help(c->diags, "restore what is missing from git: `git log -p -- %.*s`", SFMT(src->path));
    diag_note(c->diags, "if it is not deployed, remove the outputs of that stack and build again");
}

// What stands where a printer puts such a thing, and in which file of a stack.
static Str item_mark(const Search *s, const LockLine *line) {
    return str_fmt(s->c->arena, "\n  \"%.*s\": {", SFMT(name_of(line)));
}

static Str fanned_mark(const Search *s, const LockLine *line) {
    const Resource *r = unit_find(s->unit, name_of(line));
    return r ? str_fmt(s->c->arena, "\" \"%.*s\" {\n  for_each", SFMT(r->tf)) : (Str){0};
}

static Str shared_mark(const Search *s, const LockLine *line) {
    const Resource *r = unit_find(s->unit, name_of(line));
    return r ? str_fmt(s->c->arena, "\n  # %.*s.%.*s\n", SFMT(r->kind->section), SFMT(r->path))
             : (Str){0};
}

typedef struct Row {
    const char *word; // that its lines begin with
    const char *file; // below terraform/STACK; NULL: the template
    Str (*mark)(const Search *s, const LockLine *line);
} Row;
static const Row rows[] = {
    {"user",         "users.json",    item_mark  },
    {"project",      "projects.json", item_mark  },
    {"user-set ",    "main.tf",       fanned_mark},
    {"project-set ", "main.tf",       fanned_mark},
    {"shared ",      NULL,            shared_mark},
};

// user a/b, and user.2 a/b of the second set; not user-set a.
static bool is_of(const Row *row, const LockLine *line) {
    Str word = str_from(row->word);
    if (!str_starts(line->key, word))
        return false;
    char next = line->key.len > word.len ? line->key.ptr[word.len] : 0;
    return word.ptr[word.len - 1] == ' ' || next == ' ' || next == '.';
}

// Fresh lines of a row, and what would tell of each.
typedef struct Marks {
    const LockLine **lines;
    Str *texts;
    size_t count;
} Marks;

static Marks marks_of(const Search *s, const Row *row) {
    Arena *a = s->c->arena;
    Marks m = {arena_new(a, const LockLine *, s->fresh_count + 1),
               arena_new(a, Str, s->fresh_count + 1), 0};
    for (size_t i = 0; i < s->fresh_count; i++) {
        Str mark = is_of(row, s->fresh[i]) ? row->mark(s, s->fresh[i]) : (Str){0};
        if (!mark.len)
            continue;
        m.lines[m.count] = s->fresh[i];
        m.texts[m.count++] = mark;
    }
    return m;
}

static void look_in(Search *s, const Row *row, const Marks *marks, Str stack) {
    Arena *a = s->c->arena;
    Str path = row->file
                   ? str_fmt(a, "%.*s/terraform/%.*s/%s", SFMT(s->dir), SFMT(stack), row->file)
                   : str_fmt(a, "%.*s/cloudformation/%.*s.yaml", SFMT(s->dir), SFMT(stack));
    const Source *src = file_read_if_there(a, s->c->diags, path.ptr, LIMIT_FILE_BYTES);
    for (size_t i = 0; src && i < marks->count; i++)
        if (str_find(src->text, marks->texts[i]) >= 0)
            report(s, marks->lines[i], stack);
}

static void search(Search *s) {
    Arena *a = s->c->arena;
    Str *files;
    size_t count = file_list(a, s->c->diags, str_fmt(a, "%.*s/cloudformation", SFMT(s->dir)).ptr,
                             ".yaml", &files);
    for (size_t i = 0; i < COUNT(rows); i++) {
        Marks marks = marks_of(s, &rows[i]);
        for (size_t j = 0; j < count && marks.count; j++)
            look_in(s, &rows[i], &marks, str_cut(files[j], 0, files[j].len - 5));
    }
}

bool lost_check(const Compilation *c, Str out) {
    Search s = {.c = c};
    find_fresh(&s, &c->lock);
    for (size_t i = 0; i < c->unit_count && s.fresh_count; i++) {
        s.unit = c->units[i];
        s.dir = str_fmt(c->arena, "%.*s/%.*s%s%.*s", SFMT(out), SFMT(c->path.name),
                        s.unit->env.len ? "/env/" : "", SFMT(s.unit->env));
        search(&s);
    }
    return s.found == 0;
}
