// cmd_import.c - wgen import: existing definitions become a spec.
#include "build.h"
#include "cmd.h"
#include "file.h"
#include "import.h"
#include "limits.h"
#include "root.h"
#include "yaml_print.h"

#include <errno.h>
#include <string.h>

typedef struct Import {
    Cli *cli;
    Str dir; // as the user wrote it
    Root root;
    Kinds *kinds;
    size_t files;
} Import;

// A file of the user's is never replaced.
static bool put_file(Import *im, Str name, const Node *content) {
    Str path = str_fmt(im->cli->arena, "%.*s.yaml", SFMT(name));
    Buf text = {.arena = im->cli->arena}, old = {0};
    RootFile found = root_read(&im->root, path, &old);
    buf_free(&old);
    if (found != ROOT_ABSENT) {
        diag_failure(im->cli->diags, (Loc){0}, "foreign-file", "`%.*s/%.*s` exists already",
                     SFMT(im->dir), SFMT(path));
        diag_help(im->cli->diags, "import to another folder, or move this file away first");
        return false;
    }
    yaml_print(&text, content);
    int error = root_write(&im->root, path, buf_str(&text));
    buf_free(&text);
    if (error)
        diag_failure(im->cli->diags, (Loc){0}, "io", "cannot write `%.*s/%.*s`: %s", SFMT(im->dir),
                     SFMT(path), strerror(error));
    im->files += !error;
    return !error;
}

static Node *block(Arena *a) {
    Node *map = node_map(a, (Loc){0});
    map->style = STYLE_BLOCK;
    return map;
}

// What `spec` has, without its workflows if `parts` says that they have files of their own.
static Node *head_of(Arena *a, Str system, const Node *spec, bool parts) {
    Node *head = block(a);
    if (system.len)
        node_set(a, head, S("system"), node_string(a, system, (Loc){0}));
    for (uint32_t i = 0; i < spec->count; i++)
        if (!parts || !str_eq(spec->entries[i].key->text, S("workflows")))
            node_entry(a, head, spec->entries[i].key, spec->entries[i].value);
    return head;
}

static bool put_parts(Import *im, const Node *spec, Str system) {
    Arena *a = im->cli->arena;
    const Node *workflows = node_get(spec, S("workflows"));
    bool ok = true;
    for (uint32_t i = 0; i < workflows->count && ok; i++) {
        const Entry *e = &workflows->entries[i];
        Node *part = block(a), *section = block(a);
        node_entry(a, section, e->key, e->value);
        node_set(a, part, S("workflows"), section);
        bool twin = str_eq(e->key->text, system);
        ok = put_file(im, str_fmt(a, "%.*s%s", SFMT(e->key->text), twin ? "-workflow" : ""), part);
    }
    return ok;
}

static bool is_empty(const Node *map) {
    return map->count == 0;
}

// One system: the folder has its name. Its workflows are parts of it, with what they share in one;
// all in one where a system cannot have so many files. `there` are those that it has.
static bool import_system(Import *im, const ImportFile *files, size_t count, Str system,
                          const Node *known, size_t there) {
    Arena *a = im->cli->arena;
    const Node *spec = import_asl(a, im->cli->diags, im->kinds, files, count, known);
    if (!spec)
        return false;
    if (count == 1) {
        const Node *workflows = node_get(spec, S("workflows"));
        return put_file(im, known ? workflows->entries[0].key->text : system,
                        head_of(a, known ? (Str){0} : system, spec, false));
    }
    bool parts = there + count < LIMIT_PARTS;
    const Node *head = head_of(a, known ? (Str){0} : system, spec, parts);
    Str name = known ? str_fmt(a, "%.*s-shared", SFMT(system)) : system;
    if (!parts)
        return put_file(im, name, head);
    return (is_empty(head) || put_file(im, name, head)) && put_parts(im, spec, system);
}

// NAME, or NAME-2 where a file before it is called so.
static Str system_name(Arena *a, StrMap *taken, Str name) {
    Str free = name;
    for (int i = 2; strmap_get(taken, free); i++)
        free = str_fmt(a, "%.*s-%d", SFMT(name), i);
    strmap_put(taken, a, free, taken);
    return free;
}

