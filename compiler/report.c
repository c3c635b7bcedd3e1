// report.c - the formats for machines, and what they share.
#include "report.h"

#include <xxhash.h>

const ReportFormat report_formats[] = {
    {"json",   report_json  },
    {"jsonl",  report_jsonl },
    {"sarif",  report_sarif },
    {"github", report_github},
    {"gitlab", report_gitlab},
    {"junit",  report_junit },
};
const size_t report_format_count = COUNT(report_formats);

const char *report_severity(const Diag *diag) {
    return diag->severity == SEVERITY_ERROR     ? "error"
           : diag->severity == SEVERITY_WARNING ? "warning"
                                                : "info";
}

Str report_detail(Arena *a, const Diag *diag) {
    Buf b = {.arena = a};
    for (uint32_t i = 0; i < diag->help_count; i++)
        buf_fmt(&b, "%shelp: %.*s", b.len ? "\n" : "", SFMT(diag->helps[i].text));
    for (uint32_t i = 0; i < diag->note_count; i++)
        buf_fmt(&b, "%snote: %.*s", b.len ? "\n" : "", SFMT(diag->notes[i]));
    Str detail = b.len ? buf_keep(&b, a) : S("");
    buf_free(&b);
    return detail;
}

// The text of the line and not its number: what stands above may change.
Str report_fingerprint(Arena *a, const Diag *diag) {
    Buf b = {.arena = a};
    Str rest = diag->at.src ? diag->at.src->text : (Str){0}, line = {0};
    for (uint32_t i = 0; i < diag->at.line && str_split(&rest, '\n', &line); i++) {
    }
    buf_fmt(&b, "%s\n%.*s\n", diag->id, SFMT(diag->message));
    if (diag->at.src)
        buf_put(&b, diag->at.src->path);
    buf_put(&b, diag->secret ? S("") : str_trim(line));
    Str fingerprint = str_fmt(a, "%016llx", (unsigned long long)XXH3_64bits(b.ptr, b.len));
    buf_free(&b);
    return fingerprint;
}
