// shown.c - things as people are told of them.
#include "shown.h"

#include "build.h"

#include <string.h>

static void put_piece(Buf *out, const Piece *p) {
    switch (p->kind) {
    case PIECE_LITERAL:
        buf_put(out, p->text);
        break;
    case PIECE_PARAM:
        buf_fmt(out, "<%.*s>", SFMT(p->param->name));
        break;
    default:
        if (str_eq(p->text, S("partition")))
            buf_put(out, S("aws"));
        else
            buf_fmt(out, "<%.*s>", SFMT(p->text));
    }
}

static Node *spelled(Unit *u, Node *value) {
    Emitter e = {.unit = u, .for_people = true};
    return value && value->type == NODE_TEXT ? emit_spell(&e, value) : value;
}

static void put_text(Unit *u, Buf *out, Node *value) {
    Node *text = spelled(u, value);
    for (uint32_t i = 0; text && text->type == NODE_TEXT && i < text->count; i++)
        put_piece(out, &text->pieces[i]);
    if (text && text->type == NODE_EACH)
        put_text(u, out, text->with);
    if (text && text->type == NODE_REF)
        buf_put(out, text->res->path);
    if (text && text->type == NODE_SCALAR)
        buf_put(out, text->text);
}

Str shown_text(Unit *u, Node *value) {
    Buf b = {.arena = u->arena};
    put_text(u, &b, value);
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

Str shown_name(Unit *u, const Resource *r) {
    return r->existing.len ? r->existing : r->name ? shown_text(u, r->name) : r->path;
}

Str shown_place(Unit *u, const Resource *r) {
    if (!r->loc.src || str_starts(r->loc.src->path, S("templates/")))
        return (Str){0};
    return str_fmt(u->arena, "%.*s:%u", SFMT(r->loc.src->path), r->loc.line);
}

static bool needs_quotes(Str word) {
    bool plain = word.len > 0;
    for (size_t i = 0; i < word.len; i++)
        plain = plain && !strchr(" \"'$`\\!*?[](){}|&;#~", word.ptr[i]);
    return !plain;
}

void shown_quoted(Buf *out, Str word) {
    buf_char(out, '\'');
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] == '\'')
            buf_put(out, S("'\\''"));
        else
            buf_char(out, word.ptr[i]);
    buf_char(out, '\'');
}

void shown_variable(Buf *out, Str name) {
    for (size_t i = 0; i < name.len; i++)
        buf_char(out, char_is_word(name.ptr[i]) ? name.ptr[i] : '_');
}

// A text with what is not known as variables of the shell, and the `escaped` characters escaped.
static void put_open(Buf *out, const Node *text, const char *escaped) {
    for (uint32_t i = 0; i < text->count; i++) {
        const Piece *p = &text->pieces[i];
        bool known = p->kind == PIECE_LITERAL || str_eq(p->text, S("partition"));
        Str literal = p->kind == PIECE_LITERAL ? p->text : S("aws");
        if (!known) {
            buf_put(out, S("${"));
            shown_variable(out, p->kind == PIECE_PARAM ? p->param->name : p->text);
            buf_char(out, '}');
        }
        for (size_t j = 0; known && j < literal.len; j++) {
            if (strchr(escaped, literal.ptr[j]))
                buf_char(out, '\\');
            buf_char(out, literal.ptr[j]);
        }
    }
}

void shown_word(Unit *u, Node *value, Buf *out) {
    Node *text = spelled(u, value);
    Str word = shown_text(u, text);
    if (text && text->type == NODE_TEXT) {
        buf_char(out, '"');
        put_open(out, text, "\"\\`$");
        buf_char(out, '"');
    } else if (needs_quotes(word))
        shown_quoted(out, word);
    else
        buf_put(out, word);
}

// `sh -c TEXT`: whoever pastes it has a shell.
static bool put_script(Unit *u, const Node *words, Buf *out) {
    if (!words || words->count != 3 || !node_is_word(words->items[0], S("sh")) ||
        !node_is_word(words->items[1], S("-c")))
        return false;
    Node *text = spelled(u, words->items[2]);
    if (text->type == NODE_TEXT)
        put_open(out, text, "");
    else
        buf_put(out, shown_text(u, text));
    return true;
}

// Words from the `i`-th on to the next option: an option stays with its value. The next one's
// number.
static uint32_t put_words(Unit *u, const Node *words, uint32_t i, Buf *out) {
    uint32_t first = i;
    do {
        buf_put(out, i > first ? S(" ") : S(""));
        shown_word(u, words->items[i++], out);
    } while (i < words->count && !str_starts(node_str(words->items[i]), S("--")));
    return i;
}

enum { LINE_MOST = 96 }; // what pages show of a line without scrolling

Str shown_command(Unit *u, const Node *words) {
    Buf b = {.arena = u->arena};
    size_t line = 0; // where it began
    bool script = put_script(u, words, &b);
    for (uint32_t i = 0; !script && words && i < words->count;) {
        Buf part = {.arena = u->arena};
        i = put_words(u, words, i, &part);
        bool fits = b.len - line + part.len < LINE_MOST - strlen(" \\");
        if (b.len && !fits) {
            buf_put(&b, S(" \\\n   "));
            line = b.len - strlen("   ");
        }
        buf_put(&b, b.len ? S(" ") : S(""));
        buf_put(&b, buf_str(&part));
        buf_free(&part);
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

bool shown_is_part(const Resource *r) {
    for (size_t i = 0; r->owner && i < r->owner->kind->make_count; i++) {
        const Node *made = r->owner->made[i];
        if (made && made->type == NODE_REF && made->res == r)
            return true;
        for (uint32_t j = 0; made && made->type == NODE_LIST && j < made->count; j++)
            if (made->items[j]->type == NODE_REF && made->items[j]->res == r)
                return true;
    }
    return r->kind->internal;
}
