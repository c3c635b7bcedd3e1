// cmd_edit.c - what the commands that change a spec share.
#include "cmd_parts.h"
#include "diff_text.h"
#include "file.h"
#include "limits.h"
#include "yaml.h"

#include <string.h>

static const Loc nowhere = {0};

static bool find_system(Cli *cli, SpecPath *path) {
    const char *named = cli_value(cli, OPT_SPEC);
    SpecPath *found;
    size_t count;
    if (!named && !file_is_dir("specs")) {
        diag_failure(cli->diags, nowhere, "no-spec", "there is no folder `specs` here");
        diag_help(cli->diags, "`wgen init` makes one, or name a spec: `--spec PATH`");
        return false;
    }
    if (!spec_find(cli->arena, cli->diags, named ? named : "specs", &found, &count))
        return false;
    if (count > 1) {
        diag_error(cli->diags, nowhere, "usage", "there are %zu systems in `%s`", count,
                   named ? named : "specs");
        diag_help(cli->diags, "say which one: `--spec %.*s`", SFMT(found[0].files[0]));
        return false;
    }
    *path = found[0];
    return true;
}

bool spec_edit_load(SpecEdit *e, Cli *cli, const SpecPath *path) {
    *e = (SpecEdit){.cli = cli, .arena = cli->arena, .path = *path, .kinds = cmd_kinds(cli)};
    const char **dirs = arena_new(e->arena, const char *, 3);
    dirs[0] = e->path.dir.ptr;
    dirs[1] = cli_value(cli, OPT_TEMPLATES);
    e->kinds->dirs = dirs;
    e->old = arena_new(e->arena, const Source *, e->path.count);
    e->texts = arena_new(e->arena, Str, e->path.count);
    e->more = arena_new(e->arena, FileChange, SPEC_EDIT_MORE);
    bool ok = true;
    for (size_t i = 0; i < e->path.count; i++) {
        e->old[i] = i == 0 && path->given
                        ? path->given
                        : file_read(e->arena, cli->diags, e->path.files[i].ptr, LIMIT_FILE_BYTES);
        ok = ok && e->old[i];
        if (ok)
            e->texts[i] = e->old[i]->text;
    }
    return ok;
}

bool spec_edit_open(SpecEdit *e, Cli *cli) {
    SpecPath path;
    if (!find_system(cli, &path) || !spec_edit_load(e, cli, &path))
        return false;
    e->before = arena_new(e->arena, Diags, 1);
    e->before->arena = e->arena;
    bool ok = true;
    for (size_t i = 0; i < path.count; i++)
        ok = yaml_read(e->arena, cli->diags, e->old[i], YAML_SPEC) && ok;
    if (ok)
        spec_edit_compile(e, e->before);
    return ok;
}

ptrdiff_t spec_edit_file(const SpecEdit *e, const Str *path, size_t count) {
    for (size_t i = 0; i < e->path.count; i++)
        if (edit_find(cst_read(e->arena, e->texts[i]), path, count))
            return (ptrdiff_t)i;
    return -1;
}

size_t spec_edit_home(const SpecEdit *e, const Str *path, size_t count) {
    ptrdiff_t file = spec_edit_file(e, path, count);
    return file < 0 ? 0 : (size_t)file;
}

bool spec_edit_is_taken(SpecEdit *e, const Str *path, size_t count, Str kind) {
    ptrdiff_t file = spec_edit_file(e, path, count);
    if (file >= 0)
        diag_error(e->cli->diags, spec_edit_loc(e, (size_t)file, path, count), "duplicate-name",
                   "%.*s%s`%.*s` is there already", SFMT(kind), kind.len ? " " : "",
                   SFMT(path[count - 1]));
    return file >= 0;
}

Loc spec_edit_loc(const SpecEdit *e, size_t file, const Str *path, size_t count) {
    const Cst *n = edit_find(cst_read(e->arena, e->old[file]->text), path, count);
    Loc at = {e->old[file], 1, 1, 1};
    if (n && n->key)
        at = (Loc){e->old[file], n->key->line, n->key->col + 1, (uint32_t)n->key->text.len};
    return at;
}

const Source *spec_edit_read(const SpecEdit *e, Str path) {
    return file_read_if_there(e->arena, e->cli->diags, path.ptr, LIMIT_SPEC_BYTES);
}

void spec_edit_more(SpecEdit *e, FileChange change) {
    if (e->more_count < SPEC_EDIT_MORE)
        e->more[e->more_count++] = change;
}

Str spec_edit_code(const SpecEdit *e, Str kind, Str name) {
    bool has_some = str_eq(kind, S("function")) || str_eq(kind, S("worker"));
    return has_some ? str_fmt(e->arena, "%.*s/handlers/%.*s.c", SFMT(e->path.dir), SFMT(name))
                    : (Str){0};
}

const Kind *spec_edit_kind(SpecEdit *e, Str word) {
    const Kind *kind = kind_find(e->kinds, word);
    if (!kind)
        kind = kind_of_section(e->kinds, word);
    if (kind && !kind->internal)
        return kind;
    Str *names;
    size_t count = kind_names(e->kinds, &names), kept = 0;
    Str *choices = arena_new(e->arena, Str, count + 2);
    for (size_t i = 0; i < count; i++) {
        const Kind *other = kind_find(e->kinds, names[i]);
        if (other && !other->internal)
            choices[kept++] = names[i];
    }
    choices[kept++] = S("project");
    choices[kept++] = S("user");
    diag_error(e->cli->diags, nowhere, "usage", "there is no kind `%.*s`", SFMT(word));
    if (!diag_guess(e->cli->diags, word, choices, kept))
        diag_help(e->cli->diags, "`wgen explain --list` lists the kinds");
    return NULL;
}

