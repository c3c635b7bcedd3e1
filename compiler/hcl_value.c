// hcl_value.c - lines and values in HCL. Text from a spec is never code: `${` and `%{` are escaped.
#include "hcl_value.h"

#include "build.h"
#include "json.h"

typedef struct HclLine {
    size_t lead, value; // where they begin in the chain; the value ends where the next line begins
} HclLine;

static void put_indent(Buf *out, unsigned depth) {
    buf_fill(out, ' ', depth * 2);
}

void hcl_flush(Hcl *h) {
    size_t widest = 0;
    for (size_t i = 0; i < h->count; i++) {
        size_t width = h->lines[i].value - h->lines[i].lead;
        widest = width > widest ? width : widest;
    }
    Str chain = buf_str(&h->chain);
    for (size_t i = 0; i < h->count; i++) {
        const HclLine *line = &h->lines[i];
        size_t end = i + 1 < h->count ? line[1].lead : chain.len;
        Str lead = str_cut(chain, line->lead, line->value);
        buf_put(h->out, lead);
        buf_fill(h->out, ' ', widest - str_code_points(lead));
        buf_put(h->out, S(" = "));
        buf_put(h->out, str_cut(chain, line->value, end));
        buf_char(h->out, '\n');
    }
    h->count = 0;
    h->chain.len = 0;
}

void hcl_line(Hcl *h, const char *fmt, ...) {
    hcl_flush(h);
    va_list args;
    va_start(args, fmt);
    put_indent(h->out, h->depth);
    buf_vfmt(h->out, fmt, args);
    buf_char(h->out, '\n');
    va_end(args);
}

void hcl_blank(Hcl *h) {
    hcl_flush(h);
    buf_char(h->out, '\n');
}

static void begin_assignment(Hcl *h, Str name) {
    h->lines = arena_room(h->emitter->unit->arena, h->lines, sizeof *h->lines, h->count, &h->cap);
    HclLine *line = &h->lines[h->count++];
    line->lead = h->chain.len;
    put_indent(&h->chain, h->depth);
    buf_put(&h->chain, name);
    line->value = h->chain.len;
}

void hcl_assign(Hcl *h, Str name, Str expression) {
    begin_assignment(h, name);
    buf_put(&h->chain, expression);
}

static bool is_unsafe(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0xFEFF;
}

static bool is_as_it_is(unsigned char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '$' && c != '%';
}

