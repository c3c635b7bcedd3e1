// inputs.c - the files that a build of a system reads.
#include "inputs.h"

#include "file.h"
#include "kind.h"

typedef struct List {
    Arena *arena;
    Diags *diags;
    Str *files;
    size_t count, cap;
} List;

static void add(List *l, Str path) {
    l->files = arena_room(l->arena, l->files, sizeof *l->files, l->count, &l->cap);
    l->files[l->count++] = path;
}

static void add_folder(List *l, Str path, const char *suffix) {
    Str *names;
    size_t count = file_list(l->arena, l->diags, path.ptr, suffix, &names);
    for (size_t i = 0; i < count; i++) {
        Str file = str_fmt(l->arena, "%.*s/%.*s", SFMT(path), SFMT(names[i]));
        if (!file_is_dir(file.ptr))
            add(l, file);
    }
}

// Templates that stand in for those of the program. Beside a system's handlers is code.
static void add_templates(List *l, Str dir, bool with_files) {
    Str *names;
    size_t count = file_list(l->arena, l->diags, dir.ptr, "", &names);
    for (size_t i = 0; i < count; i++) {
        Str path = str_fmt(l->arena, "%.*s/%.*s", SFMT(dir), SFMT(names[i]));
        if (!template_exists(names[i].ptr))
            continue;
        if (file_is_dir(path.ptr))
            add_folder(l, path, str_eq(names[i], S("handlers")) ? ".mustache" : "");
        else if (with_files)
            add(l, path);
    }
}

// What all systems of a folder may share: specs/blueprints, beside specs/NAME.
static void add_shared(List *l, Str dir) {
    size_t base = dir.len;
    while (base > 0 && dir.ptr[base - 1] != '/')
        base--;
    add_folder(l, str_fmt(l->arena, "%.*sblueprints", (int)base, dir.ptr), ".yaml");
}

size_t inputs_of(Arena *a, Diags *d, const SpecPath *system, const char *templates, Str **files) {
    List l = {.arena = a, .diags = d};
    for (size_t i = 0; i < system->count; i++)
        add(&l, system->files[i]);
    add_folder(&l, system->dir, ".lock");
    add_shared(&l, system->dir);
    add_templates(&l, system->dir, false); // its files are of the spec
    if (templates)
        add_templates(&l, str_from(templates), true);
    *files = l.files;
    return l.count;
}

static void put_path(Buf *out, Str path) {
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (c == '$')
            buf_char(out, '$');
        else if (c == ' ' || c == '#' || c == ':' || c == '\\')
            buf_char(out, '\\');
        buf_char(out, c);
    }
}

Str inputs_rules(Arena *a, Diags *d, Str out, const SpecPath *systems, size_t count,
                 const char *templates) {
    Buf text = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        Str *files;
        size_t file_count = inputs_of(a, d, &systems[i], templates, &files);
        put_path(&text, out);
        buf_fmt(&text, "/%.*s/manifest:", SFMT(systems[i].name));
        for (size_t j = 0; j < file_count; j++) {
            buf_put(&text, S(" \\\n  "));
            put_path(&text, files[j]);
        }
        buf_char(&text, '\n');
    }
    Str kept = buf_keep(&text, a);
    buf_free(&text);
    return kept;
}
