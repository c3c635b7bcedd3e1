// cmd_explain.c - wgen explain: an error by its id, a kind by its name, a field by KIND.FIELD.
#include "cmd.h"
#include "file.h"
#include "rules.h"

static void put_indented(Buf *out, Str text, const char *lead) {
    Str line;
    while (str_split(&text, '\n', &line)) {
        if (!text.ptr && !line.len)
            break;
        buf_fmt(out, "%s%.*s\n", line.len ? lead : "", SFMT(line));
    }
}

static void put_example(Buf *out, const char *title, const Node *example) {
    if (!example)
        return;
    buf_fmt(out, "\n%s:\n", title);
    if (node_is_scalar(example))
        put_indented(out, example->text, "    ");
    for (uint32_t i = 0; node_is_map(example) && i < example->count; i++) {
        buf_fmt(out, "    # %.*s\n", SFMT(example->entries[i].key->text));
        put_indented(out, node_str(example->entries[i].value), "    ");
    }
}

static void put_rule(Buf *out, const Rule *rule) {
    buf_fmt(out, "%.*s: %.*s\n", SFMT(rule->id), SFMT(rule->what));
    if (rule->why.len) {
        buf_char(out, '\n');
        put_indented(out, rule->why, "");
    }
    if (rule->source.len)
        buf_fmt(out, "\nSource: %.*s\n", SFMT(rule->source));
    if (rule->example.len) {
        buf_char(out, '\n');
        put_indented(out, rule->example, "");
    }
    put_example(out, "Wrong", rule->bad);
    put_example(out, "Right", rule->good);
}

static void put_default(Buf *out, const Field *f) {
    if (f->required)
        buf_put(out, S("; required"));
    else if (node_is_scalar(f->fallback))
        buf_fmt(out, "; default %.*s", SFMT(f->fallback->text));
}

static void put_field(Cli *cli, Buf *out, const Field *f) {
    Str says = field_says(cli->arena, f);
    buf_fmt(out, "  %.*s: %.*s", SFMT(f->name), SFMT(says));
    put_default(out, f);
    buf_fmt(out, "\n      %.*s\n", SFMT(f->doc));
    if (node_is_scalar(f->example))
        buf_fmt(out, "      For example `%.*s: %.*s`.\n", SFMT(f->name), SFMT(f->example->text));
}

static void put_shape(Cli *cli, Buf *out, const Shape *shape) {
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].derived)
            put_field(cli, out, &shape->fields[i]);
}

// The lines of an example as they stand in the kind's file: up to the next one, or the next key.
static void put_source(Buf *out, const Source *src, uint32_t from, uint32_t to) {
    Str rest = src->text, line;
    for (uint32_t n = 1; n < to && str_split(&rest, '\n', &line); n++) {
        if (n > from && line.len && line.ptr[0] != ' ')
            break;
        if (n > from && line.len)
            buf_fmt(out, "  %.*s\n", SFMT(str_cut(line, 2, line.len)));
    }
}

static void put_examples(Buf *out, const Kind *kind) {
    const Node *list = kind->examples;
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++) {
        const Node *example = list->items[i];
        uint32_t next = i + 1 < list->count ? list->items[i + 1]->loc.line : UINT32_MAX;
        buf_fmt(out, "\nExample: %.*s\n", SFMT(node_get_str(example, S("doc"))));
        put_source(out, kind->src, example->loc.line, next);
    }
}

static void put_kind(Cli *cli, Buf *out, const Kind *kind) {
    buf_fmt(out, "%.*s: %.*s\n", SFMT(kind->name), SFMT(kind->doc));
    if (!kind->internal)
        buf_fmt(out, "It stands under `%.*s`.\n", SFMT(kind->section));
    buf_put(out, S("\nFields:\n"));
    put_shape(cli, out, &kind->shape);
    if (kind->attr_count)
        buf_put(out, S("\nOthers may ask for:\n"));
    for (size_t i = 0; i < kind->attr_count; i++)
        buf_fmt(out, "  $(NAME.%.*s)%s%.*s\n", SFMT(kind->attrs[i].name),
                kind->attrs[i].doc.len ? "  " : "", SFMT(kind->attrs[i].doc));
    if (kind->verb_count)
        buf_put(out, S("\nAccess, as `uses` names it:\n"));
    for (size_t i = 0; i < kind->verb_count; i++)
        buf_fmt(out, "  %.*s\n", SFMT(kind->verbs[i].name));
    put_examples(out, kind);
}

static bool load_stage(Kinds *kinds, Shape *shape) {
    const Node *root = template_tree(kinds, S("language/stage.yaml"));
    return shape_load(kinds->arena, kinds->diags, node_get(root, S("fields")), S("stage"), shape);
}

// What is in a field, in one of the shapes that it may have, or NULL.
static const Shape *inside(const Field *field) {
    for (const Field *f = field; f; f = f->otherwise) {
        const Shape *shape = f->shape.count ? &f->shape : f->of ? inside(f->of) : NULL;
        if (shape)
            return shape;
    }
    return NULL;
}