static void escape(Buf *out, Str s) {
    for (size_t at = 0; at < s.len;) {
        size_t plain = at;
        while (plain < s.len && is_as_it_is((unsigned char)s.ptr[plain]))
            plain++;
        buf_put(out, str_cut(s, at, plain));
        if ((at = plain) == s.len)
            break;
        char c = s.ptr[at];
        bool opens = (c == '$' || c == '%') && at + 1 < s.len && s.ptr[at + 1] == '{';
        size_t from = at;
        uint32_t code = str_decode(s, &at);
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (c == '\n' || c == '\r' || c == '\t')
            buf_fmt(out, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
        else if (is_unsafe(code))
            buf_fmt(out, "\\u%04X", code);
        else
            buf_put(out, str_cut(s, from, at));
        if (opens)
            buf_char(out, c);
    }
}

void hcl_string(Buf *out, Str text) {
    buf_char(out, '"');
    escape(out, text);
    buf_char(out, '"');
}

static const Node *find_part(const Kind *kind, Str part) {
    for (uint32_t i = 0; kind->terraform && i < kind->terraform->count; i++)
        if (str_eq(node_get_str(kind->terraform->items[i], S("part")), part))
            return kind->terraform->items[i];
    return NULL;
}

static bool shares_type(const Kind *kind, const Node *part) {
    Str type = node_get_str(part, S("resource"));
    size_t same = 0;
    for (uint32_t i = 0; i < kind->terraform->count; i++)
        same += str_eq(node_get_str(kind->terraform->items[i], S("resource")), type);
    return same > 1;
}

Str hcl_name_as(Unit *u, const Resource *r, Str part, Str name) {
    const Node *found = find_part(r->kind, part);
    if (!part.len || (found && !shares_type(r->kind, found)))
        return name; // a part that is there once for each item has a name of its own
    return str_fmt(u->arena, "%.*s_%.*s", SFMT(name), SFMT(snake_case(u->arena, part)));
}

Str hcl_name(Unit *u, const Resource *r, Str part) {
    return hcl_name_as(u, r, part, r->tf);
}

Str hcl_address(const Emitter *e, const Resource *r, Str part) {
    const Node *found = find_part(r->kind, part);
    bool fanned = resource_is_fanned(r);
    return str_fmt(e->unit->arena, "%.*s.%.*s%s", SFMT(node_get_str(found, S("resource"))),
                   SFMT(hcl_name(e->unit, r, part)), fanned ? "[each.key]" : "");
}

static void note_filtered(Hcl *h, Str piece) {
    for (uint32_t i = 0; i < h->filtered->count; i++)
        if (node_is_word(h->filtered->items[i], piece))
            return;
    Arena *a = h->emitter->unit->arena;
    node_push(a, h->filtered, node_string(a, piece, (Loc){0}));
}

// A piece as an expression.
static void put_reference(Hcl *h, Buf *out, const Piece *piece) {
    switch (piece->kind) {
    case PIECE_ITEM: {
        Arena *a = h->emitter->unit->arena;
        Str text = piece->text;
        if (str_find(text, S(" | ")) >= 0)
            note_filtered(h, text);
        Str name = str_starts(text, S("user.")) ? item_field(a, text) : text;
        buf_fmt(out, "each.value.%.*s", SFMT(snake_case(a, name)));
        break;
    }
    case PIECE_DEPLOY:
        if (str_eq(piece->text, S("account"))) {
            h->uses_account = true;
            buf_put(out, S("data.aws_caller_identity.current.account_id"));
        } else if (str_eq(piece->text, S("region"))) {
            h->uses_region = true;
            buf_put(out, S("data.aws_region.current.region"));
        } else {
            h->uses_partition = true;
            buf_put(out, S("data.aws_partition.current.partition"));
        }
        break;
    case PIECE_PARAM:
        emit_use_param(h->emitter, piece->param);
        buf_fmt(out, "var.%.*s", SFMT(snake_case(h->emitter->unit->arena, piece->param->name)));
        break;
    default: {
        const Attr *attr = kind_attr(piece->res->kind, piece->text);
        Str address = hcl_address(h->emitter, piece->res, attr->tf_part);
        buf_fmt(out, "%.*s.%.*s", SFMT(address), SFMT(attr->tf));
    }
    }
}

static void put_text(Hcl *h, Buf *out, Node *n) {
    n = emit_spell(h->emitter, n);
    if (n->type == NODE_SCALAR) {
        hcl_string(out, n->text);
        return;
    }
    if (n->count == 1 && n->pieces[0].kind != PIECE_LITERAL && n->pieces[0].kind != PIECE_RUNTIME) {
        put_reference(h, out, &n->pieces[0]);
        return;
    }
    buf_char(out, '"');
    for (uint32_t i = 0; i < n->count; i++) {
        const Piece *piece = &n->pieces[i];
        if (piece->kind == PIECE_LITERAL) {
            escape(out, piece->text);
        } else if (piece->kind == PIECE_RUNTIME) {
            buf_char(out, '*');
        } else {
            buf_put(out, S("${"));
            put_reference(h, out, piece);
            buf_char(out, '}');
        }
    }
    buf_char(out, '"');
}

static bool is_leaf(const Node *n) {
    return n->type == NODE_SCALAR || n->type == NODE_TEXT || n->type == NODE_NULL;
}

static void put_leaf(Hcl *h, Buf *out, Node *n) {
    if (n->type == NODE_TEXT)
        put_text(h, out, n);
    else if (n->tag == TAG_BARE)
        buf_put(out, n->text);
    else if (node_scalar_type(n) == SCALAR_STRING)
        hcl_string(out, n->text);
    else
        buf_put(out, n->text.len ? n->text : S("null"));
}

static bool is_identifier(Str s) {
    bool ok = s.len > 0 && !(s.ptr[0] >= '0' && s.ptr[0] <= '9') && s.ptr[0] != '-';
    for (size_t i = 0; i < s.len && ok; i++) {
        char c = s.ptr[i];
        ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return ok;
}

static Str key_text(Hcl *h, Str key) {
    if (is_identifier(key))
        return key;
    Buf b = {.arena = h->emitter->unit->arena};
    hcl_string(&b, key);
    Str quoted = buf_keep(&b, h->emitter->unit->arena);
    buf_free(&b);
    return quoted;
}

// A list without maps in it stands on one line if it is short, and its items then have no lines of
// their own to align.
static bool fits_line(const Node *n) {
    size_t width = 0;
    if (n->type == NODE_MAP || n->type == NODE_EACH)
        return n->type == NODE_MAP && n->count == 0;
    if (n->type != NODE_LIST)
        return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (!is_leaf(n->items[i]))
            return false;
        width += n->items[i]->type == NODE_TEXT ? 40 : n->items[i]->text.len + 4;
    }
    return width < 80;
}

static void put_inline(Hcl *h, Buf *out, Node *n) {
    if (is_leaf(n)) {
        put_leaf(h, out, n);
        return;
    }
    buf_char(out, n->type == NODE_MAP ? '{' : '[');
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++) {
        if (i > 0)
            buf_put(out, S(", "));
        put_leaf(h, out, n->items[i]);
    }
    buf_char(out, n->type == NODE_MAP ? '}' : ']');
}

static void put_lines(Hcl *h, Node *n);

static void put_item(Hcl *h, Node *n) {
    hcl_flush(h);
    put_indent(h->out, h->depth);
    if (fits_line(n)) {
        put_inline(h, h->out, n);
    } else {
        buf_put(h->out, n->type == NODE_MAP ? S("{\n") : S("[\n"));
        put_lines(h, n);
        put_indent(h->out, h->depth);
        buf_char(h->out, n->type == NODE_MAP ? '}' : ']');
    }
    buf_put(h->out, S(",\n"));
}

