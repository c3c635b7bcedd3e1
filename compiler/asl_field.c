// asl_field.c - the fields of states and what is in them. Source: states-language.net/spec.html;
// numbers from the API's model and the developer guide.
#include "asl_check.h"

#include <stdlib.h>
#include <string.h>

enum {
    SECONDS_MOST = 99999999, // of Wait and of timeouts
    LABEL_MOST = 40
};

void asl_wrong(const AslCheck *c, const Node *n, Str field, const char *is) {
    field = asl_word(c, field);
    diag_error(c->diags, n->loc, "wrong-type", "`%.*s` of `%.*s` is %s", SFMT(field),
               SFMT(c->state), is);
    if (n->type == NODE_SCALAR)
        diag_label(c->diags, "found `%.*s`", SFMT(n->text));
}

// --- values

// A string of JSONata, or a placeholder, stands for any value.
bool asl_is_open(const AslCheck *c, const Node *n, Query query) {
    if (asl_is_placeholder(c, n))
        return true;
    if (query != QUERY_JSONATA || !node_is_string(n) || !str_starts(node_str(n), S("{%")))
        return false;
    asl_check_jsonata(c, n);
    return true;
}

bool asl_number(const Node *n, double *value) {
    char text[64];
    if (!node_is_number(n) || n->text.len >= sizeof text)
        return false;
    memcpy(text, n->text.ptr, n->text.len);
    text[n->text.len] = '\0';
    *value = strtod(text, NULL);
    return true;
}

void asl_check_number(const AslCheck *c, const Node *n, Str field, double least, double most,
                      bool whole) {
    double value;
    if (!asl_number(n, &value)) {
        asl_wrong(c, n, field, whole ? "a whole number" : "a number");
    } else if (whole && (value > (double)(long long)value || value < (double)(long long)value)) {
        asl_wrong(c, n, field, "a whole number");
    } else if (value < least || value > most) {
        field = asl_word(c, field);
        diag_error(c->diags, n->loc, "out-of-range", "`%.*s` of `%.*s` is from %.0f to %.0f",
                   SFMT(field), SFMT(c->state), least, most);
        diag_label(c->diags, "found `%.*s`", SFMT(n->text));
    }
}

static void check_text(const AslCheck *c, const Node *n, Str field, Query query) {
    if (!node_is_string(n))
        asl_wrong(c, n, field, "a text");
    else if (!str_eq(field, S("Comment")))
        asl_check_template(c, n, query);
}

// Source: developer guide, error names.
static void check_error_name(const AslCheck *c, const Node *name) {
    static const char *const known[] = {
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.ServiceException",
        "Lambda.TooManyRequestsException",
        "Lambda.Unknown",
        "States.ALL",
        "States.BranchFailed",
        "States.DataLimitExceeded",
        "States.ExceedToleratedFailureThreshold",
        "States.HeartbeatTimeout",
        "States.Http.Socket",
        "States.IntrinsicFailure",
        "States.ItemReaderFailed",
        "States.NoChoiceMatched",
        "States.ParameterPathFailure",
        "States.Permissions",
        "States.QueryEvaluationError",
        "States.ResultPathMatchFailure",
        "States.ResultWriterFailed",
        "States.Runtime",
        "States.TaskFailed",
        "States.Timeout",
    };
    Str s = node_str(name), names[COUNT(known)];
    bool own = str_starts(s, S("States.")), lambda = str_starts(s, S("Lambda."));
    bool found = own      ? str_starts(s, S("States.Http.StatusCode."))
                 : lambda ? str_ends(s, S("Exception")) // Lambda has others, which are called so
                          : true;
    for (size_t i = 0; i < COUNT(known); i++) {
        names[i] = str_from(known[i]);
        found = found || str_eq(s, names[i]);
    }
    if (found)
        return;
    // The service takes any name, and nothing ever has this one.
    (c->placeholders ? diag_warn : diag_error)(c->diags, name->loc, "unknown-error",
                                               "no error is called `%.*s`", SFMT(s));
    diag_suggest(c->diags, name->loc, s, names, COUNT(known));
}

// Developer guide, error names: an execution always fails of it. A warning: the service takes it.
static void check_fatal(const AslCheck *c, const Node *name) {
    if (!str_eq(node_str(name), S("States.Runtime")))
        return;
    diag_warn(c->diags, name->loc, "fatal-error", "no execution goes on after `%.*s`",
              SFMT(name->text));
    diag_help(c->diags, "mend what it reads that is not there: `wgen check` finds most of that");
}

