// spec.c - finding, reading and merging the files of a system.
#include "spec.h"

#include "build.h"
#include "file.h"
#include "limits.h"
#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Str base_name(Str path) {
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return str_cut(path, i, path.len);
    return path;
}

static Str without_slashes(Str path) {
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    return path;
}

static const Str yaml_suffix = {".yaml", 5};

static Str within(Arena *a, Str dir, Str name) {
    return str_fmt(a, "%.*s/%.*s", SFMT(dir), SFMT(name));
}

// Adds the parts in the system's own folder behind the file, if there is one.
static SpecPath spec_at(Arena *a, Diags *d, Str own, bool has_file) {
    SpecPath spec = {.name = arena_str(a, base_name(own)), .dir = arena_str(a, own)};
    Str *parts;
    size_t count = file_list(a, d, spec.dir.ptr, ".yaml", &parts);
    spec.files = arena_new(a, Str, count + 1);
    if (has_file)
        spec.files[spec.count++] = str_fmt(a, "%.*s.yaml", SFMT(spec.dir));
    for (size_t i = 0; i < count; i++)
        spec.files[spec.count++] = within(a, spec.dir, parts[i]);
    return spec;
}

// A folder is a system, not a folder of systems, if one of its parts says `system: FOLDER`.
static bool is_system_folder(Arena *a, Str dir, const Str *files, size_t count) {
    Str line = str_fmt(a, "system: %.*s", SFMT(base_name(dir)));
    Diags unused = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        Str path = within(a, dir, files[i]);
        const Source *src = file_read_if_there(a, &unused, path.ptr, LIMIT_FILE_BYTES);
        Str rest = src ? src->text : (Str){0}, text;
        while (str_split(&rest, '\n', &text))
            if (str_starts(text, line) &&
                (text.len == line.len || strchr(" #\r", text.ptr[line.len])))
                return true;
    }
    return false;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const SpecPath *)a)->name, ((const SpecPath *)b)->name);
}

// Folders that belong to all systems of a folder, and are none themselves.
static bool is_reserved(Str name) {
    return str_eq(name, S("kinds")) || str_eq(name, S("blueprints"));
}

static size_t find_in_folder(Arena *a, Diags *d, Str dir, SpecPath **systems) {
    Str *files, *all;
    size_t file_count = file_list(a, d, dir.ptr, ".yaml", &files);
    if (is_system_folder(a, dir, files, file_count)) {
        *systems = arena_new(a, SpecPath, 1);
        (*systems)[0] = spec_at(a, d, dir, false);
        return 1;
    }
    size_t all_count = file_list(a, d, dir.ptr, "", &all), count = 0;
    *systems = arena_new(a, SpecPath, file_count + all_count + 1);
    for (size_t i = 0; i < file_count; i++) {
        Str name = str_cut(files[i], 0, files[i].len - yaml_suffix.len);
        (*systems)[count++] = spec_at(a, d, within(a, dir, name), true);
    }
    for (size_t i = 0; i < all_count; i++) {
        bool known = is_reserved(all[i]) || str_ends(all[i], yaml_suffix);
        for (size_t j = 0; j < file_count && !known; j++)
            known = str_eq((*systems)[j].name, all[i]);
        SpecPath spec = known ? (SpecPath){0} : spec_at(a, d, within(a, dir, all[i]), false);
        if (spec.count)
            (*systems)[count++] = spec;
    }
    qsort(*systems, count, sizeof **systems, by_name);
    return count;
}

