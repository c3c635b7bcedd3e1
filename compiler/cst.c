// cst.c - a tree of the places in a YAML text. libyaml counts characters; here bytes are counted.
#include "cst.h"

#include <string.h>
#include <yaml.h>

typedef struct Scan {
    yaml_parser_t parser;
    yaml_event_t event;
    Arena *arena;
    Str text;
    size_t *lines; // where each begins
    size_t line_count;
    size_t skipped; // a byte order mark, which libyaml does not count
    bool failed;
} Scan;

static void find_lines(Scan *s) {
    size_t count = 1;
    for (size_t i = 0; i < s->text.len; i++)
        count += s->text.ptr[i] == '\n';
    s->lines = arena_new(s->arena, size_t, count + 1);
    s->lines[s->line_count++] = s->skipped;
    for (size_t i = 0; i < s->text.len; i++)
        if (s->text.ptr[i] == '\n')
            s->lines[s->line_count++] = i + 1;
}

static size_t byte_of(const Scan *s, yaml_mark_t mark) {
    if (mark.line >= s->line_count)
        return s->text.len;
    size_t at = s->lines[mark.line];
    for (size_t col = 0; col < mark.column && at < s->text.len; col++)
        do
            at++;
        while (at < s->text.len && ((unsigned char)s->text.ptr[at] & 0xC0) == 0x80);
    return at;
}

static bool next(Scan *s) {
    yaml_event_delete(&s->event);
    if (!yaml_parser_parse(&s->parser, &s->event))
        s->failed = true;
    return !s->failed;
}

static Cst *make(Scan *s, CstType type) {
    Cst *n = arena_new(s->arena, Cst, 1);
    n->type = type;
    n->from = byte_of(s, s->event.start_mark);
    n->to = byte_of(s, s->event.end_mark);
    n->line = (uint32_t)s->event.start_mark.line + 1;
    n->last = (uint32_t)s->event.end_mark.line + 1;
    n->col = (uint32_t)(n->from - s->lines[n->line - 1]);
    return n;
}

static void push(Scan *s, Cst *n, Cst *item) {
    n->items = arena_room(s->arena, n->items, sizeof *n->items, n->count, &n->cap);
    n->items[n->count++] = item;
}

static Cst *read_node(Scan *s);

// libyaml begins a block with its anchor or tag, which stand on a line above.
static void skip_properties(const Scan *s, Cst *n) {
    size_t i = n->from;
    while (!n->flow && i < s->text.len && strchr("&!", s->text.ptr[i])) {
        while (i < s->text.len && !strchr(" \r\n", s->text.ptr[i]))
            i++;
        while (i < s->text.len && strchr(" \r\n#", s->text.ptr[i])) {
            if (s->text.ptr[i] == '#')
                i = cst_line_end(s->text, i) - 1;
            i++;
        }
    }
    for (size_t j = n->from; j < i; j++)
        n->line += s->text.ptr[j] == '\n';
    n->from = i;
    n->col = (uint32_t)(i - s->lines[n->line - 1]);
}

// libyaml ends a block where the next thing begins; it ends with what is in it.
static void close_node(Scan *s, Cst *n) {
    const Cst *end = n->count ? n->items[n->count - 1] : NULL;
    if (n->flow) {
        n->to = byte_of(s, s->event.end_mark);
        n->last = (uint32_t)s->event.end_mark.line + 1;
    } else if (end) {
        n->to = end->to;
        n->last = end->last;
    }
}

static Cst *read_list(Scan *s) {
    Cst *n = make(s, CST_LIST);
    n->flow = s->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    skip_properties(s, n);
    while (next(s) && s->event.type != YAML_SEQUENCE_END_EVENT)
        push(s, n, read_node(s));
    close_node(s, n);
    return n;
}

static Cst *read_map(Scan *s) {
    Cst *n = make(s, CST_MAP);
    n->flow = s->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    skip_properties(s, n);
    while (next(s) && s->event.type != YAML_MAPPING_END_EVENT) {
        Cst *key = read_node(s);
        if (!next(s))
            break;
        Cst *value = read_node(s);
        value->key = key;
        push(s, n, value);
    }
    close_node(s, n);
    return n;
}

