// edit.c - changes to the text of a spec.
#include "edit.h"

#include <string.h>

static bool is_crlf(Str text) {
    ptrdiff_t end = str_find(text, S("\n"));
    return end > 0 && text.ptr[end - 1] == '\r';
}

// Lines end as those of the text do that they become part of.
static void put_lines(Buf *out, Str added, bool crlf) {
    for (size_t i = 0; i < added.len; i++) {
        if (crlf && added.ptr[i] == '\n' && (i == 0 || added.ptr[i - 1] != '\r'))
            buf_char(out, '\r');
        buf_char(out, added.ptr[i]);
    }
}

Str edit_splice(Arena *a, Str text, const Splice *splices, size_t count) {
    Buf out = {.arena = a};
    bool crlf = is_crlf(text);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        buf_put(&out, str_cut(text, at, splices[i].from));
        put_lines(&out, splices[i].text, crlf);
        at = splices[i].to;
    }
    buf_put(&out, str_cut(text, at, text.len));
    Str changed = out.len ? buf_keep(&out, a) : S("");
    buf_free(&out);
    return changed;
}

static Str splice(Arena *a, Str text, size_t from, size_t to, Str with) {
    return edit_splice(a, text, &(Splice){from, to, with}, 1);
}

const Cst *edit_find(const Cst *root, const Str *path, size_t count) {
    const Cst *n = root;
    for (size_t i = 0; i < count && n; i++)
        n = cst_get(n, path[i]);
    return n;
}

static bool is_nothing(const Cst *n) {
    bool null = n->type == CST_SCALAR && n->style == STYLE_PLAIN &&
                (str_eq(n->text, S("null")) || str_eq(n->text, S("~")));
    return cst_is_empty(n) || null || ((n->type == CST_MAP || n->type == CST_LIST) && !n->count);
}

// `value` with its lines but the first indented.
static void put_value(Buf *out, Str value, uint32_t indent) {
    Str rest = value, line;
    for (bool first = true; str_split(&rest, '\n', &line); first = false) {
        if (!first) {
            buf_char(out, '\n');
            if (line.len)
                buf_fill(out, ' ', indent);
        }
        buf_put(out, line);
    }
}

// `name: value`, or the value below its name if it has several lines.
static void put_entry(Buf *out, Str name, Str value, uint32_t indent, uint32_t gap) {
    bool below = str_find(value, S("\n")) >= 0;
    buf_fmt(out, "%.*s:", SFMT(name));
    if (str_starts(value, S("\n"))) // one line, but below as well
        value = str_cut(value, 1, value.len);
    if (below) {
        buf_char(out, '\n');
        buf_fill(out, ' ', indent + 2);
        put_value(out, value, indent + 2);
    } else if (value.len) {
        buf_fill(out, ' ', gap);
        buf_put(out, value);
    }
}

static bool is_blank_between(Str text, size_t from, size_t to) {
    size_t ends = 0;
    for (size_t i = from; i < to; i++)
        ends = text.ptr[i] == '\n' ? ends + 1 : strchr(" \r", text.ptr[i]) ? ends : 0;
    return ends > 1;
}

// Where the values of a map's entries are lined up, the column; else 0.
static uint32_t value_column(const Cst *map) {
    uint32_t col = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        const Cst *v = map->items[i];
        if (v->line != v->key->line || (col && v->col != col))
            return 0;
        col = v->col;
    }
    return map->count > 1 ? col : 0;
}

static Str add_lines(Arena *a, Str text, size_t at, Str lines, bool blank) {
    Buf b = {.arena = a};
    if (at > 0 && text.ptr[at - 1] != '\n')
        buf_char(&b, '\n');
    if (blank)
        buf_char(&b, '\n');
    buf_put(&b, lines);
    buf_char(&b, '\n');
    Str added = buf_keep(&b, a);
    buf_free(&b);
    return splice(a, text, at, at, added);
}

