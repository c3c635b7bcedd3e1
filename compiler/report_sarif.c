// report_sarif.c - SARIF 2.1.0, for GitHub's code scanning and others. All rules are listed, so
// that a finding that is gone can be closed; columns are code points, as everywhere in wgen.
#include "report.h"

#include "build.h"
#include "json.h"
#include "rules.h"

static const Loc nowhere = {0};

static void set(Arena *a, Node *map, const char *key, Node *value) {
    node_set(a, map, str_from(key), value);
}

static void set_text(Arena *a, Node *map, const char *key, Str value) {
    set(a, map, key, node_string(a, value, nowhere));
}

static void set_number(Arena *a, Node *map, const char *key, long long value) {
    set(a, map, key, node_int(a, value, nowhere));
}

static Node *message(Arena *a, Str text) {
    Node *map = node_map(a, nowhere);
    set_text(a, map, "text", text);
    return map;
}

// A path as a URI reference: what is no plain character is escaped.
static Str uri(Arena *a, Str path) {
    Buf b = {.arena = a};
    while (str_starts(path, S("./")))
        path = str_cut(path, 2, path.len);
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
        if (plain)
            buf_char(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned)(unsigned char)c);
    }
    Str escaped = buf_keep(&b, a);
    buf_free(&b);
    return escaped;
}

static Node *region(Arena *a, Loc at) {
    Node *map = node_map(a, nowhere);
    set_number(a, map, "startLine", at.line);
    set_number(a, map, "startColumn", at.col);
    set_number(a, map, "endLine", at.line);
    set_number(a, map, "endColumn", (long long)at.col + at.len);
    return map;
}

static Node *artifact(Arena *a, Loc at) {
    Node *map = node_map(a, nowhere);
    set_text(a, map, "uri", uri(a, at.src->path));
    if (!str_starts(at.src->path, S("/")))
        set_text(a, map, "uriBaseId", S("%SRCROOT%"));
    return map;
}

static Node *location(Arena *a, Loc at, Str words) {
    Node *map = node_map(a, nowhere), *physical = node_map(a, nowhere);
    set(a, physical, "artifactLocation", artifact(a, at));
    if (at.line)
        set(a, physical, "region", region(a, at));
    set(a, map, "physicalLocation", physical);
    if (words.len)
        set(a, map, "message", message(a, words));
    return map;
}

static Node *fix(Arena *a, const Help *help) {
    Node *map = node_map(a, nowhere), *changes = node_list(a, nowhere),
         *change = node_map(a, nowhere);
    Node *list = node_list(a, nowhere), *replacement = node_map(a, nowhere);
    set(a, replacement, "deletedRegion", region(a, help->at));
    set(a, replacement, "insertedContent", message(a, help->replacement));
    node_push(a, list, replacement);
    set(a, change, "artifactLocation", artifact(a, help->at));
    set(a, change, "replacements", list);
    node_push(a, changes, change);
    set(a, map, "description", message(a, help->text));
    set(a, map, "artifactChanges", changes);
    return map;
}

static Node *result(Arena *a, const Diag *diag, size_t rule) {
    Node *map = node_map(a, nowhere), *places = node_list(a, nowhere),
         *related = node_list(a, nowhere);
    Node *fixes = node_list(a, nowhere), *prints = node_map(a, nowhere);
    Str detail = report_detail(a, diag);
    set_text(a, map, "ruleId", str_from(diag->id));
    if (rule != SIZE_MAX)
        set_number(a, map, "ruleIndex", (long long)rule);
    set_text(a, map, "level",
             diag->severity == SEVERITY_INFO ? S("note") : str_from(report_severity(diag)));
    set(a, map, "message",
        message(a, detail.len ? str_fmt(a, "%.*s\n%.*s", SFMT(diag->message), SFMT(detail))
                              : diag->message));
    if (diag->at.src)
        node_push(a, places, location(a, diag->at, diag->label));
    set(a, map, "locations", places);
    for (uint32_t i = 0; i < diag->also_count; i++)
        node_push(a, related, location(a, diag->also[i].at, diag->also[i].text));
    if (related->count)
        set(a, map, "relatedLocations", related);
    for (uint32_t i = 0; i < diag->help_count; i++)
        if (diag->helps[i].is_edit)
            node_push(a, fixes, fix(a, &diag->helps[i]));
    if (fixes->count)
        set(a, map, "fixes", fixes);
    set_text(a, prints, "primaryLocationLineHash", report_fingerprint(a, diag));
    set(a, map, "partialFingerprints", prints);
    if (diag->suppressed) {
        Node *list = node_list(a, nowhere), *how = node_map(a, nowhere);
        set_text(a, how, "kind", S("inSource"));
        node_push(a, list, how);
        set(a, map, "suppressions", list);
    }
    return map;
}

static Node *rule_node(Arena *a, const Rule *rule) {
    Node *map = node_map(a, nowhere), *level = node_map(a, nowhere);
    set_text(a, map, "id", rule->id);
    set_text(a, map, "name", rule->id);
    set(a, map, "shortDescription", message(a, rule->what));
    if (rule->why.len)
        set(a, map, "fullDescription", message(a, rule->why));
    set(a, map, "help", message(a, str_fmt(a, "wgen explain %.*s", SFMT(rule->id))));
    set_text(a, level, "level", S("error"));
    set(a, map, "defaultConfiguration", level);
    return map;
}

static Node *driver(const Report *r, const Str *ids, size_t count) {
    Arena *a = r->arena;
    Node *map = node_map(a, nowhere), *rules = node_list(a, nowhere);
    for (size_t i = 0; i < count; i++)
        node_push(a, rules, rule_node(a, rule_find(r->kinds, ids[i])));
    set_text(a, map, "name", S("wgen"));
    set_text(a, map, "version", S(WGEN_VERSION));
    set(a, map, "rules", rules);
    return map;
}

static size_t index_of(const Str *ids, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (str_is(ids[i], id))
            return i;
    return SIZE_MAX;
}

void report_sarif(const Report *r, Buf *out) {
    Arena *a = r->arena;
    Str *ids;
    size_t count = rule_ids(a, &ids);
    Node *root = node_map(a, nowhere), *runs = node_list(a, nowhere), *run = node_map(a, nowhere);
    Node *tool = node_map(a, nowhere), *results = node_list(a, nowhere);
    Node *calls = node_list(a, nowhere), *call = node_map(a, nowhere);
    for (const Diag *diag = r->diags->first; diag; diag = diag->next)
        node_push(a, results, result(a, diag, index_of(ids, count, diag->id)));
    set(a, tool, "driver", driver(r, ids, count));
    set(a, call, "executionSuccessful", node_bool(a, r->diags->failures == 0, nowhere));
    node_push(a, calls, call);
    set(a, run, "tool", tool);
    set(a, run, "invocations", calls);
    set_text(a, run, "columnKind", S("unicodeCodePoints"));
    set(a, run, "results", results);
    node_push(a, runs, run);
    set_text(a, root, "$schema", S("https://json.schemastore.org/sarif-2.1.0.json"));
    set_text(a, root, "version", S("2.1.0"));
    set(a, root, "runs", runs);
    json_print(out, root, 0, true);
    buf_char(out, '\n');
}