static void check_errors(const AslCheck *c, const Node *list, bool last) {
    if (!node_is_list(list) || !list->count) {
        if (list)
            asl_wrong(c, list, S("ErrorEquals"), "a list of names of errors");
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const Node *name = list->items[i];
        if (!node_is_string(name) || (name->type == NODE_SCALAR && !name->text.len)) {
            asl_wrong(c, name, S("ErrorEquals"), "a list of names of errors");
            continue;
        }
        check_error_name(c, name);
        check_fatal(c, name);
        bool all = str_eq(node_str(name), S("States.ALL"));
        if (all && list->count > 1) {
            diag_error(c->diags, name->loc, "all-not-alone",
                       "`States.ALL` must be alone in its list");
            diag_help(c->diags, "it stands for the others as well: leave them out");
        } else if (all && !last) {
            diag_error(c->diags, name->loc, "all-not-last",
                       "what comes after `States.ALL` is never reached");
            diag_help(c->diags, "put it last");
        }
    }
}

static const char *const retry_keys[] = {"ErrorEquals", "IntervalSeconds", "MaxAttempts",
                                         "BackoffRate", "MaxDelaySeconds", "JitterStrategy",
                                         "Comment"};
static const char *const catch_keys[] = {"ErrorEquals", "Next",   "ResultPath",
                                         "Assign",      "Output", "Comment"};

void asl_check_keys(const AslCheck *c, const Node *map, const char *const *keys, size_t count,
                    const char *what) {
    for (uint32_t i = 0; i < map->count; i++) {
        const Node *key = map->entries[i].key;
        Str names[16];
        bool known = false;
        for (size_t j = 0; j < count; j++) {
            names[j] = str_from(keys[j]);
            known = known || str_eq(key->text, names[j]);
        }
        if (known)
            continue;
        diag_error(c->diags, key->loc, "asl-field", "%s has no field `%.*s`", what,
                   SFMT(key->text));
        diag_suggest(c->diags, key->loc, key->text, names, count);
    }
}

void asl_wrong_language(const AslCheck *c, const Node *key, Query query) {
    Query other = query == QUERY_PATH ? QUERY_JSONATA : QUERY_PATH;
    diag_error(c->diags, key->loc, "asl-language",
               "`%.*s` is a field of %.*s, and `%.*s` is written in %.*s", SFMT(key->text),
               SFMT(asl_query_name(other)), SFMT(c->state), SFMT(asl_query_name(query)));
}

void asl_require(const AslCheck *c, const Node *map, const char *field, const char *what) {
    if (!node_find(map, str_from(field)))
        diag_error(c->diags, map->loc, "asl-missing", "%s of `%.*s` needs `%s`", what,
                   SFMT(c->state), field);
}

bool asl_is_map(const AslCheck *c, const Node *n, Str field) {
    if (n->type != NODE_MAP)
        asl_wrong(c, n, field, "an object");
    return n->type == NODE_MAP;
}

static void check_retrier(const AslCheck *c, const Node *r, bool last) {
    const Node *n;
    asl_check_keys(c, r, retry_keys, COUNT(retry_keys), "a retrier");
    asl_require(c, r, "ErrorEquals", "a retrier");
    check_errors(c, node_get(r, S("ErrorEquals")), last);
    if ((n = node_get(r, S("IntervalSeconds"))) && !asl_is_placeholder(c, n))
        asl_check_number(c, n, S("IntervalSeconds"), 1, SECONDS_MOST, true);
    if ((n = node_get(r, S("MaxAttempts"))) && !asl_is_placeholder(c, n))
        asl_check_number(c, n, S("MaxAttempts"), 0, SECONDS_MOST, true);
    if ((n = node_get(r, S("MaxDelaySeconds"))) && !asl_is_placeholder(c, n))
        asl_check_number(c, n, S("MaxDelaySeconds"), 1, 31622400, true);
    double first, most;
    const Node *interval = node_get(r, S("IntervalSeconds"));
    if (n && interval && asl_number(interval, &first) && asl_number(n, &most) && most < first)
        diag_error(c->diags, n->loc, "out-of-range",
                   "`%.*s` of `%.*s` is shorter than the first interval",
                   SFMT(asl_word(c, S("MaxDelaySeconds"))), SFMT(c->state));
    if ((n = node_get(r, S("BackoffRate"))) && !asl_is_placeholder(c, n))
        asl_check_number(c, n, S("BackoffRate"), 1, 1e9, false);
    if ((n = node_get(r, S("JitterStrategy"))) && !str_eq(node_str(n), S("FULL")) &&
        !str_eq(node_str(n), S("NONE")))
        asl_wrong(c, n, S("JitterStrategy"), "`FULL` or `NONE`");
}