bool spec_find(Arena *a, Diags *d, const char *path, SpecPath **systems, size_t *count) {
    Str clean = arena_str(a, without_slashes(str_from(path)));
    if (file_is_dir(clean.ptr)) {
        size_t before = d->errors;
        *count = find_in_folder(a, d, clean, systems);
        if (*count || d->errors > before)
            return d->errors == before;
        diag_error(d, (Loc){0}, "no-spec", "there is no spec in `%s`", path);
        diag_help(d, "a system is a file NAME.yaml that begins with `system: NAME`");
        return false;
    }
    Str name = base_name(clean), there = {0};
    if (str_eq(name, clean) && access(clean.ptr, F_OK) != 0)
        there = str_fmt(a, "specs/%.*s%s", SFMT(name), str_ends(name, yaml_suffix) ? "" : ".yaml");
    if (there.len && access(there.ptr, F_OK) == 0) {
        diag_failure(d, (Loc){0}, "no-spec", "there is no spec `%s` here", path);
        diag_help(d, "did you mean `%.*s`?", SFMT(there));
        return false;
    }
    Str dir = clean.len > name.len ? str_cut(clean, 0, clean.len - name.len - 1) : S(".");
    if (str_ends(name, yaml_suffix))
        name = str_cut(name, 0, name.len - yaml_suffix.len);
    *systems = arena_new(a, SpecPath, 1);
    (*systems)[0] = spec_at(a, d, within(a, dir, name), true);
    (*systems)[0].files[0] = clean;
    *count = 1;
    return true;
}

static void duplicate(Diags *d, const Node *key, const Node *before) {
    diag_error(d, key->loc, "duplicate-key", "`%.*s` is defined twice", SFMT(key->text));
    diag_label(d, "again here");
    diag_also(d, before->loc, "first here");
    diag_help(d, "keep one of them: the parts of a system are one spec");
}

// Puts the keys of `part` into `root`: sections are joined, and nothing may be there twice.
static void join_part(Arena *a, Diags *d, Node *root, const Node *part) {
    for (uint32_t i = 0; i < part->count; i++) {
        const Entry *e = &part->entries[i];
        const Entry *before = node_find(root, e->key->text);
        if (!before) {
            node_entry(a, root, e->key, e->value);
            continue;
        }
        if (!node_is_map(before->value) || !node_is_map(e->value)) {
            duplicate(d, e->key, before->key);
            continue;
        }
        for (uint32_t j = 0; j < e->value->count; j++) {
            const Entry *inner = &e->value->entries[j];
            const Entry *twin = node_find(before->value, inner->key->text);
            if (twin)
                duplicate(d, inner->key, twin->key);
            else
                node_entry(a, before->value, inner->key, inner->value);
        }
    }
}

static void check_name(Diags *d, const SpecPath *path, const Node *root) {
    const Node *name = node_get(root, S("system"));
    if (!name) {
        diag_error(d, root->loc, "missing-key", "a system needs `system`");
        diag_help(d, "begin with `system: %.*s`", SFMT(path->name));
    } else if (node_is_scalar(name) && !str_eq(name->text, path->name)) {
        diag_error(d, name->loc, "system-name", "this system is called `%.*s`, its file `%.*s`",
                   SFMT(name->text), SFMT(path->name));
        diag_help(d, "give both the same name: output and handlers are found by it");
    }
}

Node *spec_read(Arena *a, Diags *d, const SpecPath *path) {
    const Source **sources = arena_new(a, const Source *, path->count + 1);
    size_t before = d->errors;
    for (size_t i = 0; i < path->count && i < LIMIT_PARTS; i++)
        sources[i] = i == 0 && path->given ? path->given
                                           : file_read(a, d, path->files[i].ptr, LIMIT_FILE_BYTES);
    Node *root = spec_read_texts(a, d, path, sources);
    return d->errors > before ? NULL : root;
}

Node *spec_read_texts(Arena *a, Diags *d, const SpecPath *path, const Source *const *sources) {
    Node *root = NULL;
    size_t bytes = 0, before = d->errors;
    for (size_t i = 0; i < path->count && i < LIMIT_PARTS; i++) {
        const Source *src = sources[i];
        Node *part = src ? yaml_read(a, d, src, YAML_SPEC) : NULL;
        bytes += src ? src->text.len : 0;
        if (part && part->type != NODE_MAP) {
            diag_error(d, part->loc, "wrong-type", "a spec is a map of sections");
            diag_help(d, "begin with `system: %.*s`", SFMT(path->name));
        } else if (part && root) {
            join_part(a, d, root, part);
        } else if (part) {
            root = part;
        }
    }
    if (path->count > LIMIT_PARTS || bytes > LIMIT_SPEC_BYTES)
        diag_error(d, root ? root->loc : (Loc){0}, "too-large",
                   "a system has at most %d files and %d MiB", LIMIT_PARTS, LIMIT_SPEC_BYTES >> 20);
    if (!root || d->errors > before)
        return NULL;
    check_name(d, path, root);
    return d->errors > before ? NULL : root;
}