static Str entry_text(Arena *a, Str name, Str value, uint32_t indent, uint32_t gap, bool lead) {
    Buf b = {.arena = a};
    buf_fill(&b, ' ', lead ? indent : 0);
    put_entry(&b, name, value, indent, gap);
    Str entry = buf_keep(&b, a);
    buf_free(&b);
    return entry;
}

// A text in lines may take what follows it for a part of itself.
static bool ends_in_text(const Cst *n) {
    while (n->count)
        n = n->items[n->count - 1];
    return n->type == CST_SCALAR && n->style == STYLE_BLOCK;
}

static Str add_to_block(Arena *a, Str text, const Cst *map, Str name, Str value) {
    const Cst *last = map->items[map->count - 1];
    uint32_t lined_up = value_column(map), after_key = map->col + (uint32_t)name.len + 1;
    uint32_t gap = lined_up > after_key ? lined_up - after_key : 1;
    bool blank = !ends_in_text(last) && map->count > 1 &&
                 is_blank_between(text, map->items[map->count - 2]->to, last->key->from);
    Str entry = entry_text(a, name, value, map->col, gap, true);
    return add_lines(a, text, cst_line_end(text, last->to), entry, blank);
}

static Str add_to_flow(Arena *a, Str text, const Cst *n, Str entry) {
    if (!n->count)
        return splice(a, text, n->from + 1, n->to - 1, entry);
    size_t at = n->items[n->count - 1]->to;
    return splice(a, text, at, at, str_fmt(a, ", %.*s", SFMT(entry)));
}

// The map at `path` stands in braces, or is itself written in them.
static bool in_flow(const Cst *root, const Str *path, size_t count) {
    const Cst *n = root;
    bool flow = n->flow;
    for (size_t i = 0; i < count && n && !flow; i++) {
        n = cst_get(n, path[i]);
        flow = n && n->flow && n->count;
    }
    return flow;
}

// In place of nothing: `queues:`, `queues: {}`, `queues: null`.
static Str fill(Arena *a, Str text, const Cst *n, Str name, Str value) {
    const Cst *key = n->key;
    uint32_t indent = key ? key->col + 2 : 0;
    Str entry = entry_text(a, name, value, indent, 1, true);
    size_t from = n->from, to = n->to;
    if (cst_is_empty(n)) // behind whatever comment its key has
        return add_lines(a, text, cst_line_end(text, key->to), entry, false);
    while (from > 0 && text.ptr[from - 1] == ' ')
        from--;
    text = splice(a, text, from, to, S(""));
    return add_lines(a, text, cst_line_end(text, from), entry, false);
}

// Sections stand in the order in which people read them: whom it is for, what there is, what works
// with it, and what is told of it.
static int rank_of(Str section) {
    static const struct {
        Str section;
        int rank;
    } ranks[] = {
        {{"projects", 8},    1},
        {{"types", 5},       3},
        {{"functions", 9},   4},
        {{"workers", 7},     5},
        {{"apis", 4},        5},
        {{"schedules", 9},   5},
        {{"blueprints", 10}, 6},
        {{"workflows", 9},   7},
        {{"outputs", 7},     8},
        {{"backend", 7},     8},
        {{"deploy", 6},      8},
    };
    static const Str heads[] = {
        {"system",       6 },
        {"doc",          3 },
        {"region",       6 },
        {"version",      7 },
        {"names",        5 },
        {"code",         4 },
        {"environments", 12},
        {"parameters",   10},
        {"notify",       6 },
        {"budget",       6 },
        {"defaults",     8 },
    };
    for (size_t i = 0; i < COUNT(ranks); i++)
        if (str_eq(section, ranks[i].section))
            return ranks[i].rank;
    for (size_t i = 0; i < COUNT(heads); i++)
        if (str_eq(section, heads[i]))
            return 0;
    return 2; // what there is: queues, tables, buckets
}