static void check_catcher(const AslCheck *c, const Node *r, Query query, bool last) {
    const Node *n;
    const Entry *foreign = node_find(r, query == QUERY_PATH ? S("Output") : S("ResultPath"));
    AslCheck handled = *c;
    handled.has_error = true;
    asl_check_keys(c, r, catch_keys, COUNT(catch_keys), "a catcher");
    if (foreign)
        asl_wrong_language(c, foreign->key, query);
    asl_require(c, r, "ErrorEquals", "a catcher");
    asl_require(c, r, "Next", "a catcher");
    check_errors(c, node_get(r, S("ErrorEquals")), last);
    if ((n = node_get(r, S("ResultPath"))) && !node_is_null(n))
        asl_check_path(c, n, S("ResultPath"), true, true);
    if ((n = node_get(r, S("Assign"))))
        asl_check_assign(&handled, n, query);
    if ((n = node_get(r, S("Output"))))
        asl_check_template(&handled, n, query);
}

static void check_handlers(const AslCheck *c, const Node *list, Str field, Query query) {
    if (!node_is_list(list)) {
        asl_wrong(c, list, field, "a list");
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (!asl_is_map(c, list->items[i], field))
            continue;
        bool last = i + 1 == list->count;
        if (str_eq(field, S("Retry")))
            check_retrier(c, list->items[i], last);
        else
            check_catcher(c, list->items[i], query, last);
    }
}

static bool is_alias(Str s) {
    if (str_eq(s, S("$LATEST")) || str_starts(s, S("${")))
        return true;
    for (size_t i = 0; i < s.len; i++) {
        char x = s.ptr[i];
        bool ok = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') ||
                  x == '-' || x == '_' || x == '$' || x == '{' || x == '}' || x == '.';
        if (!ok || (x == '$' && i + 1 < s.len && s.ptr[i + 1] != '{'))
            return false;
    }
    return s.len > 0;
}

// arn:PARTITION:SERVICE:REGION:ACCOUNT:REST, and of a function's the alias.
static const char *arn_flaw(Str arn) {
    Str part[5];
    for (size_t i = 0; i < COUNT(part); i++)
        if (!str_split(&arn, ':', &part[i]) || !arn.ptr)
            return "an ARN has six parts";
    if (!part[1].len || !part[2].len || !arn.len)
        return "a part of this ARN is empty";
    ptrdiff_t function = str_find(arn, S("function:"));
    if (str_eq(part[2], S("states")) && !part[3].len && str_find(arn, S(":")) < 0)
        return "it names a service and no action";
    if (!str_eq(part[2], S("lambda")) || function != 0)
        return NULL;
    Str name;
    arn = str_cut(arn, sizeof "function:" - 1, arn.len);
    str_split(&arn, ':', &name);
    if (!name.len)
        return "this ARN names no function";
    return arn.ptr && !is_alias(arn) ? "this is no version or alias of a function" : NULL;
}

static size_t count_of(Str s, const char *part) {
    size_t count = 0;
    ptrdiff_t at;
    while ((at = str_find(s, str_from(part))) >= 0) {
        count++;
        s = str_cut(s, (size_t)at + strlen(part), s.len);
    }
    return count;
}

// A placeholder may have colons of its own.
static Str without_placeholders(const AslCheck *c, Str s) {
    Buf b = {.arena = c->arena};
    for (ptrdiff_t at; (at = str_find(s, S("${"))) >= 0;) {
        Str inside;
        buf_put(&b, str_cut(s, 0, (size_t)at));
        s = str_cut(s, (size_t)at, s.len);
        str_split(&s, '}', &inside);
        buf_char(&b, 'X');
    }
    buf_put(&b, s);
    Str text = buf_keep(&b, c->arena);
    buf_free(&b);
    return text;
}

void asl_check_resource(const AslCheck *c, const Node *n) {
    if (n->type == NODE_TEXT || (n->type == NODE_MAP && n->count == 1)) // {Ref: X}, {Fn::...: ...}
        return;
    Str s = node_str(n);
    const char *flaw = NULL;
    if (!node_is_string(n))
        flaw = "it is an ARN";
    else if (count_of(s, "${") > count_of(s, "}"))
        flaw = "a placeholder is not closed";
    else if (str_starts(s, S("arn:")))
        flaw = arn_flaw(without_placeholders(c, s));
    else if (!str_starts(s, S("${")))
        flaw = "it is an ARN";
    if (!flaw)
        return;
    Str word = asl_word(c, S("Resource"));
    diag_error(c->diags, n->loc, "bad-resource", "`%.*s` of `%.*s`: %s", SFMT(word), SFMT(c->state),
               flaw);
    diag_label(c->diags, "found `%.*s`", SFMT(s));
}

