// regex.c - the only file that knows pcre2.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex.h"

#include <pcre2.h>
#include <stdlib.h>

#include "limits.h"

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_KIB = 1024, PARENS_LIMIT = 32 };

static pcre2_code *compile(Str pattern) {
    int error;
    PCRE2_SIZE at;
    if (pattern.len > LIMIT_PATTERN_BYTES)
        return NULL;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        out_of_memory(NULL);
    pcre2_set_parens_nest_limit(context, PARENS_LIMIT);
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, &error, &at, context);
    pcre2_compile_context_free(context);
    if (!code && error == PCRE2_ERROR_HEAP_FAILED)
        out_of_memory(NULL);
    return code;
}

bool regex_is_valid(Str pattern) {
    pcre2_code *code = compile(pattern);
    pcre2_code_free(code);
    return code != NULL;
}

// What a match takes is made once.
struct Regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

Regex *regex_new(Str pattern) {
    pcre2_code *code = compile(pattern);
    if (!code)
        return NULL;
    Regex *r = malloc(sizeof *r);
    if (!r)
        out_of_memory(NULL);
    *r = (Regex){code, pcre2_match_data_create_from_pattern(code, NULL),
                 pcre2_match_context_create(NULL)};
    if (!r->data || !r->context)
        out_of_memory(NULL);
    pcre2_set_match_limit(r->context, MATCH_LIMIT);
    pcre2_set_depth_limit(r->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->context, HEAP_KIB);
    return r;
}

bool regex_match(Regex *r, Str subject) {
    if (!r || subject.len > LIMIT_SUBJECT_BYTES)
        return false;
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.ptr ? subject.ptr : "");
    return pcre2_match(r->code, text, subject.len, 0, 0, r->data, r->context) >= 0;
}

void regex_free(Regex *r) {
    if (!r)
        return;
    pcre2_match_context_free(r->context);
    pcre2_match_data_free(r->data);
    pcre2_code_free(r->code);
    free(r);
}

bool regex_matches(Str pattern, Str subject) {
    Regex *r = regex_new(pattern);
    bool matches = regex_match(r, subject);
    regex_free(r);
    return matches;
}

Str regex_version(Arena *a) {
    char text[64] = ""; // pcre2_config(3): 24 characters are enough
    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof text)
        pcre2_config(PCRE2_CONFIG_VERSION, text);
    return arena_str(a, str_from(text));
}
