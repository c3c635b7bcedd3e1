// cmd_new.c - wgen init and wgen new: starting points, which are texts in templates/.
#include "cmd_parts.h"
#include "embedded.h"
#include "file.h"
#include "layout.h"
#include "root.h"
#include "schema.h"

#include <string.h>
#include <unistd.h>

static const Loc nowhere = {0};

// The names of the starting points in templates/FOLDER.
static size_t starts(Arena *a, Str folder, Str **names) {
    size_t count = 0;
    *names = arena_new(a, Str, embedded_count);
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = str_from(embedded_files[i].path);
        if (str_starts(path, folder) && str_ends(path, S(".yaml")))
            (*names)[count++] = str_cut(path, folder.len, path.len - 5);
    }
    return count;
}

// Its text, for a thing of that name; an empty ptr after reporting.
static Str start_text(Cli *cli, Kinds *kinds, Str folder, Str start, Str name) {
    Arena *a = cli->arena;
    Str path = str_fmt(a, "%.*s%.*s.yaml", SFMT(folder), SFMT(start)), *names;
    bool known = template_source(kinds, path) != NULL;
    const Node *tree = known ? template_tree(kinds, path) : NULL;
    if (!known) {
        size_t count = starts(a, folder, &names);
        diag_error(cli->diags, nowhere, "usage", "there is no starting point `%.*s`", SFMT(start));
        diag_suggest(cli->diags, nowhere, start, names, count);
    }
    Str rest = node_get_str(tree, S("spec"));
    if (!tree)
        return (Str){0};
    Buf text = {.arena = a};
    for (ptrdiff_t at; (at = str_find(rest, S("NAME"))) >= 0;
         rest = str_cut(rest, (size_t)at + 4, rest.len)) {
        buf_put(&text, str_cut(rest, 0, (size_t)at));
        buf_put(&text, name);
    }
    buf_put(&text, rest);
    Str filled = buf_keep(&text, a);
    buf_free(&text);
    return filled;
}

// The value of an entry as it is written, its lines from the left.
static Str value_text(Arena *a, Str text, const Cst *value) {
    if (value->line == value->key->line)
        return str_trim(str_cut(text, value->from, cst_line_end(text, value->to)));
    Buf b = {.arena = a};
    Str rest = str_cut(text, cst_line_start(text, value->from), cst_line_end(text, value->to)),
        line;
    while (str_split(&rest, '\n', &line) && (rest.ptr || line.len))
        buf_fmt(&b, "\n%.*s", SFMT(str_cut(line, value->col, line.len)));
    Str lines = buf_keep(&b, a);
    buf_free(&b);
    return lines;
}

static bool add_entry(SpecEdit *e, Str section, Str name, Str value) {
    const Str path[] = {section, name};
    if (spec_edit_is_taken(e, path, 2, S("")))
        return false;
    size_t file = spec_edit_home(e, path, 1);
    Str changed = edit_add(e->arena, e->texts[file], path, 1, name, value);
    if (changed.ptr) {
        e->texts[file] = changed;
        return true;
    }
    diag_error(e->cli->diags, spec_edit_loc(e, file, path, 1), "usage",
               "`%.*s` is written in braces, and this does not fit in", SFMT(section));
    diag_help(e->cli->diags, "write it with a name on each line first");
    return false;
}

// The one blueprint that there is: a new workflow of the same shape is one line.
static Str blueprint_of(const SpecEdit *e) {
    const Str path[] = {S("blueprints")};
    ptrdiff_t file = spec_edit_file(e, path, 1);
    const Cst *map = file < 0 ? NULL : edit_find(cst_read(e->arena, e->texts[file]), path, 1);
    return cst_is_map(map) && map->count == 1 ? map->items[0]->key->text : (Str){0};
}

static void add_workflow(SpecEdit *e, Str start, Str name) {
    Str blueprint = blueprint_of(e);
    const Str path[] = {S("workflows"), name};
    if (spec_edit_is_taken(e, path, 2, S("")))
        return;
    bool plain = str_eq(start, S("standard")) || str_eq(start, S("express"));
    if (blueprint.len && plain) {
        add_entry(e, S("workflows"), name,
                  str_fmt(e->arena, "{blueprint: %.*s, type: %.*s}", SFMT(blueprint), SFMT(start)));
        return;
    }
    Str text = start_text(e->cli, e->kinds, S("workflows/"), start, name);
    const Cst *root = text.ptr ? cst_read(e->arena, text) : NULL;
    for (uint32_t i = 0; root && i < root->count; i++)
        for (uint32_t j = 0; j < root->items[i]->count; j++)
            if (!add_entry(e, root->items[i]->key->text, root->items[i]->items[j]->key->text,
                           value_text(e->arena, text, root->items[i]->items[j])))
                return;
}

static int new_workflow(Cli *cli, Str name) {
    SpecEdit e;
    const char *start = cli_value(cli, OPT_TEMPLATE);
    if (!spec_edit_is_name(cli, name, S("workflow")) || !spec_edit_open(&e, cli))
        return cmd_end(cli, "nothing was written");
    add_workflow(&e, start ? str_from(start) : S("standard"), name);
    return spec_edit_end(
        &e, str_fmt(e.arena,
                    "workflow `%.*s` is now in %.*s\n"
                    "next: `wgen build` writes its state machine, and skeletons of its functions",
                    SFMT(name), SFMT(spec_edit_where(&e)))
                .ptr);
}

