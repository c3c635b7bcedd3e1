// rules.c - reading the documentation of errors. It is read when somebody asks, never to report.
#include "rules.h"

#include "embedded.h"

static const Str prefix = {"rules/", 6};
static const Str suffix = {".yaml", 5};

static void check_keys(Kinds *kinds, const Node *root) {
    static const char *const keys[] = {"family", "what", "why", "source", "bad", "good", "example"};
    for (uint32_t i = 0; i < root->count; i++) {
        const Node *key = root->entries[i].key;
        if (!str_is_one_of(key->text, keys, COUNT(keys)))
            diag_error(kinds->diags, key->loc, "template", "a rule has no key `%.*s`",
                       SFMT(key->text));
    }
}

const Rule *rule_find(Kinds *kinds, Str id) {
    const Node *root = template_tree(kinds, str_fmt(kinds->arena, "rules/%.*s.yaml", SFMT(id)));
    if (!node_is_map(root))
        return NULL;
    check_keys(kinds, root);
    Rule *rule = arena_new(kinds->arena, Rule, 1);
    rule->id = id;
    rule->family = node_get_str(root, S("family"));
    rule->what = node_get_str(root, S("what"));
    rule->why = str_trim(node_get_str(root, S("why")));
    rule->source = node_get_str(root, S("source"));
    rule->bad = node_get(root, S("bad"));
    rule->good = node_get(root, S("good"));
    rule->example = str_trim(node_get_str(root, S("example")));
    return rule;
}

size_t rule_ids(Arena *a, Str **ids) {
    size_t count = 0;
    *ids = arena_new(a, Str, embedded_count + 1);
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = str_from(embedded_files[i].path);
        if (str_starts(path, prefix) && str_ends(path, suffix))
            (*ids)[count++] = str_cut(path, prefix.len, path.len - suffix.len);
    }
    return count;
}