// Comments right below something, with nothing right below them, belong to it.
static size_t behind_comments(Str text, size_t at) {
    size_t to = at;
    while (to < text.len && text.ptr[to] == '#')
        to = cst_line_end(text, to);
    return to >= text.len || text.ptr[to] == '\n' || text.ptr[to] == '\r' ? to : at;
}

// A section that is new, behind those that come before it.
static Str add_section(Arena *a, Str text, const Cst *root, Str name, Str value) {
    const Cst *before = NULL;
    for (uint32_t i = 0; i < root->count; i++)
        if (rank_of(root->items[i]->key->text) <= rank_of(name))
            before = root->items[i];
    Str entry = entry_text(a, name, value, 0, 1, true);
    if (before) {
        size_t at = behind_comments(text, cst_line_end(text, before->to));
        bool spaced = rank_of(name) > 0;
        bool follows = at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r';
        if (spaced && follows)
            entry = str_fmt(a, "%.*s\n", SFMT(entry));
        return add_lines(a, text, at, entry, spaced);
    }
    size_t at = cst_line_start(text, root->items[0]->key->from);
    return add_lines(a, text, at, str_fmt(a, "%.*s\n", SFMT(entry)), false);
}

// In braces a comment would take what closes them with it.
static Str without_comment(Arena *a, Str value) {
    Str text = str_fmt(a, "k: %.*s", SFMT(value));
    const Cst *map = cst_read(a, text);
    return cst_is_map(map) && map->count == 1
               ? str_cut(text, map->items[0]->from, map->items[0]->to)
               : value;
}

Str edit_add(Arena *a, Str text, const Str *path, size_t count, Str name, Str value) {
    const Cst *root = cst_read(a, text);
    if (!cst_is_map(root))
        return (Str){0};
    const Cst *n = edit_find(root, path, count);
    if (!n) { // the map itself is new
        Str inner = entry_text(a, name, value, 0, 1, true);
        bool flow = in_flow(root, path, count - 1);
        return edit_add(a, text, path, count - 1, path[count - 1],
                        flow ? str_fmt(a, "{%.*s}", SFMT(inner))
                             : str_fmt(a, "\n%.*s", SFMT(inner)));
    }
    if (n == root)
        return root->flow ? (Str){0} : add_section(a, text, root, name, value);
    bool braces = in_flow(root, path, count);
    if (braces && str_find(value, S("\n")) >= 0)
        return (Str){0};
    if (braces && str_find(value, S(" #")) >= 0)
        value = without_comment(a, value);
    if (is_nothing(n) && braces)
        return splice(a, text, n->from, n->to,
                      str_fmt(a, "%s{%.*s}", cst_is_empty(n) ? " " : "",
                              SFMT(entry_text(a, name, value, 0, 1, true))));
    if (is_nothing(n))
        return n->key ? fill(a, text, n, name, value) : (Str){0};
    if (n->type != CST_MAP)
        return (Str){0};
    if (n->flow)
        return add_to_flow(a, text, n, entry_text(a, name, value, 0, 1, true));
    return add_to_block(a, text, n, name, value);
}

Str edit_add_item(Arena *a, Str text, const Str *path, size_t count, Str item) {
    const Cst *root = cst_read(a, text), *n = edit_find(root, path, count);
    if (!n || (n->type == CST_SCALAR && !is_nothing(n)))
        return (Str){0};
    if (n->type == CST_MAP && n->count)
        return edit_add(a, text, path, count, item, S("{}"));
    if (is_nothing(n)) {
        Str list = str_fmt(a, "[%.*s]", SFMT(item));
        if (cst_is_empty(n))
            return splice(a, text, n->key->to + 1, n->key->to + 1, str_fmt(a, " %.*s", SFMT(list)));
        return splice(a, text, n->from, n->to, list);
    }
    if (n->flow)
        return add_to_flow(a, text, n, item);
    size_t at = cst_line_end(text, n->items[n->count - 1]->to);
    Buf b = {.arena = a};
    buf_fill(&b, ' ', n->col);
    buf_fmt(&b, "- %.*s", SFMT(item));
    Str line = buf_keep(&b, a);
    buf_free(&b);
    return add_lines(a, text, at, line, false);
}

