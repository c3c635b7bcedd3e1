// lower_value.c - values of stages -> values of states: expressions, templates, durations, retriers
// and catchers.
#include "build.h"
#include "lower.h"
#include "unit.h"

#include <string.h>

static Node *fail(Lower *l, const Node *n, const char *field, const char *wants) {
    diag_error(l->diags, n->loc, "wrong-type", "`%s` needs %s", field, wants);
    if (node_is_scalar(n))
        diag_label(l->diags, "found `%.*s`", SFMT(n->text));
    return NULL;
}

// --- texts with open pieces

enum { PRIVATE = 0xE000 }; // Unicode's private characters stand for open pieces: U+E000 + index

Str lower_flat(const Lower *l, const Node *n) {
    if (n->type != NODE_TEXT)
        return node_str(n);
    Buf b = {.arena = l->arena};
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind == PIECE_LITERAL)
            buf_put(&b, n->pieces[i].text);
        else
            buf_fmt(&b, "\xEE%c%c", 0x80 | (char)(i >> 6 & 0x3F), 0x80 | (char)(i & 0x3F));
    }
    Str flat = buf_keep(&b, l->arena);
    buf_free(&b);
    return flat;
}

static Node *unflat_text(const Lower *l, const Node *n, Node *scalar) {
    Str s = scalar->text;
    Node *text = node_text(l->arena, scalar->loc);
    ptrdiff_t at;
    while ((at = str_find(s, S("\xEE"))) >= 0 && (size_t)at + 2 < s.len) {
        uint32_t i = (uint32_t)(s.ptr[at + 1] & 0x3F) << 6 | (uint32_t)(s.ptr[at + 2] & 0x3F);
        bool open = i < n->count && n->pieces[i].kind != PIECE_LITERAL;
        size_t taken = (size_t)at + (open ? 0 : 3);
        node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = str_cut(s, 0, taken)});
        if (open)
            node_piece(l->arena, text, n->pieces[i]);
        s = str_cut(s, (size_t)at + 3, s.len);
    }
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = s});
    return node_settle(l->arena, text);
}

Node *lower_unflat(const Lower *l, const Node *n, Node *tree) {
    if (n->type != NODE_TEXT)
        return tree;
    if (tree->type == NODE_SCALAR && str_find(tree->text, S("\xEE")) >= 0)
        return unflat_text(l, n, tree);
    for (uint32_t i = 0; tree->type == NODE_LIST && i < tree->count; i++)
        tree->items[i] = lower_unflat(l, n, tree->items[i]);
    for (uint32_t i = 0; tree->type == NODE_MAP && i < tree->count; i++)
        tree->entries[i].value = lower_unflat(l, n, tree->entries[i].value);
    return tree;
}

// --- expressions

// `$name` is an expression where the workflow has such a variable, and else a text that has a `$`.
static bool is_variable(const Lower *l, Str s) {
    size_t end = 1;
    while (end < s.len && !strchr(".[", s.ptr[end]))
        end++;
    return end > 1 && strmap_get(&l->variables, str_cut(s, 1, end));
}

bool lower_is_expression(const Lower *l, const Node *n, Query query) {
    static const Str starts[] = {
        {"$.",  2},
        {"$[",  2},
        {"$$.", 3},
        {"$$[", 3}
    };
    if (!node_is_string(n))
        return false;
    Str s = n->type != NODE_TEXT                             ? n->text
            : n->count && n->pieces[0].kind == PIECE_LITERAL ? n->pieces[0].text
                                                             : (Str){0};
    if (query == QUERY_JSONATA)
        return str_starts(s, S("{%"));
    if (n->type != NODE_TEXT && (str_eq(s, S("$")) || str_eq(s, S("$$"))))
        return true;
    for (size_t i = 0; i < COUNT(starts); i++)
        if (str_starts(s, starts[i]))
            return true;
    if (str_starts(s, S("States.")))
        return str_find(s, S("(")) > 0; // and not the name of an error
    return str_starts(s, S("$")) && is_variable(l, s);
}

