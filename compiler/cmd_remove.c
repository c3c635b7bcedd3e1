// cmd_remove.c - wgen remove: takes a thing out of a spec, if nothing else needs it.
#include "cmd_parts.h"

#include <string.h>

static const Loc nowhere = {0};

// Out of every file, and out of what environments change of it.
static size_t remove_at(SpecEdit *e, const Str *path, size_t count, Str name) {
    size_t removed = 0;
    for (size_t i = 0; i < e->path.count; i++) {
        Str changed = edit_remove(e->arena, e->texts[i], path, count, name);
        removed += changed.ptr != NULL;
        e->texts[i] = changed.ptr ? changed : e->texts[i];
    }
    return removed;
}

static void remove_from_environments(SpecEdit *e, Str section, Str name) {
    for (size_t i = 0; i < e->path.count; i++) {
        const Str envs[] = {S("environments")};
        const Cst *map = edit_find(cst_read(e->arena, e->texts[i]), envs, 1);
        for (uint32_t j = 0; cst_is_map(map) && j < map->count; j++) {
            const Str path[] = {envs[0], map->items[j]->key->text, section};
            remove_at(e, path, 3, name);
        }
    }
}

// What becomes of it where it is deployed, by its kind.
static const char *fate_of(const SpecEdit *e, const Kind *kind, Str name) {
    const Node *part =
        kind->cloudformation && kind->cloudformation->count ? kind->cloudformation->items[0] : NULL;
    Str deletion = node_get_str(part, S("deletion"));
    if (str_eq(deletion, S("retain")))
        return str_fmt(e->arena,
                       "next: `wgen build`; when that is deployed, the %.*s `%.*s` stays in AWS "
                       "with its data, and is no longer managed, unless it is `ephemeral`",
                       SFMT(kind->name), SFMT(name))
            .ptr;
    if (str_eq(deletion, S("delete")))
        return str_fmt(e->arena,
                       "next: `wgen build`; when that is deployed, the %.*s `%.*s` is deleted "
                       "with all that is in it",
                       SFMT(kind->name), SFMT(name))
            .ptr;
    return "next: `wgen build`";
}

static const char *remove_thing(SpecEdit *e, const Kind *kind, Str name) {
    if (!remove_at(e, &kind->section, 1, name)) {
        const Str path[] = {kind->section, name};
        spec_edit_not_there(e, path, 2, kind->name);
        return "";
    }
    remove_from_environments(e, kind->section, name);
    e->refusal =
        str_fmt(e->arena, "`%.*s` is still needed there; nothing was written", SFMT(name)).ptr;
    Str code = spec_edit_code(e, kind->name, name);
    if (code.len)
        return str_fmt(e->arena, "next: `wgen build`; its code, %.*s, is yours and stays",
                       SFMT(code))
            .ptr;
    return fate_of(e, kind, name);
}

static const char *remove_item(SpecEdit *e, bool is_user, Str name) {
    Str user = name, project;
    str_split(&user, '/', &project);
    const Str path[] = {S("projects"), project, user};
    bool done = is_user ? user.ptr && remove_at(e, path, 2, user) : remove_at(e, path, 1, name);
    if (!done)
        spec_edit_not_there(e, path, is_user && user.ptr ? 3 : 2,
                            is_user ? S("user") : S("project"));
    return "next: `wgen build`; when that is deployed, all that is `per: user` goes with it, with "
           "what is in its queues";
}

static int run(Cli *cli) {
    SpecEdit e;
    if (cli->arg_count < 2) {
        diag_error(cli->diags, nowhere, "usage", "what is removed, and its name, is not said");
        spec_edit_usage(cli, "NAME");
        return cmd_end(cli, NULL);
    }
    Str word = str_from(cli->args[0]), name = str_from(cli->args[1]);
    if (!spec_edit_open(&e, cli))
        return cmd_end(cli, "nothing was written");
    bool is_user = str_eq(word, S("user")), is_item = is_user || str_eq(word, S("project"));
    const Kind *kind = is_item ? NULL : spec_edit_kind(&e, word);
    const char *fate = is_item ? remove_item(&e, is_user, name)
                       : kind  ? remove_thing(&e, kind, name)
                               : "";
    return spec_edit_end(&e, str_fmt(e.arena, "%.*s `%.*s` is no longer in %.*s\n%s", SFMT(word),
                                     SFMT(name), SFMT(spec_edit_where(&e)), fate)
                                 .ptr);
}

const Command command_remove = {
    .name = "remove",
    .args = "KIND NAME",
    .doc = "take something out of a spec",
    .about =
        "Removes it, what environments change of it, and the comments inside of it. If something\n"
        "else still needs it, that is shown, and nothing is written. A user is PROJECT/USER.",
    .examples = "wgen remove queue orders             # and say what becomes of it in AWS\n"
                "wgen remove user amelia/jane         # all that is `per: user`, of hers\n"
                "wgen remove table sessions --dry-run # show it only\n",
    .takes = {OPT_SPEC, OPT_DRY_RUN},
    .most_args = 2,
    .run = run,
};
