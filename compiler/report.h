// report.h - diagnostics for machines: editors, dashboards of code, and pipelines. People read what
// diag_print.c makes of them.
#ifndef REPORT_H
#define REPORT_H

#include "kind.h"

#define WGEN_VERSION "0.1.0"
#define WGEN_DATE "2026-11-24" // of that version, for the manual

typedef struct Report {
    Arena *arena;
    const Diags *diags; // sorted
    Kinds *kinds;       // to say what rules there are
    const Str *files;   // that were read
    size_t file_count;
} Report;

typedef struct ReportFormat {
    const char *name; // of --format
    void (*put)(const Report *r, Buf *out);
} ReportFormat;
extern const ReportFormat report_formats[];
extern const size_t report_format_count;

void report_json(const Report *r, Buf *out);   // one object, as tests/formats/json.schema says
void report_jsonl(const Report *r, Buf *out);  // a diagnostic on each line
void report_sarif(const Report *r, Buf *out);  // SARIF 2.1.0
void report_github(const Report *r, Buf *out); // workflow commands of GitHub Actions
void report_gitlab(const Report *r, Buf *out); // GitLab's code quality report
void report_junit(const Report *r, Buf *out);  // a test case for each file

// What they share: a diagnostic's words in one text, and what tells it from others when lines move.
Str report_detail(Arena *a, const Diag *diag);
Str report_fingerprint(Arena *a, const Diag *diag);
const char *report_severity(const Diag *diag);

#endif