// A folder of systems: each definition becomes one, and none is written if one is no definition.
static bool import_systems(Import *im, ImportFile *files, size_t count) {
    Arena *a = im->cli->arena;
    const Node **specs = arena_new(a, const Node *, count);
    StrMap taken = {0};
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        files[i].name = system_name(a, &taken, files[i].name);
        specs[i] = import_asl(a, im->cli->diags, im->kinds, &files[i], 1, NULL);
        ok = ok && specs[i];
    }
    for (size_t i = 0; i < count && ok; i++)
        ok = put_file(im, files[i].name, head_of(a, files[i].name, specs[i], false));
    return ok;
}

static bool import_all(Import *im, ImportFile *files, size_t count) {
    Arena *a = im->cli->arena;
    SpecPath *paths = NULL;
    size_t found = 0;
    Diags quiet = {.arena = a};
    Str base = path_base(im->dir);
    bool there = file_is_dir(im->dir.ptr) && spec_find(a, &quiet, im->dir.ptr, &paths, &found);
    bool is_system = there && found == 1 && str_eq(paths[0].name, base) && paths[0].count > 0 &&
                     str_starts(paths[0].files[0], im->dir);
    bool can_be = str_eq(import_name(a, base), base) && !str_eq(base, S("specs")) && !there;
    if (is_system || can_be) {
        const Node *known = is_system ? spec_read(a, im->cli->diags, &paths[0]) : NULL;
        return (!is_system || known) &&
               import_system(im, files, count, base, known, is_system ? paths[0].count : 0);
    }
    return import_systems(im, files, count);
}

static bool read_files(Cli *cli, ImportFile *files) {
    bool ok = true;
    for (size_t i = 1; i < cli->arg_count; i++) {
        ImportFile *f = &files[i - 1];
        f->src = file_read(cli->arena, cli->diags, cli->args[i], LIMIT_FILE_BYTES);
        f->name = import_name(cli->arena, str_from(cli->args[i]));
        ok = ok && f->src;
    }
    return ok;
}

static Str without_slashes(Cli *cli, const char *dir) {
    Str s = str_from(dir);
    while (s.len > 1 && s.ptr[s.len - 1] == '/')
        s.len--;
    return arena_str(cli->arena, s);
}

static int run(Cli *cli) {
    const char *dir = cli_value(cli, OPT_TO);
    if (cli->arg_count < 2 || strcmp(cli->args[0], "asl") != 0 || !dir) {
        diag_error(cli->diags, (Loc){0}, "usage", "what is imported, and where to, is not said");
        diag_help(cli->diags, "write `wgen import asl FILE... --to DIR`");
        return cmd_end(cli, NULL) ? EXIT_USAGE : EXIT_USAGE;
    }
    ImportFile *files = arena_new(cli->arena, ImportFile, cli->arg_count);
    Import im = {.cli = cli, .dir = without_slashes(cli, dir), .kinds = cmd_kinds(cli)};
    size_t count = cli->arg_count - 1;
    if (read_files(cli, files)) {
        int error = root_open(&im.root, im.dir, true);
        if (error)
            diag_failure(cli->diags, (Loc){0}, "io", "cannot make `%s`: %s", dir, strerror(error));
        else
            import_all(&im, files, count);
        root_close(&im.root);
    }
    int code = cmd_end(cli, im.files ? NULL : "nothing was written");
    if (code == EXIT_FINE)
        cmd_say(cli, "%zu definition%s -> %zu file%s in %s; now `wgen build %s`", count,
                plural(count), im.files, plural(im.files), dir, dir);
    return code;
}

const Command command_import = {
    .name = "import",
    .args = "asl FILE... --to DIR",
    .doc = "make a spec of existing state machines",
    .about =
        "Reads definitions in the Amazon States Language, as JSON or YAML, and writes a spec that\n"
        "says the same: building it gives definitions that are equal as JSON. A new folder DIR is\n"
        "a system of that name; in `specs`, or a folder of systems, each definition becomes one.",
    .examples =
        "wgen import asl order.asl.json --to specs/orders   # a new system\n"
        "wgen import asl *.asl.json --to specs/orders       # several workflows of one system\n",
    .takes = {OPT_TO},
    .most_args = 100000,
    .run = run,
};