// The text of States.Format, in which quotes, braces and backslashes are escaped.
static void put_format(Lower *l, Node *text, Str s) {
    Buf b = {.arena = l->arena};
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("'{}\\", s.ptr[i]))
            buf_char(&b, '\\');
        buf_char(&b, s.ptr[i]);
    }
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = buf_keep(&b, l->arena)});
    buf_free(&b);
}

// What stands between the quotes of a text in JSONata, which knows fewer escapes than States.Format
// and none for its own quote. Source: JSONata, string literals.
static void put_quoted(Lower *l, Node *text, Str s) {
    Buf b = {.arena = l->arena};
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'')
            buf_put(&b, S("\\u0027"));
        else if (s.ptr[i] == '\\')
            buf_put(&b, S("\\\\"));
        else if (s.ptr[i] == '{' && i + 1 < s.len && s.ptr[i + 1] == '%')
            buf_put(&b, S("\\u007b")); // no sign of an expression within one
        else if (s.ptr[i] == '}' && i > 0 && s.ptr[i - 1] == '%')
            buf_put(&b, S("\\u007d"));
        else
            buf_char(&b, s.ptr[i]);
    }
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = buf_keep(&b, l->arena)});
    buf_free(&b);
}

static void put_literal(const Lower *l, Node *text, const char *s) {
    node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = str_from(s)});
}

static Node *join_paths(Lower *l, const Node *n) {
    Node *text = node_text(l->arena, n->loc);
    put_literal(l, text, "States.Format('");
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind == PIECE_RUNTIME)
            put_literal(l, text, "{}");
        else if (n->pieces[i].kind == PIECE_LITERAL)
            put_format(l, text, n->pieces[i].text);
        else
            node_piece(l->arena, text, n->pieces[i]);
    }
    put_literal(l, text, "'");
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind != PIECE_RUNTIME)
            continue;
        put_literal(l, text, ", ");
        node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = n->pieces[i].text});
    }
    put_literal(l, text, ")");
    return node_settle(l->arena, text);
}

static Str inside_jsonata(Str s) {
    return asl_is_jsonata(s) ? str_trim(str_cut(s, 2, s.len - 2)) : s;
}

static Node *join_jsonata(Lower *l, const Node *n) {
    Node *text = node_text(l->arena, n->loc);
    put_literal(l, text, "{% ");
    bool quoted = false;
    for (uint32_t i = 0; i < n->count; i++) {
        const Piece *piece = &n->pieces[i];
        if ((piece->kind == PIECE_RUNTIME) == quoted) { // it begins or ends here
            put_literal(l, text, quoted ? "' & " : i > 0 ? " & '" : "'");
            quoted = !quoted;
        } else if (piece->kind == PIECE_RUNTIME && i > 0) {
            put_literal(l, text, " & ");
        }
        if (piece->kind == PIECE_RUNTIME) {
            Str inside = inside_jsonata(piece->text);
            node_piece(l->arena, text, (Piece){.kind = PIECE_LITERAL, .text = inside});
        } else if (piece->kind == PIECE_LITERAL) {
            put_quoted(l, text, piece->text);
        } else {
            node_piece(l->arena, text, *piece);
        }
    }
    put_literal(l, text, quoted ? "' %}" : " %}");
    return node_settle(l->arena, text);
}

Node *lower_join(Lower *l, Query query, const Node *n) {
    bool whole = n->count == 1 && n->pieces[0].kind == PIECE_RUNTIME;
    if (whole && (query == QUERY_PATH || asl_is_jsonata(n->pieces[0].text)))
        return node_string(l->arena, n->pieces[0].text, n->loc);
    return query == QUERY_JSONATA ? join_jsonata(l, n) : join_paths(l, n);
}

static Str execution_name(const Stage *s) {
    return s->query == QUERY_JSONATA ? S("$states.context.Execution.Name") : S("$$.Execution.Name");
}

