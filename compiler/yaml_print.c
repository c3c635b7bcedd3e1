// yaml_print.c - Nodes as the YAML of a spec.
#include "yaml_print.h"

#include "yaml.h"

#include <string.h>

static bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7F;
}

// The text can stand without quotes where YAML's own signs do not cut or change it.
static bool is_plain(Str s, bool in_flow) {
    if (!yaml_is_plain_string(s) || strchr(" -?:,[]{}#&*!|>'\"%@`", s.ptr[0]) ||
        s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == ':')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool cuts =
            (c == ':' && i + 1 < s.len && strchr(in_flow ? " ,[]{}?" : " ", s.ptr[i + 1])) ||
            (c == '#' && s.ptr[i - 1] == ' ') || (in_flow && strchr(",[]{}", c));
        if (cuts || (c & 0x80) || is_control((unsigned char)c))
            return false;
    }
    return true;
}

// Letters of every script are shown; what is invisible, or turns the text around, is not.
static bool is_shown(uint32_t c) {
    return c >= 0xA0 && c != 0xFEFF && (c < 0x2000 || c > 0x206F) && (c < 0xD800 || c > 0xF8FF) &&
           c < 0xE0000 && (c & 0xFFFE) != 0xFFFE && c != 0xAD;
}

static void put_double(Buf *out, Str s) {
    buf_char(out, '"');
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = str_decode(s, &at);
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", (char)c);
        else if (c == '\n' || c == '\t' || c == '\r')
            buf_fmt(out, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
        else if (c < 0x20 || (c >= 0x7F && !is_shown(c)))
            buf_fmt(out, c < 0x10000 ? "\\u%04X" : "\\U%08X", c);
        else
            buf_put(out, str_cut(s, from, at));
    }
    buf_char(out, '"');
}

// Single quotes hold everything but themselves, line ends and what is not shown.
static bool fits_single(Str s) {
    bool gains = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = str_decode(s, &at);
        if (c == '\'' || c < 0x20 || (c >= 0x7F && !is_shown(c)))
            return false;
        gains = gains || c == '"' || c == '\\';
    }
    return gains;
}

static void put_string(Buf *out, Str s, bool in_flow) {
    if (s.len && is_plain(s, in_flow)) {
        buf_put(out, s);
    } else if (fits_single(s)) {
        buf_char(out, '\'');
        buf_put(out, s);
        buf_char(out, '\'');
    } else {
        put_double(out, s);
    }
}

static void put_scalar(Buf *out, const Node *n, bool in_flow) {
    if (n->type == NODE_NULL)
        buf_put(out, S("null"));
    else if (node_scalar_type(n) == SCALAR_STRING) // one that was plain elsewhere may not be here
        put_string(out, n->text, in_flow);
    else
        buf_put(out, n->text);
}

static bool has_line_end(const Node *n) {
    return n->type == NODE_SCALAR && n->style != STYLE_PLAIN && str_find(n->text, S("\n")) >= 0;
}

static bool is_collection(const Node *n) {
    return n->type == NODE_MAP || n->type == NODE_LIST;
}

static bool can_flow(const Node *n) {
    if (has_line_end(n) || (is_collection(n) && n->style == STYLE_BLOCK))
        return false;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (!can_flow(n->items[i]))
            return false;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        if (!can_flow(n->entries[i].value))
            return false;
    return true;
}

static void put_flow(Buf *out, const Node *n) {
    if (!is_collection(n)) {
        put_scalar(out, n, true);
        return;
    }
    buf_char(out, n->type == NODE_MAP ? '{' : '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i > 0)
            buf_put(out, S(", "));
        if (n->type == NODE_MAP) {
            put_string(out, n->entries[i].key->text, true);
            buf_put(out, S(": "));
            put_flow(out, n->entries[i].value);
        } else {
            put_flow(out, n->items[i]);
        }
    }
    buf_char(out, n->type == NODE_MAP ? '}' : ']');
}

// On one line, if there is room for it behind what the line has; else nothing is left of the try.
static bool try_flow(Buf *out, const Node *n) {
    if (!can_flow(n))
        return false;
    size_t before = out->len, line = before;
    while (line > 0 && out->ptr[line - 1] != '\n')
        line--;
    put_flow(out, n);
    bool short_enough = !is_collection(n) || n->count == 0 ||
                        str_code_points(str_cut(buf_str(out), line, out->len)) <= YAML_WIDTH;
    if (!short_enough)
        out->len = before;
    return short_enough;
}

static void put_indent(Buf *out, unsigned depth) {
    buf_char(out, '\n');
    buf_fill(out, ' ', (size_t)depth * 2);
}

// A text of several lines as a block, if it comes out of that as it was.
static bool put_block_text(Buf *out, Str s, unsigned depth) {
    Str rest = s, line;
    if (strchr(" \n\t", s.ptr[0]) || s.ptr[s.len - 1] == '\n')
        return false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = str_decode(s, &at);
        if ((c < 0x20 && c != '\n') || (c >= 0x7F && !is_shown(c)))
            return false;
    }
    buf_put(out, S("|-"));
    while (str_split(&rest, '\n', &line)) {
        buf_char(out, '\n');
        if (line.len)
            buf_fill(out, ' ', (size_t)depth * 2);
        buf_put(out, line);
    }
    return true;
}

static void put_block(Buf *out, const Node *n, unsigned depth, bool first_is_here);

// What stands behind a key's colon or a list's dash.
static void put_value(Buf *out, const Node *n, unsigned depth, bool in_list) {
    if (has_line_end(n)) {
        buf_char(out, ' ');
        if (!put_block_text(out, n->text, depth))
            put_double(out, n->text);
        return;
    }
    buf_char(out, ' ');
    if (!is_collection(n)) {
        put_scalar(out, n, false);
    } else if (!try_flow(out, n)) {
        if (!in_list)
            out->len--; // the space
        put_block(out, n, depth, in_list);
    }
}

static void put_block(Buf *out, const Node *n, unsigned depth, bool first_is_here) {
    for (uint32_t i = 0; i < n->count; i++) {
        if (i > 0 || !first_is_here)
            put_indent(out, depth);
        if (n->type == NODE_MAP) {
            put_string(out, n->entries[i].key->text, false);
            buf_char(out, ':');
            put_value(out, n->entries[i].value, depth + 1, false);
        } else {
            buf_char(out, '-');
            put_value(out, n->items[i], depth + 1, true);
        }
    }
}

void yaml_print(Buf *out, const Node *n) {
    put_block(out, n, 0, true);
    buf_char(out, '\n');
}