void spec_edit_not_there(SpecEdit *e, const Str *path, size_t count, Str what) {
    Str *names = NULL, name = path[count - 1];
    size_t found = 0, cap = 0;
    for (size_t i = 0; i < e->path.count; i++) {
        const Cst *list = edit_find(cst_read(e->arena, e->texts[i]), path, count - 1);
        bool holds_some = list && (list->type == CST_MAP || list->type == CST_LIST);
        for (uint32_t j = 0; holds_some && j < list->count; j++) {
            const Cst *item = list->items[j];
            names = arena_room(e->arena, names, sizeof *names, found, &cap);
            names[found++] = item->key ? item->key->text : item->text;
        }
    }
    diag_error(e->cli->diags, nowhere, "unknown-resource", "there is no %.*s `%.*s` in %.*s",
               SFMT(what), SFMT(name), SFMT(e->path.count == 1 ? e->path.files[0] : e->path.name));
    diag_guess(e->cli->diags, name, names, found);
}

bool spec_edit_is_name(Cli *cli, Str name, Str what) {
    bool is_id = field_is_id(name);
    if (is_id && yaml_is_plain_string(name))
        return true;
    diag_error(cli->diags, nowhere, "usage", "`%.*s` cannot be the name of %s %.*s", SFMT(name),
               str_article(what), SFMT(what));
    if (is_id)
        diag_help(cli->diags, "take another: some readers of YAML take this for no text");
    else
        diag_help(cli->diags,
                  "begin with a letter, and use letters, digits, `-` and `_`, at most 64");
    return false;
}

void spec_edit_usage(Cli *cli, const char *how) {
    Str word = cli->arg_count ? str_from(cli->args[0]) : S("queue");
    bool known =
        str_eq(word, S("user")) || str_eq(word, S("project")) || kind_find(cmd_kinds(cli), word);
    const char *command = cli->command->name;
    if (known)
        diag_help(cli->diags, "write `wgen %s %.*s %s`", command, SFMT(word), how);
    else
        diag_help(cli->diags, "say its kind first, as in `wgen %s queue %.*s%s`", command,
                  SFMT(word), how + strcspn(how, " "));
    diag_help(cli->diags, "`wgen explain --list` lists the kinds");
}

Compilation *spec_edit_compile(SpecEdit *e, Diags *diags) {
    const Source **sources = arena_new(e->arena, const Source *, e->path.count);
    for (size_t i = 0; i < e->path.count; i++) {
        Source *src = arena_new(e->arena, Source, 1);
        *src = (Source){.path = e->path.files[i], .text = e->texts[i]};
        sources[i] = src;
    }
    diags->may_ignore = e->cli->diags->may_ignore;
    diags->ignore_ctx = e->cli->diags->ignore_ctx;
    Compilation *c = arena_new(e->arena, Compilation, 1);
    *c = (Compilation){.arena = e->arena,
                       .diags = diags,
                       .templates = cli_value(e->cli, OPT_TEMPLATES),
                       .path = e->path,
                       .lock_text = e->lock,
                       .root = spec_read_texts(e->arena, diags, &e->path, sources)};
    bool ok = c->root && compile_check(c);
    compile_free(c);
    return ok ? c : NULL;
}

size_t spec_edit_changes(const SpecEdit *e, FileChange *changes) {
    size_t count = 0;
    for (size_t i = 0; i < e->path.count; i++)
        if (!str_eq(e->old[i]->text, e->texts[i]))
            changes[count++] =
                (FileChange){.path = e->path.files[i], .old = e->old[i]->text, .text = e->texts[i]};
    return count;
}

Str spec_edit_where(const SpecEdit *e) {
    Str where = {0};
    for (size_t i = 0; i < e->path.count; i++)
        if (!str_eq(e->old[i]->text, e->texts[i]))
            where =
                where.len ? str_join(e->arena, where, S(", "), e->path.files[i]) : e->path.files[i];
    return where.len ? where : e->path.files[0];
}

void cmd_show_changes(Cli *cli, const FileChange *changes, size_t count) {
    Buf out = {.arena = cli->arena};
    for (size_t i = 0; i < count; i++) {
        const FileChange *c = &changes[i];
        Str none = S("/dev/null");
        diff_text(&out, c->old, c->is_gone ? S("") : c->text, c->is_new ? none : c->path,
                  c->is_gone ? none : c->path);
    }
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
}

int spec_edit_end(SpecEdit *e, const char *done) {
    Cli *cli = e->cli;
    Diags after = {.arena = e->arena};
    if (cli->diags->errors == 0 && !spec_edit_compile(e, &after) && e->before->errors == 0) {
        diags_take(cli->diags, &after);
        return cmd_end(cli, e->refusal ? e->refusal : "nothing was written");
    }
    FileChange *changes = arena_new(e->arena, FileChange, e->path.count + e->more_count + 1);
    size_t count = spec_edit_changes(e, changes);
    for (size_t i = 0; i < e->more_count; i++)
        changes[count++] = e->more[i];
    bool dry = cli_has(cli, OPT_DRY_RUN);
    if (cli->diags->errors == 0 && dry)
        cmd_show_changes(cli, changes, count);
    else if (cli->diags->errors == 0)
        cmd_change_files(cli, changes, count);
    int code = cmd_end(cli, "nothing was written");
    if (code != EXIT_FINE)
        return code;
    Str rest = str_from(done), line;
    while (!dry && str_split(&rest, '\n', &line))
        if (line.len)
            cmd_say(cli, "%.*s", SFMT(line));
    if (dry)
        cmd_say(cli, "nothing was written");
    else if (e->before->errors)
        cmd_say(cli, "the spec has %zu error%s: `wgen check` shows them", e->before->errors,
                plural(e->before->errors));
    return code;
}