Node *lower_execution(const Lower *l, const Stage *s) {
    Str name = execution_name(s);
    if (s->query == QUERY_JSONATA)
        name = str_fmt(l->arena, "{%% %.*s %%}", SFMT(name));
    return node_string(l->arena, name, s->node->loc);
}

static void within_expression(Lower *l, const Stage *s, const Node *n, const char *where) {
    bool jsonata = s->query == QUERY_JSONATA;
    diag_error(l->diags, n->loc, jsonata ? "bad-jsonata" : "bad-expression",
               "`$(execution)` is an expression itself, and stands within %s", where);
    diag_help(l->diags, "write `%.*s` in an expression", SFMT(execution_name(s)));
}

// `$(execution)` and `$(stage)` in a text, as expressions of the stage's language.
static Node *fill_runtime(Lower *l, const Stage *s, const Node *n) {
    Node *text = node_text(l->arena, n->loc);
    for (uint32_t i = 0; i < n->count; i++) {
        Piece piece = n->pieces[i];
        if (piece.kind == PIECE_RUNTIME && str_eq(piece.text, S("stage")))
            piece = (Piece){.kind = PIECE_LITERAL, .text = s->name};
        else if (piece.kind == PIECE_RUNTIME)
            piece.text = execution_name(s);
        node_piece(l->arena, text, piece);
    }
    if (!node_has_piece(text, PIECE_RUNTIME))
        return node_settle(l->arena, text);
    if (lower_is_expression(l, n, s->query))
        within_expression(l, s, n, "one");
    return lower_join(l, s->query, text);
}

static bool any_runtime(const Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (any_runtime(n->items[i]))
            return true;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        if (any_runtime(n->entries[i].value))
            return true;
    return node_has_piece(n, PIECE_RUNTIME);
}

static Node *fill_tree(Lower *l, const Stage *s, Node *n) {
    if (!any_runtime(n))
        return n;
    if (n->type == NODE_TEXT)
        return fill_runtime(l, s, n);
    Node *made = arena_new(l->arena, Node, 1);
    *made = *n;
    made->count = made->cap = 0;
    made->items = NULL;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        node_push(l->arena, made, fill_tree(l, s, n->items[i]));
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        node_entry(l->arena, made, n->entries[i].key, fill_tree(l, s, n->entries[i].value));
    Node *literal = n->type == NODE_MAP && n->count == 1 ? node_get(made, S("literal")) : NULL;
    if (literal && lower_is_expression(l, literal, s->query))
        within_expression(l, s, literal, "words that nothing evaluates");
    return made;
}

// Stages within have a name, and perhaps a language, of their own; what an item of a table holds is
// marshalled first, by whether it is a text.
const Node *lower_filled(Lower *l, const Stage *s) {
    static const char *const later[] = {"do", "iterator", "parallel", "item", "key", "set"};
    if (!any_runtime(s->node))
        return s->node;
    Node *made = node_map(l->arena, s->node->loc);
    for (uint32_t i = 0; i < s->node->count; i++) {
        const Entry *e = &s->node->entries[i];
        bool now = !str_is_one_of(e->key->text, later, COUNT(later));
        Node *value = now ? fill_tree(l, s, e->value) : e->value;
        if (str_eq(e->key->text, S("comment")) && lower_is_expression(l, value, s->query))
            within_expression(l, s, value, "words that nothing evaluates");
        node_entry(l->arena, made, e->key, value);
    }
    return made;
}

// --- templates

static Node *literal_of(const Node *n) {
    return n->type == NODE_MAP && n->count == 1 ? node_get(n, S("literal")) : NULL;
}