static bool is_new_file(Cli *cli, Str path) {
    if (access(path.ptr, F_OK) != 0)
        return true;
    diag_failure(cli->diags, nowhere, "foreign-file", "`%.*s` exists already", SFMT(path));
    diag_help(cli->diags, "give the system another name: `wgen init NAME`");
    return false;
}

// The name of the folder, as the name of a system.
static Str folder_name(Cli *cli) {
    char here[4096];
    Str base = getcwd(here, sizeof here) ? path_base(str_from(here)) : S("");
    Str name = arena_str(cli->arena, base);
    for (size_t i = 0; i < name.len; i++)
        if (strchr(" ._", name.ptr[i]))
            ((char *)name.ptr)[i] = '-';
    return name;
}

static int init(Cli *cli, Str name) {
    Arena *a = cli->arena;
    const char *start = cli_value(cli, OPT_TEMPLATE);
    Kinds *kinds = cmd_kinds(cli);
    Str path = str_fmt(a, "specs/%.*s.yaml", SFMT(name));
    Str text =
        spec_edit_is_name(cli, name, S("system")) && is_new_file(cli, path)
            ? start_text(cli, kinds, S("systems/"), start ? str_from(start) : S("basic"), name)
            : (Str){0};
    if (!text.ptr)
        return cmd_end(cli, "nothing was written");
    Buf schema = {.arena = a};
    schema_print(&schema, kinds);
    FileChange changes[] = {
        {.path = path,                         .text = text,             .is_new = true},
        {.path = S("specs/.wgen/schema.json"), .text = buf_str(&schema), .is_new = true},
    };
    if (!cli_has(cli, OPT_DRY_RUN))
        cmd_change_files(cli, changes, COUNT(changes));
    else
        cmd_print(cli, text);
    buf_free(&schema);
    int code = cmd_end(cli, "nothing was written");
    if (code == EXIT_FINE && cli_has(cli, OPT_DRY_RUN))
        cmd_say(cli, "nothing was written");
    else if (code == EXIT_FINE) {
        cmd_say(cli, "%.*s is a system to begin with", SFMT(path));
        cmd_say(cli, "next: `wgen build`, then edit it, or `wgen add queue NAME`");
    }
    return code;
}

static int run_init(Cli *cli) {
    if (!cli->arg_count && !spec_edit_is_name(cli, folder_name(cli), S("system"))) {
        diag_note(cli->diags, "it is the name of this folder; `wgen init NAME` gives another");
        return cmd_end(cli, "nothing was written");
    }
    return init(cli, cli->arg_count ? str_from(cli->args[0]) : folder_name(cli));
}

static int run_new(Cli *cli) {
    Str what = cli->arg_count ? str_from(cli->args[0]) : S("");
    if (cli->arg_count == 2 && str_eq(what, S("workflow")))
        return new_workflow(cli, str_from(cli->args[1]));
    if (cli->arg_count == 2 && str_eq(what, S("system")))
        return init(cli, str_from(cli->args[1]));
    if (cli->arg_count == 1 && !str_eq(what, S("workflow")))
        return init(cli, what);
    static const Str things[] = {
        {"workflow", 8},
        {"system",   6}
    };
    if (cli->arg_count == 2) {
        diag_error(cli->diags, nowhere, "usage", "`%.*s` is nothing to begin", SFMT(what));
        if (diag_guess(cli->diags, what, things, COUNT(things)))
            return cmd_end(cli, NULL);
    } else {
        diag_error(cli->diags, nowhere, "usage", "what is new, and its name, is not said");
    }
    diag_help(cli->diags, "write `wgen new workflow NAME` or `wgen new system NAME`");
    return cmd_end(cli, NULL);
}

const Command command_init = {
    .name = "init",
    .args = "[NAME]",
    .doc = "begin a system: specs/NAME.yaml, and what an editor knows of it",
    .about = "Writes a small spec that builds as it is, named after the folder if not otherwise\n"
             "said, and beside it the JSON Schema that its first line tells an editor of.\n"
             "--template is `basic` or `empty`.",
    .examples = "wgen init                        # named after this folder\n"
                "wgen init shop && wgen build     # a system, and what it becomes\n"
                "wgen init shop -t empty          # nothing but its name\n",
    .takes = {OPT_TEMPLATE, OPT_DRY_RUN},
    .most_args = 1,
    .run = run_init,
};

const Command command_new = {
    .name = "new",
    .args = "workflow|system NAME",
    .doc = "begin a workflow from a starting point, or a system",
    .about =
        "A new workflow is written into the spec with the functions and queues that it needs. If\n"
        "the spec has one blueprint, it is a line that names it. --template is `standard`,\n"
        "`express` or `approval`. A new system is the same as `wgen init NAME`.",
    .examples = "wgen new workflow nightly                 # steps that are remembered\n"
                "wgen new workflow quote -t express        # an answer at once\n"
                "wgen new workflow refund -t approval      # asks somebody, and waits\n"
                "wgen new system shop                      # specs/shop.yaml\n",
    .takes = {OPT_TEMPLATE, OPT_SPEC, OPT_DRY_RUN},
    .most_args = 2,
    .run = run_new,
};
