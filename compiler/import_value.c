// import_value.c - values of states -> values of stages.
#include "build.h"
#include "import_parts.h"
#include "unit.h"

Node *import_word(const Importer *im, const char *word, Loc at) {
    return node_plain(im->arena, str_from(word), at);
}

// `$(` begins a hole in a spec; every `$` before a bracket is doubled, so that it is a `$`.
static Node *escaped(const Importer *im, Node *n) {
    if (n->type != NODE_SCALAR || str_find(n->text, S("$(")) < 0)
        return n;
    Buf b = {.arena = im->arena};
    size_t dollars = 0; // just before here
    for (size_t i = 0; i < n->text.len; i++) {
        char c = n->text.ptr[i];
        for (; c == '(' && dollars; dollars--)
            buf_char(&b, '$');
        dollars = c == '$' ? dollars + 1 : 0;
        buf_char(&b, c);
    }
    Node *out = node_string(im->arena, buf_keep(&b, im->arena), n->loc);
    buf_free(&b);
    return out;
}

// A tree as it is, whatever in it looks like an expression.
static Node *escaped_tree(const Importer *im, Node *n) {
    Node *out = n->type == NODE_MAP ? node_map(im->arena, n->loc) : node_list(im->arena, n->loc);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        node_entry(im->arena, out, n->entries[i].key, escaped_tree(im, n->entries[i].value));
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        node_push(im->arena, out, escaped_tree(im, n->items[i]));
    return n->type == NODE_MAP || n->type == NODE_LIST ? out : escaped(im, n);
}

static Node *literal(const Importer *im, Node *n) {
    Node *map = node_map(im->arena, n->loc);
    node_set(im->arena, map, S("literal"), n);
    return map;
}

Node *import_literal(const Importer *im, Node *n) {
    return literal(im, escaped_tree(im, n));
}

// `key: null` is no key at all in a spec.
void import_put(const Importer *im, Node *stage, const char *key, Node *value) {
    if (value)
        node_set(im->arena, stage, str_from(key), node_is_null(value) ? literal(im, value) : value);
}

Node *import_text(const Importer *im, Node *n, Query query) {
    bool looks = query == QUERY_PATH && lower_is_expression(&im->probe, n, QUERY_PATH);
    return looks ? literal(im, escaped(im, n)) : escaped(im, n);
}

Node *import_expression(const Importer *im, Node *n) {
    return escaped(im, n);
}

// `{literal: ...}` means something else in a stage.
static bool is_ambiguous(const Node *n) {
    return n->count == 1 && (str_eq(n->entries[0].key->text, S("literal")) ||
                             str_eq(n->entries[0].key->text, S("literal.$")));
}

static Node *import_map(const Importer *im, Node *n, Query query) {
    if (is_ambiguous(n))
        return import_literal(im, n);
    Node *map = node_map(im->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        Node *key = n->entries[i].key, *value = n->entries[i].value;
        bool marked = query == QUERY_PATH && str_ends(key->text, S(".$"));
        bool seen = marked && lower_is_expression(&im->probe, value, QUERY_PATH);
        if (seen)
            key = node_string(im->arena, str_cut(key->text, 0, key->text.len - 2), key->loc);
        node_entry(im->arena, map, key,
                   marked ? escaped(im, value) : import_template(im, value, query));
    }
    return map;
}

Node *import_template(const Importer *im, Node *n, Query query) {
    if (n->type == NODE_SCALAR)
        return import_text(im, n, query);
    if (n->type == NODE_MAP)
        return import_map(im, n, query);
    if (n->type != NODE_LIST)
        return n;
    Node *list = node_list(im->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++)
        node_push(im->arena, list, import_template(im, n->items[i], query));
    return list;
}

// A number of seconds as a duration, if that says the same; one that has three units is no easier
// to read than the seconds.
Node *import_seconds(const Importer *im, Node *n) {
    long long seconds;
    if (node_scalar_type(n) != SCALAR_INT || !node_to_int(n, &seconds) || seconds < 0)
        return node_scalar_type(n) == SCALAR_STRING ? escaped(im, n) : n;
    Str text = unit_write_duration(im->arena, seconds);
    size_t units = 0;
    for (size_t i = 0; i < text.len; i++)
        units += text.ptr[i] > '9';
    if (units > 2)
        text = str_fmt(im->arena, "%llds", seconds);
    return node_string(im->arena, text, n->loc);
}

Node *import_path(const Importer *im, Node *n) {
    return node_is_null(n) ? import_word(im, "none", n->loc) : escaped(im, n);
}

// One name alone, or a list; States.ALL is what is meant without any.
static Node *import_errors(const Importer *im, Node *n) {
    bool one = n->count == 1;
    if (one && str_eq(node_str(n->items[0]), S("States.ALL")))
        return NULL;
    Node *list = node_list(im->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        bool is_all = str_eq(node_str(n->items[i]), S("all"));
        Node *name = escaped(im, n->items[i]);
        node_push(im->arena, list, is_all ? literal(im, name) : name);
    }
    return one ? list->items[0] : list;
}

static Node *unlisted(const Node *list) {
    return list->count == 1 ? list->items[0] : (Node *)list;
}

Node *import_retry(const Importer *im, const Node *n) {
    Node *list = node_list(im->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *from = n->items[i];
        Node *out = node_map(im->arena, from->loc), *value;
        import_put(im, out, "error", import_errors(im, node_get(from, S("ErrorEquals"))));
        if ((value = node_get(from, S("IntervalSeconds"))))
            import_put(im, out, "every", import_seconds(im, value));
        import_put(im, out, "attempts", node_get(from, S("MaxAttempts")));
        import_put(im, out, "backoff", node_get(from, S("BackoffRate")));
        if ((value = node_get(from, S("MaxDelaySeconds"))))
            import_put(im, out, "at-most", import_seconds(im, value));
        if ((value = node_get(from, S("JitterStrategy"))))
            import_put(
                im, out, "jitter",
                import_word(im, str_eq(node_str(value), S("FULL")) ? "full" : "none", value->loc));
        if ((value = node_get(from, S("Comment"))))
            import_put(im, out, "comment", escaped(im, value));
        node_push(im->arena, list, out);
    }
    return unlisted(list);
}

Node *import_catch(const Importer *im, const Node *n, Query query) {
    Node *list = node_list(im->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *from = n->items[i];
        Node *out = node_map(im->arena, from->loc), *value;
        import_put(im, out, "error", import_errors(im, node_get(from, S("ErrorEquals"))));
        import_put(im, out, "go", escaped(im, node_get(from, S("Next"))));
        if ((value = node_get(from, S("ResultPath"))))
            import_put(im, out, "save", import_path(im, value));
        if ((value = node_get(from, S("Assign"))))
            import_put(im, out, "assign", import_template(im, value, query));
        if ((value = node_get(from, S("Output"))))
            import_put(im, out, "output", import_template(im, value, query));
        if ((value = node_get(from, S("Comment"))))
            import_put(im, out, "comment", escaped(im, value));
        node_push(im->arena, list, out);
    }
    return unlisted(list);
}