static Node *lower_list(Lower *l, const Stage *s, const Node *tree) {
    Node *list = node_list(l->arena, tree->loc);
    for (uint32_t i = 0; i < tree->count; i++) {
        Node *item = tree->items[i];
        if (node_has_piece(item, PIECE_RUNTIME))
            item = fill_runtime(l, s, item);
        if (s->query == QUERY_PATH && lower_is_expression(l, item, QUERY_PATH)) {
            diag_error(l->diags, item->loc, "expression-in-list",
                       "a list cannot hold an expression in JSONPath");
            diag_help(l->diags, "write the whole list as `States.Array(...)`, or a text that only "
                                "looks like one as `{literal: ...}`");
            continue;
        }
        node_push(l->arena, list, lower_template(l, s, item));
    }
    return list;
}

static void lower_entry(Lower *l, const Stage *s, Node *map, const Entry *e) {
    Node *value = e->value, *key = e->key;
    bool marked = s->query == QUERY_PATH && str_ends(key->text, S(".$")); // ASL's own way to say so
    if (node_has_piece(value, PIECE_RUNTIME))
        value = fill_runtime(l, s, value);
    else if (!marked && (s->query != QUERY_PATH || !lower_is_expression(l, value, QUERY_PATH)))
        value = lower_template(l, s, value);
    if (!marked && s->query == QUERY_PATH && value != literal_of(e->value) &&
        lower_is_expression(l, value, QUERY_PATH))
        key = node_string(l->arena, str_fmt(l->arena, "%.*s.$", SFMT(key->text)), key->loc);
    node_entry(l->arena, map, key, value);
}

// A text that only looks like an expression of JSONata is written as one that makes it.
static Node *lower_literal(Lower *l, Node *tree) {
    Str s = tree->text;
    if (tree->type == NODE_SCALAR && (str_starts(s, S("{%")) || str_ends(s, S("%}")))) {
        Node *text = node_text(l->arena, tree->loc);
        put_literal(l, text, "{% '");
        put_quoted(l, text, s);
        put_literal(l, text, "' %}");
        return node_settle(l->arena, text);
    }
    for (uint32_t i = 0; tree->type == NODE_LIST && i < tree->count; i++)
        tree->items[i] = lower_literal(l, tree->items[i]);
    for (uint32_t i = 0; tree->type == NODE_MAP && i < tree->count; i++)
        tree->entries[i].value = lower_literal(l, tree->entries[i].value);
    return tree;
}

Node *lower_template(Lower *l, const Stage *s, Node *tree) {
    Node *literal = literal_of(tree);
    if (literal && s->query == QUERY_JSONATA && !l->exact)
        return lower_literal(l, node_copy(l->arena, literal));
    if (literal)
        return literal;
    if (tree->type == NODE_LIST)
        return lower_list(l, s, tree);
    if (tree->type == NODE_TEXT)
        return fill_runtime(l, s, tree);
    if (tree->type != NODE_MAP)
        return tree;
    Node *map = node_map(l->arena, tree->loc);
    for (uint32_t i = 0; i < tree->count; i++)
        lower_entry(l, s, map, &tree->entries[i]);
    return map;
}

// --- fields

void lower_put(Lower *l, Node *state, const char *name, Node *value) {
    if (value)
        node_set(l->arena, state, str_from(name), value);
}

// NAMEPath for an expression of JSONPath, else NAME.
static void put_maybe_path(Lower *l, Stage *s, const AslField *f, Node *value, bool is_path) {
    lower_put(l, s->state, is_path ? str_fmt(l->arena, "%sPath", f->name.ptr).ptr : f->name.ptr,
              value);
}

static bool is_path_value(const Lower *l, const Stage *s, const Node *value) {
    return s->query == QUERY_PATH && lower_is_expression(l, value, QUERY_PATH);
}

bool lower_is_placeholder(const Lower *l, const Node *value) {
    return l->exact && str_starts(node_str(value), S("${"));
}

// That, or an expression of JSONata.
static bool is_other_text(const Lower *l, const Stage *s, const Node *value) {
    return (s->query == QUERY_JSONATA && lower_is_expression(l, value, QUERY_JSONATA)) ||
           lower_is_placeholder(l, value);
}

