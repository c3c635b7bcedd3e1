// flow_text.c - the definition as text. It is one text for both targets: `${Name}` is filled in by
// Fn::Sub there and by templatefile here, so that a `${` of the user's own must be neither's.
#include "build.h"
#include "flow_parts.h"
#include "json.h"
#include "service.h"

typedef struct Texter {
    Unit *unit;
    Machine *machine;
    Buf out;
} Texter;

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The length of a `${Placeholder}` at the front of `s`, or 0.
static size_t placeholder(Str s) {
    size_t i = 2;
    if (!str_starts(s, S("${")))
        return 0;
    while (i < s.len &&
           (is_name_char(s.ptr[i]) || s.ptr[i] == '.' || s.ptr[i] == ':' || s.ptr[i] == '-'))
        i++;
    return i > 2 && i < s.len && s.ptr[i] == '}' ? i + 1 : 0;
}

// An integration has a name for the whole of its ARN, since what stands before a partition that is
// known at deployment is nothing that a reader, or a linter, could check.
static Node *named_resource(Texter *t, Node *resource) {
    Arena *a = t->unit->arena;
    Integration in;
    if (!integration_parse(resource, &in) || resource->type != NODE_TEXT)
        return resource;
    Str name = str_fmt(a, "%.*s%.*s%.*s", SFMT(pascal_case(a, in.service)),
                       SFMT(pascal_case(a, in.action)), SFMT(pascal_case(a, in.form)));
    if (!node_get(t->machine->names, name))
        node_set(a, t->machine->names, name, node_copy(a, resource));
    Node *text = node_text(a, resource->loc);
    node_piece(a, text, (Piece){.kind = PIECE_RUNTIME, .text = name});
    return text;
}

static Node *name_resources(Texter *t, Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        n->items[i] = name_resources(t, n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        Entry *e = &n->entries[i];
        e->value = str_eq(e->key->text, S("Resource")) ? named_resource(t, e->value)
                                                       : name_resources(t, e->value);
    }
    return n;
}

static Str piece_name(const Texter *t, const Piece *piece) {
    Arena *a = t->unit->arena;
    switch (piece->kind) {
    case PIECE_ATTR:
        return str_fmt(a, "%.*s%.*s", SFMT(pascal_case(a, piece->res->path)),
                       SFMT(pascal_case(a, piece->text)));
    case PIECE_PARAM:
        return pascal_case(a, piece->param->name);
    case PIECE_DEPLOY:
        return str_eq(piece->text, S("account")) ? S("AccountId") : pascal_case(a, piece->text);
    default:
        return pascal_case(a, piece->text);
    }
}

static void put_piece(Texter *t, const Piece *piece) {
    Arena *a = t->unit->arena;
    Str name = piece->kind == PIECE_RUNTIME ? piece->text : piece_name(t, piece);
    if (piece->kind != PIECE_RUNTIME && !node_get(t->machine->names, name)) {
        Node *text = node_text(a, t->machine->workflow->loc);
        node_piece(a, text, *piece);
        node_set(a, t->machine->names, name, text);
    }
    buf_fmt(&t->out, "${%.*s}", SFMT(name));
}

// What an imported `${Name}` stands for is given at deployment.
static void use_placeholder(Texter *t, Str name) {
    Unit *u = t->unit;
    if (node_get(t->machine->names, name))
        return;
    const Param *param = flow_placeholder(u, name);
    Piece piece = {.kind = PIECE_PARAM, .text = param->name, .param = param};
    if (str_starts(name, S("AWS::")))
        return; // Fn::Sub knows these by itself
    Node *text = node_text(u->arena, t->machine->workflow->loc);
    node_piece(u->arena, text, piece);
    node_set(u->arena, t->machine->names, name, text);
}

// Whether what stands there and behind it would be read as the begin of a placeholder.
static bool opens(Str s, size_t i, bool before_open) {
    bool sign = s.ptr[i] == '$' || s.ptr[i] == '%';
    return sign && (i + 1 < s.len ? s.ptr[i + 1] == '{' : before_open);
}

