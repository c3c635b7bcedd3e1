// inspect.c - what the commands that only look at systems share.
#include "inspect.h"

#include "build.h"
#include "json.h"

bool inspect_open(Cli *cli, Batch *b, size_t words) {
    *b = (Batch){0};
    if (cli->arg_count < words) {
        diag_error(cli->diags, (Loc){0}, "usage", "`wgen %s` needs to know of what",
                   cli->command->name);
        diag_help(cli->diags, "usage: wgen %s %s", cli->command->name, cli->command->args);
        return false;
    }
    Cli rest = *cli;
    rest.args += words;
    rest.arg_count -= words;
    bool ok = batch_find(&rest, b);
    b->apart = true;
    ok = ok && batch_read(&rest, b);
    cli->files = rest.files;
    cli->file_count = rest.file_count;
    return ok;
}

static bool is_called(const Resource *r, Str name) {
    if (str_eq(r->path, name) || str_eq(r->id, name))
        return true;
    Str section, rest = name;
    return str_split(&rest, '.', &section) && str_eq(section, r->kind->section) &&
           str_eq(rest, r->path);
}

Resource *inspect_next(const Batch *b, Str name, size_t *at, Unit **unit) {
    size_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; j < b->list[i].unit_count; j++)
            for (size_t k = 0; k < b->list[i].units[j]->count; k++, n++) {
                Unit *u = b->list[i].units[j];
                Resource *r = u->resources[k];
                bool exact = str_eq(r->path, name) || !unit_find(u, name);
                if (n < *at || r == u->self || !exact || !is_called(r, name) ||
                    (shown_is_part(r) && !str_eq(r->path, name)))
                    continue;
                *at = n + 1;
                *unit = u;
                return r;
            }
    return NULL;
}

int inspect_unknown(Cli *cli, const Batch *b, Str name) {
    size_t count = 0, room = 1;
    for (size_t i = 0; i < b->count; i++)
        room += b->list[i].units[0]->count;
    Str *names = arena_new(cli->arena, Str, room);
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; j < b->list[i].units[0]->count; j++)
            names[count++] = b->list[i].units[0]->resources[j]->path;
    diag_error(cli->diags, (Loc){0}, "unknown-resource", "no resource is called `%.*s`",
               SFMT(name));
    if (!diag_guess(cli->diags, name, names, count))
        diag_help(cli->diags, "`wgen list` shows all of them");
    return cmd_end(cli, NULL);
}

Str inspect_where(Unit *u) {
    return u->env.len ? str_fmt(u->arena, "%.*s/%.*s", SFMT(u->system), SFMT(u->env)) : u->system;
}

void table_cell(Table *t, Str text) {
    t->cells = arena_room(t->arena, t->cells, sizeof *t->cells, t->count, &t->cap);
    t->cells[t->count++] = text;
}

void table_row(Table *t, const Str *cells) {
    for (size_t i = 0; i < t->columns; i++)
        table_cell(t, cells[i]);
}

void table_print(const Table *t, Buf *out) {
    size_t widths[16] = {0};
    for (size_t i = 0; i < t->count; i++)
        if (t->cells[i].len > widths[i % t->columns])
            widths[i % t->columns] = t->cells[i].len;
    for (size_t i = 0; i < t->count; i++) {
        bool last = i % t->columns == t->columns - 1;
        buf_put(out, t->cells[i]);
        if (!last)
            buf_fill(out, ' ', widths[i % t->columns] - t->cells[i].len + 2);
        while (last && out->len && out->ptr[out->len - 1] == ' ')
            out->len--;
        if (last)
            buf_char(out, '\n');
    }
}

Str inspect_json(Cli *cli, const Node *list) {
    return str_fmt(cli->arena, "%.*s\n", SFMT(json_text(cli->arena, list, true)->text));
}
