// report_json.c - diagnostics as JSON. Names are those of `terraform validate -json` where it has
// one; within format_version 1 keys are added and never changed.
#include "report.h"

#include "build.h"
#include "json.h"

static const Loc nowhere = {0};

static void set(Arena *a, Node *map, const char *key, Node *value) {
    node_set(a, map, str_from(key), value);
}

static Node *text(Arena *a, Str s) {
    return node_string(a, s, nowhere);
}

static Node *number(Arena *a, size_t n) {
    return node_int(a, (long long)n, nowhere);
}

static Node *position(Arena *a, Loc at, uint32_t more) {
    Node *map = node_map(a, nowhere);
    at.col += more;
    set(a, map, "line", number(a, at.line));
    set(a, map, "column", number(a, at.col));
    set(a, map, "byte", number(a, loc_offset(at)));
    return map;
}

static void set_place(Arena *a, Node *map, Loc at) {
    if (!at.src)
        return;
    set(a, map, "file", text(a, at.src->path));
    if (!at.line)
        return;
    Node *range = node_map(a, nowhere);
    set(a, range, "start", position(a, at, 0));
    set(a, range, "end", position(a, at, at.len));
    set(a, map, "range", range);
}

static Node *labels(Arena *a, const Diag *diag) {
    Node *list = node_list(a, nowhere);
    for (uint32_t i = 0; i < diag->also_count; i++) {
        Node *label = node_map(a, nowhere);
        set(a, label, "text", text(a, diag->also[i].text));
        set_place(a, label, diag->also[i].at);
        node_push(a, list, label);
    }
    return list;
}

static Node *fixes(Arena *a, const Diag *diag) {
    static const char *const tiers[] = {"none", "manual", "unsafe", "safe"};
    Node *list = node_list(a, nowhere);
    for (uint32_t i = 0; i < diag->help_count; i++) {
        const Help *help = &diag->helps[i];
        if (!help->is_edit)
            continue;
        Node *fix = node_map(a, nowhere), *edits = node_list(a, nowhere),
             *edit = node_map(a, nowhere);
        set(a, fix, "title", text(a, help->text));
        set(a, fix, "applicability", text(a, str_from(tiers[help->tier])));
        set_place(a, edit, help->at);
        set(a, edit, "replacement", text(a, help->replacement));
        node_push(a, edits, edit);
        set(a, fix, "edits", edits);
        node_push(a, list, fix);
    }
    return list;
}

static Node *diagnostic(Arena *a, const Diag *diag) {
    Node *map = node_map(a, nowhere);
    set(a, map, "code", text(a, str_from(diag->id)));
    set(a, map, "severity", text(a, str_from(report_severity(diag))));
    set(a, map, "summary", text(a, diag->message));
    set(a, map, "detail", text(a, report_detail(a, diag)));
    set_place(a, map, diag->at);
    if (diag->label.len)
        set(a, map, "label", text(a, diag->label));
    set(a, map, "related", labels(a, diag));
    set(a, map, "fixes", fixes(a, diag));
    set(a, map, "suppressed", node_bool(a, diag->suppressed, nowhere));
    return map;
}

void report_json(const Report *r, Buf *out) {
    Arena *a = r->arena;
    Node *root = node_map(a, nowhere), *tool = node_map(a, nowhere), *list = node_list(a, nowhere);
    const Diags *d = r->diags;
    set(a, tool, "name", text(a, S("wgen")));
    set(a, tool, "version", text(a, S(WGEN_VERSION)));
    for (const Diag *diag = d->first; diag; diag = diag->next)
        node_push(a, list, diagnostic(a, diag));
    set(a, root, "format_version", text(a, S("1.0")));
    set(a, root, "tool", tool);
    set(a, root, "valid", node_bool(a, d->errors == 0, nowhere));
    set(a, root, "error_count", number(a, d->errors + d->drifts));
    set(a, root, "warning_count", number(a, d->warnings));
    set(a, root, "diagnostics", list);
    json_print(out, root, 0, true);
    buf_char(out, '\n');
}

void report_jsonl(const Report *r, Buf *out) {
    for (const Diag *diag = r->diags->first; diag; diag = diag->next) {
        json_print(out, diagnostic(r->arena, diag), 0, false);
        buf_char(out, '\n');
    }
}