// Literal JSON. `before_open` says that a `${` of ours comes next: `$${` would escape it.
static void put_literal(Texter *t, Str s, bool before_open) {
    for (size_t i = 0; i < s.len; i++) {
        size_t plain = i;
        while (i < s.len && !opens(s, i, before_open))
            i++;
        buf_put(&t->out, str_cut(s, plain, i));
        if (i == s.len)
            break;
        char c = s.ptr[i];
        Str rest = str_cut(s, i, s.len);
        size_t taken = t->machine->exact && i + 1 < s.len ? placeholder(rest) : 0;
        if (taken) {
            use_placeholder(t, str_cut(rest, 2, taken - 1));
            buf_put(&t->out, str_cut(rest, 0, taken));
            i += taken - 1;
        } else if (i + 1 < s.len) {
            buf_fmt(&t->out, "%c\\u007b", c);
            i++;
        } else {
            buf_fmt(&t->out, "\\u%04x", c);
        }
    }
}

// Numbers and words as JSON has them: YAML's `.5`, `+1` and `True` are the same values.
static Node *as_json(Arena *a, Node *n) {
    if (n->type == NODE_LIST) {
        for (uint32_t i = 0; i < n->count; i++)
            n->items[i] = as_json(a, n->items[i]);
    } else if (n->type == NODE_MAP) {
        for (uint32_t i = 0; i < n->count; i++)
            n->entries[i].value = as_json(a, n->entries[i].value);
    } else if (n->type == NODE_SCALAR) {
        ScalarType type = node_scalar_type(n);
        Str s = n->text;
        if (type == SCALAR_NULL)
            return node_null(a, n->loc);
        if (type == SCALAR_BOOL)
            return node_bool(a, s.ptr[0] == 't' || s.ptr[0] == 'T', n->loc);
        if (type == SCALAR_STRING)
            return n;
        bool negative = str_starts(s, S("-"));
        if (negative || str_starts(s, S("+")))
            s = str_cut(s, 1, s.len);
        ptrdiff_t point = str_find(s, S("."));
        bool bare = point >= 0 && ((size_t)point + 1 == s.len || s.ptr[point + 1] < '0' ||
                                   s.ptr[point + 1] > '9');
        if (bare)
            s = str_fmt(a, "%.*s.0%.*s", (int)point, s.ptr,
                        SFMT(str_cut(s, (size_t)point + 1, s.len)));
        while (s.len > 1 && s.ptr[0] == '0' && s.ptr[1] >= '0' && s.ptr[1] <= '9')
            s = str_cut(s, 1, s.len);
        const char *zero = s.len && s.ptr[0] == '.' ? "0" : "";
        return node_plain(a, str_fmt(a, "%s%s%.*s", negative ? "-" : "", zero, SFMT(s)), n->loc);
    }
    return n;
}

enum { DEFINITION_BYTES = 1048576 }; // Step Functions API model, CreateStateMachine, definition

static void check_size(Unit *u, const Machine *m, size_t bytes) {
    if (bytes <= DEFINITION_BYTES)
        return;
    diag_error(u->diags, m->workflow->loc, "definition-too-large",
               "the definition of `%.*s` has %zu bytes", SFMT(m->workflow->path), bytes);
    diag_note(u->diags, "Step Functions takes %d", DEFINITION_BYTES);
    diag_help(u->diags, "make workflows of its parts and call those, or keep data in a bucket");
}

Node *flow_text(Unit *u, Machine *m) {
    Texter t = {.unit = u, .machine = m, .out = {.arena = u->arena}};
    Arena *brief = u->scratch;
    m->names = node_map(u->arena, m->workflow->loc);
    Node *text =
        json_text(brief, name_resources(&t, as_json(brief, node_copy(brief, m->definition))), true);
    if (text->type == NODE_SCALAR)
        put_literal(&t, text->text, false);
    for (uint32_t i = 0; text->type == NODE_TEXT && i < text->count; i++) {
        const Piece *piece = &text->pieces[i];
        bool open = i + 1 < text->count && text->pieces[i + 1].kind != PIECE_LITERAL;
        if (piece->kind == PIECE_LITERAL)
            put_literal(&t, piece->text, open);
        else
            put_piece(&t, piece);
    }
    check_size(u, m, t.out.len);
    Node *out = node_string(u->arena, buf_keep(&t.out, u->arena), m->workflow->loc);
    buf_free(&t.out);
    arena_reset(brief);
    return out;
}