// `dead-letter` of a queue, and below it as deep as the fields go.
static const Field *find_field(const Shape *shape, Str path) {
    const Field *field = NULL;
    Str name;
    while (str_split(&path, '.', &name)) {
        field = shape ? shape_find(shape, name) : NULL;
        if (!field)
            return NULL;
        shape = inside(field);
    }
    return field;
}

static bool put_path(Cli *cli, Buf *out, const Shape *shape, Str path) {
    const Field *field = find_field(shape, path);
    if (!field)
        return false;
    put_field(cli, out, field);
    const Shape *inner = inside(field);
    if (inner)
        buf_put(out, S("\nFields of it:\n"));
    if (inner)
        put_shape(cli, out, inner);
    return true;
}

static bool put_topic(Cli *cli, Buf *out, Kinds *kinds, Str topic) {
    Shape stage = {0};
    Str rest = topic, name;
    str_split(&rest, '.', &name);
    const Rule *rule = rule_find(kinds, topic);
    const Kind *kind = kind_find(kinds, name);
    if (!kind)
        kind = kind_of_section(kinds, name);
    if (rule)
        put_rule(out, rule);
    else if (kind && rest.len)
        return put_path(cli, out, &kind->shape, rest);
    else if (kind)
        put_kind(cli, out, kind);
    else if (!str_eq(name, S("stage")) || !load_stage(kinds, &stage))
        return false;
    else if (rest.len)
        return put_path(cli, out, &stage, rest);
    else
        put_shape(cli, out, &stage);
    return true;
}

static size_t topics(Cli *cli, Kinds *kinds, Str **names) {
    Str *ids, *all;
    size_t id_count = rule_ids(cli->arena, &ids), kind_count = kind_names(kinds, &all);
    *names = arena_new(cli->arena, Str, id_count + kind_count + 1);
    for (size_t i = 0; i < kind_count; i++)
        (*names)[i] = all[i];
    for (size_t i = 0; i < id_count; i++)
        (*names)[kind_count + i] = ids[i];
    return id_count + kind_count;
}

static void put_list(Cli *cli, Buf *out, Kinds *kinds) {
    Str *names;
    size_t count = kind_names(kinds, &names);
    buf_put(out, S("Kinds of resources:\n"));
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = kind_find(kinds, names[i]);
        if (kind && !kind->internal)
            buf_fmt(out, "  %-24.*s %.*s\n", SFMT(kind->name), SFMT(kind->doc));
    }
    buf_put(out, S("\nErrors:\n"));
    count = rule_ids(cli->arena, &names);
    for (size_t i = 0; i < count; i++) {
        const Rule *rule = rule_find(kinds, names[i]);
        if (rule)
            buf_fmt(out, "  %-24.*s %.*s\n", SFMT(rule->id), SFMT(rule->what));
    }
}

// Of `queue.visibilty`: the field of that kind that may have been meant.
static bool guess_field(Cli *cli, Kinds *kinds, Str topic) {
    Str rest = topic, word;
    str_split(&rest, '.', &word);
    const Kind *kind = rest.len ? kind_find(kinds, word) : NULL;
    if (!kind)
        return false;
    Str *names = arena_new(cli->arena, Str, kind->shape.count);
    for (size_t i = 0; i < kind->shape.count; i++)
        names[i] = str_fmt(cli->arena, "%.*s.%.*s", SFMT(word), SFMT(kind->shape.fields[i].name));
    if (!diag_guess(cli->diags, topic, names, kind->shape.count))
        diag_help(cli->diags, "`wgen explain %.*s` lists its fields", SFMT(word));
    return true;
}

static int run(Cli *cli) {
    Kinds *kinds = cmd_kinds(cli);
    Buf out = {.arena = cli->arena};
    if (cli_has(cli, OPT_LIST) || cli->arg_count == 0)
        put_list(cli, &out, kinds);
    for (size_t i = 0; i < cli->arg_count; i++) {
        Str topic = str_from(cli->args[i]), *names;
        if (put_topic(cli, &out, kinds, topic))
            continue;
        size_t count = topics(cli, kinds, &names);
        diag_error(cli->diags, (Loc){0}, "usage", "nothing is called `%.*s`", SFMT(topic));
        if (!guess_field(cli, kinds, topic) && !diag_guess(cli->diags, topic, names, count))
            diag_help(cli->diags, "`wgen explain --list` lists what can be explained");
    }
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    return cmd_end(cli, NULL);
}

const Command command_explain = {
    .name = "explain",
    .args = "ID|KIND|KIND.FIELD...",
    .doc = "say more about an error, a kind of resource, or one of its fields",
    .about =
        "An error is named by the id in brackets behind `error`. A kind lists its fields with\n"
        "their types, defaults and ranges; `system` and `stage` are explained the same way.",
    .examples = "wgen explain wrong-type          # an error\n"
                "wgen explain queue               # all fields of a kind\n"
                "wgen explain queue.dead-letter   # one field, with what is in it\n"
                "wgen explain --list              # everything there is to explain\n",
    .takes = {OPT_LIST},
    .most_args = 64,
    .run = run,
};