Node *lower_seconds(Lower *l, const char *name, Node *value) {
    long long seconds;
    if (node_is_number(value))
        return value;
    if (unit_duration(node_str(value), &seconds))
        return node_int(l->arena, seconds, value->loc);
    return fail(l, value, name, "a duration such as `30s` or `5m`, or an expression");
}

static Node *number_of(Lower *l, const char *name, Node *value, bool percent) {
    double share;
    if (node_is_number(value))
        return value;
    Str s = node_str(value);
    if (percent && unit_percent(s, &share))
        return node_plain(l->arena, str_cut(s, 0, s.len - 1), value->loc);
    return fail(l, value, name, percent ? "a percentage such as `5%`" : "a whole number");
}

static Node *path_of(Lower *l, const char *key, Node *value) {
    if (node_is_word(value, S("none")))
        return node_null(l->arena, value->loc);
    if (node_is_string(value) && (lower_is_expression(l, value, QUERY_PATH) ||
                                  str_starts(lower_flat(l, value), S("$")) || l->exact))
        return value;
    return fail(l, value, key, "a path such as `$.order`, or `none`");
}

static Node *error_of(Lower *l, Node *name) {
    Node *literal = literal_of(name);
    return literal                        ? literal
           : node_is_word(name, S("all")) ? node_string(l->arena, S("States.ALL"), name->loc)
                                          : name;
}

static Node *errors_of(Lower *l, Node *error, Loc at) {
    Node *list = node_list(l->arena, error ? error->loc : at);
    for (uint32_t i = 0; error && error->type == NODE_LIST && i < error->count; i++)
        node_push(l->arena, list, error_of(l, error->items[i]));
    if (!error)
        node_push(l->arena, list, node_string(l->arena, S("States.ALL"), at));
    else if (error->type != NODE_LIST)
        node_push(l->arena, list, error_of(l, error));
    return list;
}

static void put_seconds(Lower *l, Node *map, const char *name, const Node *from, const char *key) {
    Node *value = node_get(from, str_from(key));
    bool as_is = !value || lower_is_placeholder(l, value);
    lower_put(l, map, name, as_is ? value : lower_seconds(l, key, value));
}

// 2 as 2.0, which is how the service's own schema has it; an imported number stays as it was.
static Node *rate_of(Lower *l, Node *value) {
    if (!value || l->exact || node_scalar_type(value) != SCALAR_INT)
        return value;
    return node_plain(l->arena, str_fmt(l->arena, "%.*s.0", SFMT(value->text)), value->loc);
}

static Node *retry_of(Lower *l, const Node *value) {
    Node *list = node_list(l->arena, value->loc);
    for (uint32_t i = 0; value->type == NODE_LIST && i < value->count; i++) {
        const Node *from = value->items[i];
        Node *retrier = node_map(l->arena, from->loc);
        lower_put(l, retrier, "Comment", node_get(from, S("comment")));
        lower_put(l, retrier, "ErrorEquals", errors_of(l, node_get(from, S("error")), from->loc));
        put_seconds(l, retrier, "IntervalSeconds", from, "every");
        lower_put(l, retrier, "MaxAttempts", node_get(from, S("attempts")));
        lower_put(l, retrier, "BackoffRate", rate_of(l, node_get(from, S("backoff"))));
        put_seconds(l, retrier, "MaxDelaySeconds", from, "at-most");
        lower_put(l, retrier, "JitterStrategy", node_get(from, S("jitter")));
        node_push(l->arena, list, retrier);
    }
    return list;
}

static Node *catch_of(Lower *l, Stage *s, const Node *value) {
    Node *list = node_list(l->arena, value->loc);
    for (uint32_t i = 0; value->type == NODE_LIST && i < value->count; i++) {
        const Node *from = value->items[i];
        Stage inner = *s;
        inner.state = node_map(l->arena, from->loc);
        lower_put(l, inner.state, "Comment", node_get(from, S("comment")));
        lower_put(l, inner.state, "ErrorEquals",
                  errors_of(l, node_get(from, S("error")), from->loc));
        lower_field(l, &inner, "ResultPath", node_get(from, S("save")));
        lower_field(l, &inner, "Assign", node_get(from, S("assign")));
        lower_field(l, &inner, "Output", node_get(from, S("output")));
        lower_put(l, inner.state, "Next", node_get(from, S("go")));
        node_push(l->arena, list, inner.state);
    }
    return list;
}

