// yaml.c - the only file that knows libyaml. It takes events, never libyaml's own document: that
// loader is quadratic in anchors, knows no depth limit and accepts duplicate keys.
#include "yaml.h"

#include <string.h>
#include <yaml.h>

#include "build.h"
#include "limits.h"
#include "words.h"
#include "yaml_bytes.h"
#include "yaml_words.h"

typedef struct Anchor {
    Str name;
    Node *node; // NULL while it is still open
    size_t weight;
    Loc loc;
} Anchor;

typedef struct Reader {
    yaml_parser_t parser;
    yaml_event_t event;
    Arena *arena;
    Diags *diags;
    const Source *src;
    YamlUse use;
    Words words;            // what libyaml is not shown
    const Node *last_words; // the list whose words were taken last
    bool folds;             // in `projects`: what their words are is not asked yet
    Anchor anchors[LIMIT_ANCHORS];
    size_t anchor_count;
    size_t nodes; // made so far, aliases counted in full
    unsigned depth;
    bool failed;
} Reader;

static Node *read_node(Reader *r, bool in_flow);

static Loc place(const Reader *r, const yaml_mark_t *from, const yaml_mark_t *to) {
    bool one_line = to && to->line == from->line && to->column > from->column;
    return (Loc){r->src, (uint32_t)from->line + 1, (uint32_t)from->column + 1,
                 one_line ? (uint32_t)(to->column - from->column) : 1};
}

static Loc event_place(const Reader *r) {
    return place(r, &r->event.start_mark, &r->event.end_mark);
}

// Stops the reading: what follows could only be noise.
static Node *fail(Reader *r) {
    r->failed = true;
    return NULL;
}

// libyaml takes no key of more than 1,024 characters, and says that its colon is missing.
static bool fail_long_key(Reader *r) {
    const yaml_parser_t *p = &r->parser;
    if (!p->problem || strcmp(p->problem, "could not find expected ':'") != 0 ||
        p->problem_mark.index - p->context_mark.index <= 1024)
        return false;
    diag_error(r->diags, place(r, &p->context_mark, NULL), "too-large",
               "a key of more than 1024 characters; the limit is %d", LIMIT_KEY_BYTES);
    fail(r);
    return true;
}

// What git leaves where two branches changed the same lines.
static bool fail_merge(Reader *r) {
    Str rest = r->src->text, line;
    enum { MARK = 7 }; // their characters
    uint32_t begin = 0;
    for (uint32_t at = 1; str_split(&rest, '\n', &line); at++) {
        if (!begin && str_starts(line, S("<<<<<<< ")))
            begin = at;
        if (!begin || !str_starts(line, S(">>>>>>> ")))
            continue;
        diag_error(r->diags, (Loc){r->src, begin, 1, MARK}, "syntax",
                   "git could not merge these lines");
        diag_also(r->diags, (Loc){r->src, at, 1, MARK}, "they end here");
        diag_help(r->diags, "keep what both sides added, or one of them, without the marks");
        fail(r);
        return true;
    }
    return false;
}

static Node *fail_parser(Reader *r) {
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        out_of_memory(r->arena);
    if (fail_merge(r) || fail_long_key(r))
        return NULL;
    yaml_mark_t mark = p->problem_mark;
    if (p->error == YAML_READER_ERROR) { // it knows an offset only
        mark = (yaml_mark_t){0};
        for (size_t i = 0; i < p->problem_offset && i < r->src->text.len; i++) {
            bool newline = r->src->text.ptr[i] == '\n';
            mark.line += newline;
            mark.column = newline ? 0 : mark.column + 1;
        }
    }
    const char *problem = p->problem ? p->problem : "not YAML";
    const YamlWording *found = yaml_wording(problem);
    if (p->context && yaml_is_seen_late(problem))
        mark = p->context_mark;
    diag_error(r->diags, place(r, &mark, NULL), "syntax", "%s", found ? found->ours : problem);
    if (p->context && p->context_mark.line != mark.line)
        diag_also(r->diags, place(r, &p->context_mark, NULL), "%s", yaml_begin_of(p->context));
    if (found)
        diag_help(r->diags, "%s", found->help);
    return fail(r);
}

static bool next(Reader *r) {
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event))
        return true;
    fail_parser(r);
    return false;
}