// A block's text ends with its last line that is not empty; with `|+`, empty ones are part of it.
static void end_block_text(const Scan *s, Cst *n) {
    size_t head = n->from;
    while (head < n->to && !strchr("+\n", s->text.ptr[head]))
        head++;
    bool keeps = head < n->to && s->text.ptr[head] == '+';
    while (n->to > n->from && strchr(" \r\n", s->text.ptr[n->to - 1]) && !keeps)
        n->to--;
    if (keeps && n->to > n->from && s->text.ptr[n->to - 1] == '\n')
        n->to--;
    n->last = n->line;
    for (size_t i = n->from; i < n->to; i++)
        n->last += s->text.ptr[i] == '\n';
}

static Cst *read_scalar(Scan *s) {
    Cst *n = make(s, CST_SCALAR);
    yaml_scalar_style_t style = s->event.data.scalar.style;
    bool block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    n->style = style == YAML_PLAIN_SCALAR_STYLE ? STYLE_PLAIN : block ? STYLE_BLOCK : STYLE_QUOTED;
    n->text = arena_str(
        s->arena, (Str){(const char *)s->event.data.scalar.value, s->event.data.scalar.length});
    if (block)
        end_block_text(s, n);
    return n;
}

static Cst *read_node(Scan *s) {
    if (s->event.type == YAML_SEQUENCE_START_EVENT)
        return read_list(s);
    if (s->event.type == YAML_MAPPING_START_EVENT)
        return read_map(s);
    return s->event.type == YAML_SCALAR_EVENT ? read_scalar(s) : make(s, CST_ALIAS);
}

Cst *cst_read(Arena *a, Str text) {
    Scan s = {.arena = a, .text = text};
    if (str_starts(text, S("\xEF\xBB\xBF")))
        s.skipped = 3;
    find_lines(&s);
    if (!yaml_parser_initialize(&s.parser))
        out_of_memory(a);
    yaml_parser_set_encoding(&s.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&s.parser, (const unsigned char *)text.ptr + s.skipped,
                                 text.len - s.skipped);
    Cst *root = NULL;
    if (next(&s) && next(&s) && s.event.type == YAML_DOCUMENT_START_EVENT && next(&s))
        root = read_node(&s);
    yaml_event_delete(&s.event);
    yaml_parser_delete(&s.parser);
    return s.failed ? NULL : root;
}

Cst *cst_get(const Cst *map, Str key) {
    for (uint32_t i = 0; cst_is_map(map) && i < map->count; i++)
        if (str_eq(map->items[i]->key->text, key))
            return map->items[i];
    return NULL;
}

bool cst_is_map(const Cst *n) {
    return n && n->type == CST_MAP;
}

bool cst_is_empty(const Cst *n) {
    return n->type == CST_SCALAR && n->from == n->to;
}

size_t cst_line_start(Str text, size_t at) {
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

size_t cst_line_end(Str text, size_t at) {
    while (at < text.len && text.ptr[at] != '\n')
        at++;
    return at < text.len ? at + 1 : at;
}

typedef struct Comments {
    Str text;
    size_t at; // what stands before it has been looked at
    CstComment *each;
    void *ctx;
} Comments;

// Comments stand between scalars only, and behind the `|` of a block.
static void between(Comments *c, size_t to) {
    for (size_t i = c->at; i < to; i++) {
        bool begins = c->text.ptr[i] == '#' && (i == 0 || strchr(" \t\r\n", c->text.ptr[i - 1]));
        if (!begins)
            continue;
        size_t end = i;
        while (end < c->text.len && c->text.ptr[end] != '\n')
            end++;
        c->each(c->ctx, str_trim(str_cut(c->text, i, end)));
        i = end;
    }
}

static void walk_comments(Comments *c, const Cst *n) {
    if (n->key)
        walk_comments(c, n->key);
    if (n->type == CST_SCALAR) {
        between(c, n->from);
        c->at = n->to;
        if (n->style == STYLE_BLOCK) {
            c->at = n->from;
            size_t head = n->from;
            while (head < n->to && c->text.ptr[head] != '\n')
                head++;
            between(c, head);
            c->at = n->to;
        }
    }
    for (uint32_t i = 0; i < n->count; i++)
        walk_comments(c, n->items[i]);
}

void cst_comments(Arena *a, Str text, CstComment *each, void *ctx) {
    Comments c = {.text = text, .each = each, .ctx = ctx};
    const Cst *root = cst_read(a, text);
    if (root)
        walk_comments(&c, root);
    between(&c, text.len);
}