// `save: $x` is Assign, in either language.
static bool put_variable(Lower *l, Stage *s, const Node *value) {
    Str text = node_str(value);
    bool is_variable = text.len > 1 && text.ptr[0] == '$' && !strchr(".[$", text.ptr[1]);
    if (!is_variable && s->query == QUERY_PATH)
        return false;
    if (!is_variable) {
        fail(l, value, "save", "a variable such as `$order` in JSONata");
        diag_help(l->diags, "what goes on from here is `output`");
        return true;
    }
    Str name = str_cut(text, 1, text.len);
    Node *assign = node_map(l->arena, value->loc);
    if (s->query == QUERY_JSONATA)
        node_set(l->arena, assign, name,
                 node_string(l->arena, S("{% $states.result %}"), value->loc));
    else
        node_set(l->arena, assign, str_fmt(l->arena, "%.*s.$", SFMT(name)),
                 node_string(l->arena, S("$"), value->loc));
    const Node *more = node_get(s->node, S("assign"));
    for (uint32_t i = 0; more && i < more->count; i++)
        lower_entry(l, s, assign, &more->entries[i]);
    lower_put(l, s->state, "Assign", assign);
    return true;
}

static void put_form(Lower *l, Stage *s, const AslField *f, Node *value) {
    const char *key = f->stage.len ? f->stage.ptr : f->name.ptr;
    bool path = f->with_path && is_path_value(l, s, value);
    if (path || (f->form != ASL_TEMPLATE && is_other_text(l, s, value))) {
        put_maybe_path(l, s, f, value, path);
        return;
    }
    switch (f->form) {
    case ASL_SECONDS:
        value = lower_seconds(l, key, value);
        break;
    case ASL_COUNT:
    case ASL_PERCENT:
        value = number_of(l, key, value, f->form == ASL_PERCENT);
        break;
    case ASL_PATH:
    case ASL_RESULT:
    case ASL_REFERENCE:
        value = path_of(l, key, value);
        break;
    case ASL_TEMPLATE:
        value = lower_template(l, s, value);
        break;
    case ASL_RETRY:
        value = retry_of(l, value);
        break;
    case ASL_CATCH:
        value = catch_of(l, s, value);
        break;
    case ASL_TEXT: {
        Node *literal = literal_of(value);
        value = literal ? literal : value;
        break;
    }
    default:
        break;
    }
    lower_put(l, s->state, f->name.ptr, value);
}

void lower_field(Lower *l, Stage *s, const char *name, Node *value) {
    bool unused;
    const AslField *f = asl_field(s->type, s->query, str_from(name), &unused);
    if (f && value && !node_get(s->state, str_from(name)))
        put_form(l, s, f, value);
}

void lower_fields(Lower *l, Stage *s) {
    Node *save = node_get(s->node, S("save"));
    if (save && put_variable(l, s, save))
        save = NULL;
    const AslField *f;
    for (size_t i = 0; (f = asl_field_at(i)); i++) {
        bool fits = (f->states & s->type) && (f->queries & s->query);
        bool verb = str_eq(f->stage, s->verb->key->text);
        if (!fits || !f->stage.len || verb || f->form == ASL_OTHER)
            continue;
        Node *value = str_eq(f->stage, S("save")) ? save : node_get(s->node, f->stage);
        bool none = value && node_is_word(value, S("none"));
        bool taken = str_eq(f->stage, S("with")) && (s->with_is_input || none);
        if (!taken && !(none && f->form == ASL_RETRY))
            lower_field(l, s, f->name.ptr, value);
    }
}
