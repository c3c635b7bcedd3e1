// cmd_add.c - wgen add: one more thing in a spec, written where a person would write it.
#include "cmd_parts.h"

#include <string.h>

static const Loc nowhere = {0};

// What is said if `missing`, fields of which there is no example of one word, were not given.
static const char *refusal(const SpecEdit *e, const Kind *kind, Str name, Str missing) {
    Str how = str_eq(kind->name, S("workflow"))
                  ? str_fmt(e->arena, "`wgen new workflow %.*s` begins one", SFMT(name))
                  : str_fmt(e->arena, "say it there: `wgen add %.*s %.*s%.*s`", SFMT(kind->name),
                            SFMT(name), SFMT(missing));
    return str_join(e->arena, S("nothing was written; "), how, S("")).ptr;
}

// What the user gave as FIELD=VALUE, and for what a kind needs its example, as a flow map.
static bool put_fields(SpecEdit *e, const Kind *kind, Str name_of, Buf *out,
                       const Field **assumed) {
    Cli *cli = e->cli;
    bool any = false;
    Str missing = S("");
    buf_char(out, '{');
    for (size_t i = 0; kind && i < kind->shape.count; i++) {
        const Field *f = &kind->shape.fields[i];
        bool given = false;
        for (size_t j = 2; j < cli->arg_count; j++) {
            Str rest = str_from(cli->args[j]), name = {0};
            str_split(&rest, '=', &name);
            given = given || str_eq(name, f->name);
        }
        if (given || !f->required || f->derived)
            continue;
        if (!node_is_scalar(f->example)) {
            missing = str_fmt(e->arena, "%.*s %.*s=VALUE", SFMT(missing), SFMT(f->name));
            e->refusal = refusal(e, kind, name_of, missing);
            continue;
        }
        buf_fmt(out, "%s%.*s: %.*s", any ? ", " : "", SFMT(f->name), SFMT(f->example->text));
        any = true;
        *assumed = f;
    }
    for (size_t j = 2; j < cli->arg_count; j++) {
        Str rest = str_from(cli->args[j]), name = {0};
        str_split(&rest, '=', &name);
        if (!rest.ptr || !name.len) {
            diag_error(cli->diags, nowhere, "usage", "`%s` is no field", cli->args[j]);
            diag_help(cli->diags, "write FIELD=VALUE, such as `retention=7d`");
            return false;
        }
        buf_fmt(out, "%s%.*s: %.*s", any ? ", " : "", SFMT(name), SFMT(rest));
        any = true;
    }
    buf_char(out, '}');
    return true;
}

static bool put(SpecEdit *e, size_t file, Str changed, Str section) {
    if (!changed.ptr) {
        diag_error(e->cli->diags, spec_edit_loc(e, file, &section, 1), "usage",
                   "`%.*s` is not written so that something can be added to it", SFMT(section));
        diag_help(e->cli->diags, "make it a map, with a name on each line");
        return false;
    }
    e->texts[file] = changed;
    return true;
}

static bool add_thing(SpecEdit *e, const Kind *kind, Str name, const Field **assumed) {
    const Str path[] = {kind->section, name};
    Buf value = {.arena = e->arena};
    if (spec_edit_is_taken(e, path, 2, kind->name) || !put_fields(e, kind, name, &value, assumed)) {
        buf_free(&value);
        return false;
    }
    size_t file = spec_edit_home(e, path, 1);
    Str changed = edit_add(e->arena, e->texts[file], path, 1, name, buf_keep(&value, e->arena));
    buf_free(&value);
    return put(e, file, changed, kind->section);
}

static bool add_project(SpecEdit *e, Str name) {
    const Str path[] = {S("projects"), name};
    if (spec_edit_is_taken(e, path, 2, S("project")))
        return false;
    size_t file = spec_edit_home(e, path, 1);
    return put(e, file, edit_add(e->arena, e->texts[file], path, 1, name, S("[]")), path[0]);
}