// Counts `weight` nodes, so that aliases cannot make a small file a large tree.
static bool spend(Reader *r, size_t weight, Loc at) {
    r->nodes += weight;
    if (r->nodes <= LIMIT_NODES)
        return true;
    diag_error(r->diags, at, "too-large", "more than %d values, with aliases written out",
               LIMIT_NODES);
    fail(r);
    return false;
}

static bool check_tag(Reader *r, const yaml_char_t *tag, Node *n) {
    static const struct {
        const char *name;
        NodeTag tag;
    } tags[] = {
        {"!block", TAG_BLOCK},
        {"!json",  TAG_JSON },
        {"!bare",  TAG_BARE },
        {"!call",  TAG_CALL },
    };
    if (!tag || strcmp((const char *)tag, "!") == 0)
        return true;
    for (size_t i = 0; i < COUNT(tags) && r->use == YAML_TEMPLATE; i++) {
        if (strcmp((const char *)tag, tags[i].name) == 0) {
            n->tag = (uint8_t)tags[i].tag;
            return true;
        }
    }
    Str name = str_from((const char *)tag), core = S("tag:yaml.org,2002:");
    bool is_core = str_starts(name, core);
    if (is_core)
        name = str_cut(name, core.len, name.len);
    diag_error(r->diags, n->loc, "yaml-tag", "the tag `%s%.*s` means nothing here",
               is_core ? "!!" : "", SFMT(name));
    diag_help(r->diags,
              "write the plain value; references are written by name, `!Ref` is not needed");
    return false;
}

// Remembers an anchor that begins at this event; its node is set when it is complete.
static Anchor *open_anchor(Reader *r, const yaml_char_t *name, Loc at) {
    if (!name)
        return NULL;
    r->folds = false; // what it names may stand anywhere
    Str text = str_from((const char *)name);
    for (size_t i = 0; i < r->anchor_count; i++) {
        if (str_eq(r->anchors[i].name, text)) {
            diag_error(r->diags, at, "duplicate-anchor", "the anchor `&%.*s` is defined twice",
                       SFMT(text));
            diag_also(r->diags, r->anchors[i].loc, "first here");
            fail(r);
            return NULL;
        }
    }
    if (r->anchor_count == LIMIT_ANCHORS) {
        diag_error(r->diags, at, "too-large", "more than %d anchors in one file", LIMIT_ANCHORS);
        fail(r);
        return NULL;
    }
    Anchor *anchor = &r->anchors[r->anchor_count++];
    *anchor = (Anchor){.name = arena_str(r->arena, text), .weight = r->nodes, .loc = at};
    return anchor;
}

static void close_anchor(const Reader *r, Anchor *anchor, Node *n) {
    if (!anchor)
        return;
    anchor->node = n;
    anchor->weight = r->nodes - anchor->weight;
}

static Node *read_alias(Reader *r) {
    Str name = str_from((const char *)r->event.data.alias.anchor);
    Loc at = event_place(r);
    for (size_t i = 0; i < r->anchor_count; i++) {
        const Anchor *anchor = &r->anchors[i];
        if (!str_eq(anchor->name, name))
            continue;
        if (!anchor->node) {
            diag_error(r->diags, at, "recursive-alias", "`*%.*s` stands inside what it names",
                       SFMT(name));
            diag_also(r->diags, anchor->loc, "this is still open");
            return fail(r);
        }
        return spend(r, anchor->weight, at) ? anchor->node : NULL;
    }
    diag_error(r->diags, at, "unknown-alias", "no anchor is called `&%.*s`", SFMT(name));
    Str names[LIMIT_ANCHORS];
    for (size_t i = 0; i < r->anchor_count; i++)
        names[i] = r->anchors[i].name;
    ptrdiff_t best = suggest_best(name, names, r->anchor_count);
    if (best >= 0)
        diag_help(r->diags, "did you mean `*%.*s`?", SFMT(names[best]));
    return fail(r);
}

