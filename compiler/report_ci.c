// report_ci.c - what pipelines show beside a change: commands of GitHub Actions, GitLab's code
// quality, JUnit.
#include "report.h"

#include "build.h"
#include "json.h"

#include <string.h>

static const Loc nowhere = {0};

// A value of a workflow command. Whatever would end it, or begin another one, is escaped.
static void put_value(Buf *out, Str text, const char *special) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '%' || c == '\r' || c == '\n' || strchr(special, c))
            buf_fmt(out, "%%%02X", c);
        else if (c < 0x20 || c == 0x7F)
            buf_fmt(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
}

static void put_property(Buf *out, const char *name, Str value) {
    buf_fmt(out, "%s%s=", out->ptr[out->len - 1] == ' ' ? "" : ",", name);
    put_value(out, value, ":,");
}

static void put_command(const Report *r, const Diag *diag, Buf *out) {
    Arena *a = r->arena;
    Str detail = report_detail(a, diag);
    buf_fmt(out, "::%s ", diag->severity == SEVERITY_INFO ? "notice" : report_severity(diag));
    if (diag->at.src)
        put_property(out, "file", diag->at.src->path);
    if (diag->at.src && diag->at.line) {
        buf_fmt(out, ",line=%u,endLine=%u,col=%u,endColumn=%u", diag->at.line, diag->at.line,
                diag->at.col, diag->at.col + diag->at.len);
    }
    put_property(out, "title", str_from(diag->id));
    buf_put(out, S("::"));
    put_value(out, diag->message, "");
    if (detail.len) {
        buf_put(out, S("%0A"));
        put_value(out, detail, "");
    }
    buf_char(out, '\n');
}

// GitHub shows ten errors and ten warnings of a step: errors come first.
void report_github(const Report *r, Buf *out) {
    static const Severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO};
    for (size_t i = 0; i < COUNT(order); i++)
        for (const Diag *diag = r->diags->first; diag; diag = diag->next)
            if (diag->severity == order[i] && !diag->suppressed)
                put_command(r, diag, out);
}

static void set(Arena *a, Node *map, const char *key, Node *value) {
    node_set(a, map, str_from(key), value);
}

void report_gitlab(const Report *r, Buf *out) {
    Arena *a = r->arena;
    Node *list = node_list(a, nowhere);
    for (const Diag *diag = r->diags->first; diag; diag = diag->next) {
        if (diag->suppressed)
            continue;
        Node *map = node_map(a, nowhere), *place = node_map(a, nowhere),
             *lines = node_map(a, nowhere);
        set(a, lines, "begin", node_int(a, diag->at.line ? diag->at.line : 1, nowhere));
        set(a, place, "path", node_string(a, diag->at.src ? diag->at.src->path : S("."), nowhere));
        set(a, place, "lines", lines);
        set(a, map, "description", node_string(a, diag->message, nowhere));
        set(a, map, "check_name", node_string(a, str_from(diag->id), nowhere));
        set(a, map, "fingerprint", node_string(a, report_fingerprint(a, diag), nowhere));
        set(a, map, "severity",
            node_string(a, diag->severity == SEVERITY_ERROR ? S("major") : S("minor"), nowhere));
        set(a, map, "location", place);
        node_push(a, list, map);
    }
    json_print(out, list, 0, true);
    buf_char(out, '\n');
}

// XML knows no control characters, not even escaped.
static void put_xml(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (strchr("<>&\"'", c) && c)
            buf_fmt(out, "&#%u;", c);
        else if (c < 0x20 && c != '\n' && c != '\t')
            buf_fmt(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
}

static void put_failure(const Report *r, const Diag *diag, Buf *out) {
    buf_fmt(out, "      <failure type=\"%s\" message=\"", diag->id);
    put_xml(out, diag->message);
    buf_put(out, S("\">"));
    if (diag->at.src && diag->at.line) {
        put_xml(out, diag->at.src->path);
        buf_fmt(out, ":%u:%u\n", diag->at.line, diag->at.col);
    }
    put_xml(out, report_detail(r->arena, diag));
    buf_put(out, S("</failure>\n"));
}

static bool is_of(const Diag *diag, Str file) {
    bool error = diag->severity == SEVERITY_ERROR && !diag->suppressed;
    return error && diag->at.src && str_eq(diag->at.src->path, file);
}

static size_t put_case(const Report *r, Str file, Buf *out) {
    size_t failures = 0;
    buf_put(out, S("    <testcase classname=\"wgen\" name=\""));
    put_xml(out, file);
    buf_put(out, S("\">\n"));
    for (const Diag *diag = r->diags->first; diag; diag = diag->next) {
        if (!is_of(diag, file))
            continue;
        put_failure(r, diag, out);
        failures++;
    }
    buf_put(out, S("    </testcase>\n"));
    return failures;
}

// A test case for every file that was read, and one for what is of no such file.
void report_junit(const Report *r, Buf *out) {
    Buf cases = {.arena = r->arena}, rest = {.arena = r->arena};
    size_t failures = 0, others = 0;
    for (size_t i = 0; i < r->file_count; i++)
        failures += put_case(r, r->files[i], &cases) > 0;
    for (const Diag *diag = r->diags->first; diag; diag = diag->next) {
        bool known = false;
        for (size_t i = 0; i < r->file_count; i++)
            known = known || is_of(diag, r->files[i]);
        if (!known && diag->severity == SEVERITY_ERROR && !diag->suppressed) {
            put_failure(r, diag, &rest);
            others++;
        }
    }
    size_t count = r->file_count + (others > 0);
    buf_fmt(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"wgen\" "
            "tests=\"%zu\" failures=\"%zu\">\n",
            count, failures + (others > 0));
    buf_put(out, buf_str(&cases));
    if (others) {
        buf_put(out, S("    <testcase classname=\"wgen\" name=\"other files\">\n"));
        buf_put(out, buf_str(&rest));
        buf_put(out, S("    </testcase>\n"));
    }
    buf_put(out, S("  </testsuite>\n</testsuites>\n"));
    buf_free(&cases);
    buf_free(&rest);
}
