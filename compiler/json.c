// json.c - Nodes as JSON text.
#include "json.h"

#include "build.h"

// Where text goes: into a buffer, with the open pieces kept aside if anybody wants them.
typedef struct Printer {
    Buf *out;
    Arena *arena;
    Node *text;  // NULL: no piece may be open
    bool spaces; // for people
    bool lines;  // and over several lines
} Printer;

static void put_unicode(Buf *out, uint32_t code) {
    if (code >= 0x10000) {
        code -= 0x10000;
        buf_fmt(out, "\\u%04x\\u%04x", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
    } else {
        buf_fmt(out, "\\u%04x", code);
    }
}

static void put_escaped(Buf *out, char c) {
    buf_char(out, '\\');
    buf_char(out, c);
}

void json_escape(Buf *out, Str s) {
    size_t from = 0, at = 0;
    while (at < s.len) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
            at++;
            continue;
        }
        buf_put(out, str_cut(s, from, at));
        if (c == '"' || c == '\\')
            put_escaped(out, s.ptr[at++]);
        else if (c == '\n' || c == '\t' || c == '\r')
            put_escaped(out, s.ptr[at++] == '\n' ? 'n' : c == '\t' ? 't' : 'r');
        else
            put_unicode(out, str_decode(s, &at));
        from = at;
    }
    buf_put(out, str_cut(s, from, s.len));
}

void json_string(Buf *out, Str text) {
    buf_char(out, '"');
    json_escape(out, text);
    buf_char(out, '"');
}

static void flush(Printer *p) {
    node_piece(p->arena, p->text,
               (Piece){.kind = PIECE_LITERAL, .text = buf_keep(p->out, p->arena)});
    p->out->len = 0;
}

// What is open stays open between its quotes; items and attributes hold no character that JSON
// would need to escape.
static void put_open_text(Printer *p, const Node *n) {
    buf_char(p->out, '"');
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->pieces[i].kind == PIECE_LITERAL) {
            json_escape(p->out, n->pieces[i].text);
        } else if (p->text) {
            flush(p);
            node_piece(p->arena, p->text, n->pieces[i]);
        }
    }
    buf_char(p->out, '"');
}

static void put_line(Printer *p, unsigned depth) {
    if (!p->lines)
        return;
    buf_char(p->out, '\n');
    buf_fill(p->out, ' ', depth * 2);
}

// What `n` takes on one line, or too much if it is no leaf and no flat map.
static size_t line_width(const Node *n, bool may_be_map) {
    enum { TOO_WIDE = 1000, OPEN_PIECE = 16 };
    size_t width = 4;
    if (n->type == NODE_SCALAR || n->type == NODE_NULL)
        return n->text.len + width;
    for (uint32_t i = 0; n->type == NODE_TEXT && i < n->count; i++)
        width += n->pieces[i].kind == PIECE_LITERAL ? n->pieces[i].text.len : OPEN_PIECE;
    for (uint32_t i = 0; n->type == NODE_MAP && may_be_map && i < n->count; i++)
        width += n->entries[i].key->text.len + line_width(n->entries[i].value, false) + 4;
    return n->type == NODE_TEXT || (n->type == NODE_MAP && may_be_map) ? width : TOO_WIDE;
}

// A list of words, perhaps with a map of words among them, stands on one line.
static bool is_short_list(const Node *n) {
    size_t width = 0, maps = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        width += line_width(n->items[i], true);
        maps += n->items[i]->type == NODE_MAP;
    }
    return width < 160 && maps < n->count;
}

static void put_node(Printer *p, const Node *n, unsigned depth);

static void put_list(Printer *p, const Node *n, unsigned depth) {
    bool outer = p->lines, one_line = is_short_list(n);
    buf_char(p->out, '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i > 0)
            buf_put(p->out, one_line && p->spaces ? S(", ") : S(","));
        if (!one_line)
            put_line(p, depth + 1);
        p->lines = outer && !one_line;
        put_node(p, n->items[i], depth + 1);
        p->lines = outer;
    }
    if (!one_line && n->count)
        put_line(p, depth);
    buf_char(p->out, ']');
}

static void put_map(Printer *p, const Node *n, unsigned depth) {
    buf_char(p->out, '{');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i > 0)
            buf_put(p->out, p->spaces && !p->lines ? S(", ") : S(","));
        put_line(p, depth + 1);
        json_string(p->out, n->entries[i].key->text);
        buf_put(p->out, p->spaces ? S(": ") : S(":"));
        put_node(p, n->entries[i].value, depth + 1);
    }
    if (n->count)
        put_line(p, depth);
    buf_char(p->out, '}');
}

static void put_node(Printer *p, const Node *n, unsigned depth) {
    switch (n->type) {
    case NODE_MAP:
        put_map(p, n, depth);
        break;
    case NODE_LIST:
        put_list(p, n, depth);
        break;
    case NODE_TEXT:
        put_open_text(p, n);
        break;
    case NODE_NULL:
        buf_put(p->out, S("null"));
        break;
    default:
        if (node_scalar_type(n) == SCALAR_STRING)
            json_string(p->out, n->text);
        else
            buf_put(p->out, n->text.len ? n->text : S("null"));
    }
}

void json_print(Buf *out, const Node *n, unsigned depth, bool pretty) {
    Printer p = {.out = out, .spaces = pretty, .lines = pretty};
    put_node(&p, n, depth);
}

Node *json_text(Arena *a, const Node *tree, bool pretty) {
    Buf out = {.arena = a};
    Printer p = {.out = &out,
                 .arena = a,
                 .text = node_text(a, tree->loc),
                 .spaces = pretty,
                 .lines = pretty};
    put_node(&p, tree, 0);
    flush(&p);
    buf_free(&out);
    return node_settle(a, p.text);
}