static Node *read_scalar(Reader *r) {
    Loc at = event_place(r);
    Str text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    yaml_scalar_style_t style = r->event.data.scalar.style;
    if (r->use != YAML_DATA && text.len > LIMIT_SCALAR_BYTES) {
        diag_error(r->diags, at, "too-large", "a text of %zu bytes; the limit is %d", text.len,
                   LIMIT_SCALAR_BYTES);
        return fail(r);
    }
    if (text.len && memchr(text.ptr, '\0', text.len)) {
        diag_error(r->diags, at, "control-character", "a NUL character in a text");
        diag_help(r->diags, "no service accepts it: leave it out");
        return fail(r);
    }
    Node *n = node_plain(r->arena, arena_str(r->arena, text), at);
    n->style = style == YAML_PLAIN_SCALAR_STYLE ? STYLE_PLAIN
               : style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE
                   ? STYLE_BLOCK
                   : STYLE_QUOTED;
    Anchor *anchor = open_anchor(r, r->event.data.scalar.anchor, at);
    if (!check_tag(r, r->event.data.scalar.tag, n))
        return fail(r);
    close_anchor(r, anchor, n);
    return spend(r, 1, at) ? n : NULL;
}

static bool deeper(Reader *r, Loc at) {
    if (r->depth++ < LIMIT_DEPTH)
        return true;
    diag_error(r->diags, at, "too-deep", "more than %d levels of nesting", LIMIT_DEPTH);
    fail(r);
    return false;
}

enum { USERS_DEPTH = 3 }; // of a project's list

// The items that libyaml was not shown, of a list at that depth.
static void put_words(Reader *r, Node *list, const WordList *words, unsigned depth) {
    list->type = NODE_WORDS;
    list->text = words->words;
    list->words = r->words.words + words->first;
    list->count = words->count;
    if (spend(r, words->count, list->loc) && !(r->folds && depth == USERS_DEPTH))
        words_unfold(r->arena, list);
}

static void take_words(Reader *r, Node *list) {
    const WordList *words = words_take(&r->words, r->event.start_mark.index);
    if (words)
        put_words(r, list, words, r->depth);
    r->last_words = words ? list : r->last_words;
}

static Node *read_list(Reader *r) {
    Node *list = node_list(r->arena, event_place(r));
    bool flow = r->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    Anchor *anchor = open_anchor(r, r->event.data.sequence_start.anchor, list->loc);
    if (!check_tag(r, r->event.data.sequence_start.tag, list) || !deeper(r, list->loc) ||
        !spend(r, 1, list->loc))
        return fail(r);
    if (flow)
        take_words(r, list);
    while (!r->failed && next(r) && r->event.type != YAML_SEQUENCE_END_EVENT)
        node_push(r->arena, list, read_node(r, flow));
    r->depth--;
    close_anchor(r, anchor, list);
    return list;
}

static Node *read_key(Reader *r) {
    Loc at = event_place(r);
    if (r->event.type != YAML_SCALAR_EVENT) {
        diag_error(r->diags, at, "syntax", "a key must be a plain word");
        diag_help(r->diags, "quote it if it is meant as a text");
        return fail(r);
    }
    Node *key = read_scalar(r);
    if (!key)
        return NULL;
    if (key->style == STYLE_PLAIN && str_eq(key->text, S("<<"))) {
        diag_error(r->diags, at, "merge-key", "merge keys are not supported");
        diag_help(r->diags, "use `defaults`, or a blueprint, for what several things share");
        return fail(r);
    }
    if (r->use != YAML_DATA && key->text.len > LIMIT_KEY_BYTES) {
        diag_error(r->diags, at, "too-large", "a key of %zu bytes; the limit is %d", key->text.len,
                   LIMIT_KEY_BYTES);
        return fail(r);
    }
    return key;
}

// `{a:1}` is a key `a:1` without a value, and `{if: a, b}` ends at the comma: neither is meant.
static void check_flow_value(Reader *r, const Node *key, const Node *value) {
    if (r->use == YAML_DATA || !node_is_scalar(value) || value->style != STYLE_PLAIN ||
        value->text.len)
        return;
    ptrdiff_t colon = key->style == STYLE_PLAIN ? str_find(key->text, S(":")) : -1;
    if (colon > 0) {
        diag_error(r->diags, key->loc, "flow-value", "`%.*s` has no space behind its colon",
                   SFMT(key->text));
        diag_help(r->diags, "did you mean `%.*s: %.*s`?", (int)colon, key->text.ptr,
                  (int)(key->text.len - (size_t)colon - 1), key->text.ptr + colon + 1);
    } else {
        diag_error(r->diags, key->loc, "flow-value", "`%.*s` stands in a flow map without a value",
                   SFMT(key->text));
        diag_help(
            r->diags,
            "if it belongs to the value before it, quote this whole value: `,` ends a plain one");
    }
}