// The items of a fan-out in a list, written out.
static void put_each(Hcl *h, const Node *each) {
    Unit *u = h->emitter->unit;
    size_t count;
    Item **items = unit_sorted_items(u->arena, u, each->res->axis, &count);
    for (size_t i = 0; i < count; i++) {
        Node *text = node_text(u->arena, each->loc);
        for (uint32_t j = 0; j < each->with->count; j++) {
            Piece piece = each->with->pieces[j];
            if (piece.kind == PIECE_ITEM)
                piece = (Piece){
                    .kind = PIECE_LITERAL,
                    .text = arena_str(u->arena, item_value(u->arena, items[i], piece.text))};
            node_piece(u->arena, text, piece);
        }
        put_item(h, node_settle(u->arena, text));
    }
}

// The inside of a map or list, one level deeper.
static void put_lines(Hcl *h, Node *n) {
    h->depth++;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->type == NODE_MAP)
            hcl_attribute(h, key_text(h, n->entries[i].key->text), n->entries[i].value);
        else if (n->items[i]->type == NODE_EACH)
            put_each(h, n->items[i]);
        else
            put_item(h, n->items[i]);
    }
    hcl_flush(h);
    h->depth--;
}

// `name = function(a, b)`, from `!call {function: [a, b]}`.
// A call that stands on one line is lined up as any other value.
static bool put_short_call(Hcl *h, Str name, const Node *call) {
    const Node *args = call->entries[0].value;
    for (uint32_t i = 0; i < args->count; i++)
        if (!fits_line(args->items[i]))
            return false;
    begin_assignment(h, name);
    buf_fmt(&h->chain, "%.*s(", SFMT(call->entries[0].key->text));
    for (uint32_t i = 0; i < args->count; i++) {
        if (i > 0)
            buf_put(&h->chain, S(", "));
        put_inline(h, &h->chain, args->items[i]);
    }
    buf_char(&h->chain, ')');
    return true;
}

static void put_call(Hcl *h, Str name, const Node *call) {
    const Node *args = call->entries[0].value;
    if (put_short_call(h, name, call))
        return;
    hcl_line(h, "%.*s = %.*s(", SFMT(name), SFMT(call->entries[0].key->text));
    h->out->len--; // the arguments go on in the same line
    for (uint32_t i = 0; i < args->count; i++) {
        if (i > 0)
            buf_put(h->out, S(", "));
        if (fits_line(args->items[i])) {
            put_inline(h, h->out, args->items[i]);
            continue;
        }
        buf_put(h->out, args->items[i]->type == NODE_MAP ? S("{\n") : S("[\n"));
        put_lines(h, args->items[i]);
        put_indent(h->out, h->depth);
        buf_char(h->out, args->items[i]->type == NODE_MAP ? '}' : ']');
    }
    buf_put(h->out, S(")\n"));
}

void hcl_attribute(Hcl *h, Str name, Node *value) {
    if (value->tag == TAG_CALL && value->type == NODE_MAP) {
        put_call(h, name, value);
        return;
    }
    bool json = value->tag == TAG_JSON && !is_leaf(value);
    if (fits_line(value)) {
        begin_assignment(h, name);
        if (json)
            buf_put(&h->chain, S("jsonencode("));
        put_inline(h, &h->chain, value);
        if (json)
            buf_char(&h->chain, ')');
        return;
    }
    bool map = value->type == NODE_MAP;
    hcl_line(h, "%.*s = %s%s", SFMT(name), json ? "jsonencode(" : "", map ? "{" : "[");
    put_lines(h, value);
    hcl_line(h, "%s%s", map ? "}" : "]", json ? ")" : "");
}

void hcl_block(Hcl *h, Str name, const Node *body) {
    if (body->when) { // there only if a parameter is given
        Str param = snake_case(h->emitter->unit->arena, body->when->name);
        emit_use_param(h->emitter, body->when);
        hcl_line(h, "dynamic \"%.*s\" {", SFMT(name));
        h->depth++;
        hcl_assign(h, S("for_each"),
                   str_fmt(h->emitter->unit->arena, "var.%.*s == null ? [] : [1]", SFMT(param)));
        hcl_line(h, "content {");
    } else {
        hcl_line(h, "%.*s {", SFMT(name));
    }
    h->depth++;
    hcl_body(h, body);
    hcl_flush(h);
    h->depth--;
    if (body->when) {
        hcl_line(h, "}");
        h->depth--;
    }
    hcl_line(h, "}");
}

void hcl_body(Hcl *h, const Node *body) {
    for (uint32_t i = 0; i < body->count; i++) {
        Node *value = body->entries[i].value;
        Str name = body->entries[i].key->text;
        if (value->tag != TAG_BLOCK) {
            hcl_attribute(h, name, value);
            continue;
        }
        if (h->count || i > 0)
            hcl_blank(h);
        for (uint32_t j = 0; value->type == NODE_LIST && j < value->count; j++) {
            if (j > 0)
                hcl_blank(h);
            hcl_block(h, name, value->items[j]);
        }
        if (value->type == NODE_MAP)
            hcl_block(h, name, value);
    }
}