// --- fields

static void check_seconds(const AslCheck *c, const Node *n, const AslField *f) {
    bool wait = str_eq(f->name, S("Seconds"));
    asl_check_number(c, n, f->name, wait ? 0 : 1, SECONDS_MOST, true);
}

static bool is_collection(const Node *n) {
    return n->type == NODE_LIST || n->type == NODE_MAP;
}

// What came out of a state is there where it is handed on. Source: developer guide, transforming
// data with JSONata, the reserved variable `$states`.
static bool sees_result(StateType type, const AslField *f) {
    return (type & (STATE_TASK | STATE_MAP | STATE_PARALLEL)) &&
           (str_eq(f->name, S("Assign")) || str_eq(f->name, S("Output")));
}

static void check_form(AslCheck *c, const AslField *f, const Node *n, Query query) {
    Str name = f->name;
    switch (f->form) {
    case ASL_TEXT:
        check_text(c, n, name, query);
        break;
    case ASL_PATH:
        // Compilers to ASL write functions there, which no page allows, and the service takes.
        if (c->placeholders && str_starts(node_str(n), S("States.")))
            asl_check_expression(c, n);
        else if (!node_is_null(n))
            asl_check_path(c, n, name, false, false);
        break;
    case ASL_RESULT:
        if (!node_is_null(n))
            asl_check_path(c, n, name, true, true);
        break;
    case ASL_REFERENCE:
        asl_check_path(c, n, name, false, false);
        break;
    case ASL_TEMPLATE:
        if (str_eq(name, S("Assign")))
            asl_check_assign(c, n, query);
        else
            asl_check_template(c, n, query);
        if (str_eq(name, S("ResultSelector")) && node_is_string(n) && !asl_is_placeholder(c, n))
            asl_wrong(c, n, name, "an object");
        if (str_eq(name, S("Items")) && !is_collection(n) && !asl_is_open(c, n, query))
            asl_wrong(c, n, name, "a list, an object or an expression");
        break;
    case ASL_SECONDS:
        if (!asl_is_open(c, n, query))
            check_seconds(c, n, f);
        break;
    case ASL_COUNT:
        if (!asl_is_open(c, n, query))
            asl_check_number(c, n, name, 0, 1e9, true);
        break;
    case ASL_PERCENT:
        if (!asl_is_open(c, n, query))
            asl_check_number(c, n, name, 0, 100, false);
        break;
    case ASL_LABEL:
        if (!node_is_string(n) || node_str(n).len > LABEL_MOST)
            asl_wrong(c, n, name, "a text of at most 40 characters");
        break;
    case ASL_RETRY:
    case ASL_CATCH:
        check_handlers(c, n, name, query);
        break;
    default:
        break;
    }
}

// A path for what the field would hold; an error's name or cause may be a function's result too.
static void check_path_form(const AslCheck *c, const AslField *f, const Node *n) {
    Str name = str_fmt(c->arena, "%.*sPath", SFMT(f->name));
    if (!node_is_string(n))
        asl_wrong(c, n, name, "a path");
    else if (f->form == ASL_TEXT)
        asl_check_expression(c, n);
    else
        asl_check_path(c, n, name, true, false);
}

static void unknown_field(const AslCheck *c, StateType type, Query query, const Node *key) {
    bool unused;
    Query other = query == QUERY_PATH ? QUERY_JSONATA : QUERY_PATH;
    Str type_name = asl_state_name(type);
    if (asl_field(type, other, key->text, &unused)) {
        asl_wrong_language(c, key, query);
        return;
    }
    Str names[64];
    size_t count = 0;
    const AslField *f;
    for (size_t i = 0; (f = asl_field_at(i)); i++)
        if ((f->states & type) && (f->queries & query) && count < COUNT(names))
            names[count++] = f->name;
    diag_error(c->diags, key->loc, "asl-field", "a %.*s state has no field `%.*s`", SFMT(type_name),
               SFMT(key->text));
    diag_suggest(c->diags, key->loc, key->text, names, count);
}

void asl_check_fields(AslCheck *c, const Node *state, StateType type, Query query) {
    for (uint32_t i = 0; i < state->count; i++) {
        const Entry *e = &state->entries[i];
        bool is_path;
        if (str_eq(e->key->text, S("Type")))
            continue;
        const AslField *f = asl_field(type, query, e->key->text, &is_path);
        if (!f)
            unknown_field(c, type, query, e->key);
        else if (is_path)
            check_path_form(c, f, e->value);
        else {
            c->has_result = sees_result(type, f);
            check_form(c, f, e->value, query);
            c->has_result = false;
        }
    }
}