enum { SMALL_MAP = 16 }; // up to here a scan is faster than a table

// The keys of a map, as far as it is read.
typedef struct Seen {
    uint32_t rising; // so many of the first ones are each behind the one before
    StrMap keys;     // of a large one that is not all so
} Seen;

static bool is_behind_all(Seen *seen, const Node *map, const Node *key) {
    bool behind = seen->rising == map->count &&
                  (!map->count || str_cmp(map->entries[map->count - 1].key->text, key->text) < 0);
    seen->rising += behind;
    return behind;
}

static const Node *key_before(Reader *r, const Node *map, Seen *seen, Node *key) {
    if (is_behind_all(seen, map, key))
        return NULL;
    if (map->count <= SMALL_MAP) {
        const Entry *e = node_find(map, key->text);
        return e ? e->key : NULL;
    }
    bool first = !seen->keys.count;
    for (uint32_t i = 0; i < map->count && first; i++)
        strmap_put(&seen->keys, r->arena, map->entries[i].key->text, map->entries[i].key);
    const Node *before = strmap_get(&seen->keys, key->text);
    if (!before)
        strmap_put(&seen->keys, r->arena, key->text, key);
    return before;
}

static bool is_duplicate(Reader *r, const Node *map, Seen *seen, Node *key) {
    const Node *before = key_before(r, map, seen, key);
    if (!before)
        return false;
    diag_error(r->diags, key->loc, "duplicate-key", "the key `%.*s` is written twice",
               SFMT(key->text));
    diag_label(r->diags, "again here");
    diag_also(r->diags, before->loc, "first here");
    diag_help(r->diags, "keep one of them");
    return true;
}

// The same value of words, so many lines below and columns to the right.
static Node *copy_value(Reader *r, const Node *n, uint32_t down, uint32_t right) {
    Loc at = {n->loc.src, n->loc.line + down, n->loc.col + right, n->loc.len};
    spend(r, 1, at);
    if (n->type == NODE_SCALAR)
        return node_plain(r->arena, n->text, at);
    Node *copy = n->type == NODE_MAP ? node_map(r->arena, at) : node_list(r->arena, at);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->type == NODE_MAP)
            node_entry(r->arena, copy, copy_value(r, n->entries[i].key, down, right),
                       copy_value(r, n->entries[i].value, down, right));
        else
            node_push(r->arena, copy, copy_value(r, n->items[i], down, right));
    }
    return copy;
}

// The value in the row that begins at `at`; the first of them has `value`.
static Node *row_value(Reader *r, const WordList *row, Loc at, const Entry *first) {
    const Loc *above = &first->key->loc;
    if (row->is_same)
        return copy_value(r, first->value, at.line - above->line, at.len - above->len);
    Node *list = node_list(r->arena, (Loc){at.src, at.line, at.col + at.len + 2, 1});
    spend(r, 1, list->loc);
    put_words(r, list, row, r->depth + 1);
    return list;
}

// The entries that libyaml was not shown, if `first` was the first of them.
static void take_rows(Reader *r, Node *map, Seen *seen, Entry first) {
    Loc at = first.key->loc;
    const WordList *row;
    while (!r->failed && first.value == r->last_words && (row = words_row(&r->words))) {
        at.line++;
        at.len = (uint32_t)row->key.len;
        Node *key = node_plain(r->arena, arena_str(r->arena, row->key), at);
        Node *value = spend(r, 1, at) ? row_value(r, row, at, &first) : NULL;
        if (!r->failed && !is_duplicate(r, map, seen, key))
            node_entry(r->arena, map, key, value);
    }
}