Node *spec_merge(Arena *a, Node *weak, Node *strong) {
    if (!strong)
        return weak;
    if (!weak || weak->type != NODE_MAP || strong->type != NODE_MAP)
        return strong;
    Node *merged = node_map_for(a, strong->loc, weak->count + strong->count);
    for (uint32_t i = 0; i < weak->count; i++) {
        const Entry *e = &weak->entries[i], *over = node_find(strong, e->key->text);
        if (!over)
            node_entry(a, merged, e->key, e->value);
        else if (!node_is_null(over->value))
            node_entry(a, merged, over->key, spec_merge(a, e->value, over->value));
    }
    for (uint32_t i = 0; i < strong->count; i++) {
        const Entry *e = &strong->entries[i];
        if (!node_find(weak, e->key->text) && !node_is_null(e->value))
            node_entry(a, merged, e->key, e->value);
    }
    return merged;
}

size_t spec_envs(Arena *a, const Node *root, Str **names) {
    const Node *envs = node_get(root, S("environments"));
    size_t count = node_is_map(envs) ? envs->count : 0;
    *names = arena_new(a, Str, count + 1);
    for (size_t i = 0; i < count; i++)
        (*names)[i] = envs->entries[i].key->text;
    return count;
}

Str spec_account(const Node *root, Str env) {
    return node_get_str(node_get(node_get(root, S("environments")), env), S("account"));
}

// What an environment says about itself, and not about the system.
static bool is_env_key(Str key) {
    return str_eq(key, S("approval")) || str_eq(key, S("account"));
}

// Without a word that is understood, nobody would be asked.
static void check_env(Diags *d, const Node *changes) {
    static const Str required = {"required", 8};
    const Node *approval = node_get(changes, S("approval")),
               *account = node_get(changes, S("account"));
    if (approval && !node_is_null(approval) && !node_is_word(approval, required)) {
        Str word = node_str(approval);
        diag_error(d, approval->loc, "unknown-value", "`approval` cannot be %s%.*s%s",
                   word.len ? "`" : "a map or a list", SFMT(word), word.len ? "`" : "");
        diag_suggest(d, approval->loc, word, &required, 1);
    }
    if (account && !node_is_scalar(account) && !node_is_null(account))
        diag_error(d, account->loc, "wrong-type", "`account` needs the number of an account");
}

Node *spec_env(Arena *a, Diags *d, const Node *root, Str env) {
    if (!env.len)
        return (Node *)root;
    const Node *changes = node_get(node_get(root, S("environments")), env);
    check_env(d, changes);
    Node *merged = node_map(a, root->loc);
    for (uint32_t i = 0; i < root->count; i++) {
        const Entry *e = &root->entries[i];
        Node *change = node_get(changes, e->key->text);
        bool is_self = str_eq(e->key->text, S("environments"));
        Node *value = is_self ? e->value : spec_merge(a, e->value, change);
        node_entry(a, merged, e->key, value);
    }
    for (uint32_t i = 0; node_is_map(changes) && i < changes->count; i++) {
        const Entry *e = &changes->entries[i];
        bool is_section = node_is_map(e->value);
        if (str_eq(e->key->text, S("environments")) || str_eq(e->key->text, S("system"))) {
            diag_error(d, e->key->loc, "unknown-key", "an environment cannot change `%.*s`",
                       SFMT(e->key->text));
        } else if (is_section && !is_env_key(e->key->text)) {
            // An environment changes what there is: a new thing there would be in it alone.
            const Entry *base = node_find(root, e->key->text);
            if (!base && !str_eq(e->key->text, S("defaults")) &&
                !spec_is_everywhere(root, e->key->text, S("")))
                diag_warn(d, e->key->loc, "only-in-environment",
                          "`%.*s` is in this environment only", SFMT(e->key->text));
        }
        if (!node_find(root, e->key->text) && !is_env_key(e->key->text) && !node_is_null(e->value))
            node_entry(a, merged, e->key, e->value);
    }
    return merged;
}