// The number of the item that is called `name`: an entry, a word, or a map of that one key.
static uint32_t index_of(const Cst *n, Str name) {
    for (uint32_t i = 0; i < n->count; i++) {
        const Cst *item = n->items[i];
        if (n->type == CST_LIST && cst_is_map(item) && item->count == 1)
            item = item->items[0];
        if (str_eq(item->key ? item->key->text : item->text, name))
            return i;
    }
    return n->count;
}

bool edit_has(const Cst *n, Str name) {
    return n && index_of(n, name) < n->count;
}

static size_t start_of(const Cst *item) {
    return item->key ? item->key->from : item->from;
}

static bool is_blank_line(Str text, size_t at) {
    size_t end = cst_line_end(text, at);
    return at < text.len && str_trim(str_cut(text, at, end)).len == 0;
}

// Behind a text in lines, blank ones and comments that stand far to the right would be part of it:
// they move to the left, up to where something else begins.
static size_t put_apart(Str text, size_t at, uint32_t col, Buf *out) {
    while (at < text.len) {
        size_t end = cst_line_end(text, at);
        Str line = str_trim(str_cut(text, at, end));
        if (line.len && line.ptr[0] != '#')
            break;
        if (line.len) {
            buf_fill(out, ' ', col);
            buf_fmt(out, "%.*s\n", SFMT(line));
        }
        at = end;
    }
    return at;
}

static Str remove_lines(Arena *a, Str text, const Cst *item, const Cst *before) {
    size_t from = cst_line_start(text, start_of(item)), to = cst_line_end(text, item->to);
    if (before && ends_in_text(before)) {
        Buf apart = {.arena = a};
        to = put_apart(text, to, item->key ? item->key->col : item->col, &apart);
        Str changed = splice(a, text, from, to, buf_str(&apart));
        buf_free(&apart);
        return changed;
    }
    bool after_blank = from == 0 || is_blank_line(text, cst_line_start(text, from - 1));
    if (after_blank && is_blank_line(text, to))
        to = cst_line_end(text, to);
    else if (after_blank && to >= text.len && from > 0)
        from = cst_line_start(text, from - 1);
    return splice(a, text, from, to, S(""));
}

static uint32_t line_of(const Cst *item) {
    return item->key ? item->key->line : item->line;
}

// With the comma that is on its line: what stands on other lines may have comments about others.
static Str remove_from_flow(Arena *a, Str text, const Cst *n, uint32_t i) {
    const Cst *item = n->items[i], *next = i + 1 < n->count ? n->items[i + 1] : NULL;
    if (i > 0 && n->items[i - 1]->last == line_of(item))
        return splice(a, text, n->items[i - 1]->to, item->to, S(""));
    if (next && line_of(next) == item->last)
        return splice(a, text, start_of(item), start_of(next), S(""));
    size_t to = item->to;
    while (next && text.ptr[to - 1] != ',')
        to++;
    return splice(a, text, start_of(item), to, S(""));
}

Str edit_remove(Arena *a, Str text, const Str *path, size_t count, Str name) {
    const Cst *root = cst_read(a, text), *n = edit_find(root, path, count);
    if (!n || (n->type != CST_MAP && n->type != CST_LIST))
        return (Str){0};
    uint32_t i = index_of(n, name);
    if (i == n->count)
        return (Str){0};
    if (n->count == 1 && count > 0 && n->type == CST_MAP)
        return edit_remove(a, text, path, count - 1, path[count - 1]);
    const Cst *item = n->items[i];
    if (n->flow)
        return remove_from_flow(a, text, n, i);
    if (n->count == 1) // a list without anything
        return splice(a, text, n->from, item->to, S("[]"));
    return remove_lines(a, text, item, i > 0 ? n->items[i - 1] : NULL);
}