static Node *read_map(Reader *r) {
    Node *map = node_map(r->arena, event_place(r));
    Seen seen = {0};
    bool flow = r->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    Anchor *anchor = open_anchor(r, r->event.data.mapping_start.anchor, map->loc);
    if (!check_tag(r, r->event.data.mapping_start.tag, map) || !deeper(r, map->loc) ||
        !spend(r, 1, map->loc))
        return fail(r);
    bool repeats = flow && words_take(&r->words, r->event.start_mark.index);
    while (!r->failed && next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
        Node *key = read_key(r);
        if (!key || !next(r))
            return fail(r);
        bool is_top = r->depth == 1 && r->use == YAML_SPEC;
        r->folds = is_top ? str_eq(key->text, S("projects")) : r->folds;
        Node *value = read_node(r, flow);
        if (r->failed)
            break;
        if (flow)
            check_flow_value(r, key, value);
        if (!is_duplicate(r, map, &seen, key))
            node_entry(r->arena, map, key, value);
        if (!flow)
            take_rows(r, map, &seen, (Entry){key, value});
    }
    r->depth--;
    r->last_words = repeats ? map : r->last_words;
    close_anchor(r, anchor, map);
    return map;
}

static Node *read_node(Reader *r, bool in_flow) {
    switch (r->event.type) {
    case YAML_ALIAS_EVENT:
        return read_alias(r);
    case YAML_SCALAR_EVENT: {
        Node *n = read_scalar(r);
        if (n && in_flow)
            n->loc.len = n->loc.len ? n->loc.len : 1;
        return n;
    }
    case YAML_SEQUENCE_START_EVENT:
        return read_list(r);
    case YAML_MAPPING_START_EVENT:
        return read_map(r);
    default:
        return fail(r);
    }
}

static Node *read_document(Reader *r) {
    if (!next(r) || !next(r)) // the stream, the document
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        diag_error(r->diags, (Loc){r->src, 1, 1, 1}, "empty-file", "there is nothing in this file");
        diag_help(r->diags, "a system begins with `system: NAME`");
        return NULL;
    }
    if (r->event.data.document_start.tag_directives.start !=
        r->event.data.document_start.tag_directives.end) {
        diag_error(r->diags, event_place(r), "yaml-tag", "`%%TAG` directives are not supported");
        return NULL;
    }
    if (!next(r))
        return NULL;
    Node *root = read_node(r, false);
    if (r->failed || !next(r) || !next(r)) // the document's end, the stream's
        return NULL;
    if (r->event.type != YAML_STREAM_END_EVENT) {
        diag_error(r->diags, event_place(r), "several-documents", "a second document begins here");
        diag_help(r->diags, "one file is one document: split it, or remove the `---`");
        return NULL;
    }
    return root;
}

// `words` has what is blank in `text`.
static Node *read_text(Arena *a, Diags *d, const Source *src, YamlUse use, Str text, Words *words) {
    Reader *r = arena_new(a, Reader, 1);
    *r = (Reader){.arena = a, .diags = d, .src = src, .use = use, .words = *words};
    if (!yaml_parser_initialize(&r->parser))
        out_of_memory(a);
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)text.ptr, text.len);
    Node *root = read_document(r);
    yaml_event_delete(&r->event);
    yaml_parser_delete(&r->parser);
    *words = r->words;
    return r->failed ? NULL : root;
}

static Node *read_source(Arena *a, Diags *d, const Source *src, YamlUse use, bool blank) {
    size_t skip;
    if (!yaml_check_encoding(d, src, &skip) || (use != YAML_DATA && !yaml_check_bytes(d, src)))
        return NULL;
    Str text = str_cut(src->text, skip, src->text.len);
    Words words = {0}, none = {0};
    Diags before = *d;
    if (blank && words_find(&words, a, text)) {
        Node *root = read_text(a, d, src, use, words.rest, &words);
        if (root && d->last == before.last && words_all_taken(&words))
            return root;
        diags_forget(d, &before); // there is something in it, or one of them was no list
    }
    return read_text(a, d, src, use, text, &none);
}

Node *yaml_read(Arena *a, Diags *d, const Source *src, YamlUse use) {
    return read_source(a, d, src, use, true);
}

Node *yaml_read_whole(Arena *a, Diags *d, const Source *src, YamlUse use) {
    return read_source(a, d, src, use, false);
}

Str yaml_version(Arena *a) {
    return arena_str(a, str_from(yaml_get_version_string()));
}