static bool add_user(SpecEdit *e, Str name) {
    Str user = name, project;
    str_split(&user, '/', &project);
    if (!user.ptr) {
        diag_error(e->cli->diags, nowhere, "usage", "a user is added to a project");
        diag_help(e->cli->diags, "write `wgen add user PROJECT/%.*s`", SFMT(name));
        return false;
    }
    if (!spec_edit_is_name(e->cli, project, S("project")) ||
        !spec_edit_is_name(e->cli, user, S("user")))
        return false;
    const Str path[] = {S("projects"), project};
    ptrdiff_t at = spec_edit_file(e, path, 2);
    size_t file = at < 0 ? spec_edit_home(e, path, 1) : (size_t)at;
    Str text = e->texts[file];
    if (at >= 0 && edit_has(edit_find(cst_read(e->arena, text), path, 2), user)) {
        diag_error(e->cli->diags, spec_edit_loc(e, file, path, 2), "duplicate-name",
                   "project `%.*s` has a user `%.*s` already", SFMT(project), SFMT(user));
        return false;
    }
    Str changed =
        at < 0 ? edit_add(e->arena, text, path, 1, project, str_fmt(e->arena, "[%.*s]", SFMT(user)))
               : edit_add_item(e->arena, text, path, 2, user);
    return put(e, file, changed, path[0]);
}

static const char *next_step(const SpecEdit *e, Str kind, Str name, const Field *assumed) {
    if (assumed)
        return str_fmt(e->arena,
                       "next: say what its `%.*s` is, which is an example, then `wgen build`",
                       SFMT(assumed->name))
            .ptr;
    Str code = spec_edit_code(e, kind, name);
    if (code.len)
        return str_fmt(e->arena, "next: `wgen build` writes the skeleton of its code, %.*s",
                       SFMT(code))
            .ptr;
    return "next: `wgen build`";
}

static int run(Cli *cli) {
    SpecEdit e;
    if (cli->arg_count < 2) {
        diag_error(cli->diags, nowhere, "usage", "what is added, and its name, is not said");
        spec_edit_usage(cli, "NAME");
        return cmd_end(cli, NULL);
    }
    Str word = str_from(cli->args[0]), name = str_from(cli->args[1]);
    if (!spec_edit_open(&e, cli))
        return cmd_end(cli, "nothing was written");
    const Field *assumed = NULL;
    bool is_user = str_eq(word, S("user")), is_project = str_eq(word, S("project"));
    const Kind *kind = is_user || is_project ? NULL : spec_edit_kind(&e, word);
    if (is_user)
        add_user(&e, name);
    else if (is_project || kind) {
        word = kind ? kind->name : word;
        if (spec_edit_is_name(cli, name, word) && !kind)
            add_project(&e, name);
        else if (cli->diags->errors == 0)
            add_thing(&e, kind, name, &assumed);
    }
    return spec_edit_end(&e,
                         str_fmt(e.arena, "%.*s `%.*s` is now in %.*s\n%s", SFMT(word), SFMT(name),
                                 SFMT(spec_edit_where(&e)), next_step(&e, word, name, assumed))
                             .ptr);
}

const Command command_add = {
    .name = "add",
    .args = "KIND NAME [FIELD=VALUE...]",
    .doc = "add a project, a user, a queue, a function, ... to a spec",
    .about =
        "Writes it where a person would, and leaves comments and order as they are. KIND is one\n"
        "of `wgen explain --list`, `project`, or `user`, whose name is PROJECT/USER. A VALUE is\n"
        "YAML. What a kind cannot do without is filled in with its example, if that is one word;\n"
        "`wgen new workflow NAME` begins a workflow.",
    .examples =
        "wgen add queue orders                        # with its dead-letter queue and alarm\n"
        "wgen add queue orders fifo=true retention=7d # with fields\n"
        "wgen add user amelia/jane                    # all that is `per: user`, for her\n"
        "wgen add table sessions key=id --dry-run     # show it only\n",
    .takes = {OPT_SPEC, OPT_DRY_RUN},
    .most_args = 64,
    .run = run,
};
