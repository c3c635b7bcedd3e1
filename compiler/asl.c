// asl.c - the Amazon States Language as tables. Source: states-language.net/spec.html and the
// developer guide of Step Functions.
#include "asl.h"

enum {
    ANY = 0xFF,
    WORK = STATE_TASK | STATE_PARALLEL | STATE_MAP,
    MOVES = ANY & ~(STATE_CHOICE | STATE_SUCCEED | STATE_FAIL),
    BOTH = QUERY_PATH | QUERY_JSONATA
};

#define W(word)                                                                                    \
    { word, sizeof word - 1 }
static const AslField fields[] = {
    {W("Comment"),                    W("comment"),     ASL_TEXT,      ANY,                                      BOTH,          false},
    {W("QueryLanguage"),              W("query"),       ASL_QUERY,     ANY,                                      BOTH,          false},
    {W("InputPath"),                  W("input"),       ASL_PATH,      ANY & ~STATE_FAIL,                        QUERY_PATH,    false},
    {W("Resource"),                   W(""),            ASL_OTHER,     STATE_TASK,                               BOTH,          false},
    {W("Credentials"),                W("credentials"), ASL_TEMPLATE,  STATE_TASK,                               BOTH,          false},
    {W("Parameters"),                 W("with"),        ASL_TEMPLATE,  STATE_TASK | STATE_PASS | STATE_PARALLEL, QUERY_PATH,
     false                                                                                                                           },
    {W("Arguments"),                  W("with"),        ASL_TEMPLATE,  STATE_TASK | STATE_PARALLEL,              QUERY_JSONATA, false},
    {W("Result"),                     W(""),            ASL_OTHER,     STATE_PASS,                               BOTH,          false},
    {W("Seconds"),                    W(""),            ASL_SECONDS,   STATE_WAIT,                               BOTH,          true },
    {W("Timestamp"),                  W(""),            ASL_OTHER,     STATE_WAIT,                               BOTH,          true },
    {W("Error"),                      W(""),            ASL_TEXT,      STATE_FAIL,                               BOTH,          true },
    {W("Cause"),                      W(""),            ASL_TEXT,      STATE_FAIL,                               BOTH,          true },
    {W("Choices"),                    W(""),            ASL_OTHER,     STATE_CHOICE,                             BOTH,          false},
    {W("Default"),                    W(""),            ASL_OTHER,     STATE_CHOICE,                             BOTH,          false},
    {W("ItemReader"),                 W("read"),        ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {W("ItemsPath"),                  W("each"),        ASL_REFERENCE, STATE_MAP,                                QUERY_PATH,    false},
    {W("Items"),                      W("each"),        ASL_TEMPLATE,  STATE_MAP,                                QUERY_JSONATA, false},
    {W("Parameters"),                 W("parameters"),  ASL_TEMPLATE,  STATE_MAP,                                QUERY_PATH,    false},
    {W("Arguments"),                  W("parameters"),  ASL_TEMPLATE,  STATE_MAP,                                QUERY_JSONATA, false},
    {W("ItemSelector"),               W("with"),        ASL_TEMPLATE,  STATE_MAP,                                BOTH,          false},
    {W("ItemBatcher"),                W("batch"),       ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {W("MaxConcurrency"),             W("at-once"),     ASL_COUNT,     STATE_MAP,                                BOTH,          true },
    {W("ToleratedFailureCount"),      W(""),            ASL_COUNT,     STATE_MAP,                                BOTH,          true },
    {W("ToleratedFailurePercentage"), W(""),            ASL_PERCENT,   STATE_MAP,                                BOTH,          true },
    {W("Label"),                      W("label"),       ASL_LABEL,     STATE_MAP,                                BOTH,          false},
    {W("Iterator"),                   W(""),            ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {W("ItemProcessor"),              W(""),            ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {W("Branches"),                   W(""),            ASL_OTHER,     STATE_PARALLEL,                           BOTH,          false},
    {W("ResultWriter"),               W("write"),       ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {W("ResultSelector"),             W("select"),      ASL_TEMPLATE,  WORK,                                     QUERY_PATH,    false},
    {W("ResultPath"),                 W("save"),        ASL_RESULT,    WORK | STATE_PASS,                        QUERY_PATH,    false},
    {W("Assign"),                     W("assign"),      ASL_TEMPLATE,  ANY & ~(STATE_SUCCEED | STATE_FAIL),      BOTH,          false},
    {W("Output"),                     W("output"),      ASL_TEMPLATE,  ANY & ~STATE_FAIL,                        QUERY_JSONATA, false},
    {W("OutputPath"),                 W("output"),      ASL_PATH,      ANY & ~STATE_FAIL,                        QUERY_PATH,    false},
    {W("TimeoutSeconds"),             W("timeout"),     ASL_SECONDS,   STATE_TASK,                               BOTH,          true },
    {W("HeartbeatSeconds"),           W("heartbeat"),   ASL_SECONDS,   STATE_TASK,                               BOTH,          true },
    {W("Retry"),                      W("retry"),       ASL_RETRY,     WORK,                                     BOTH,          false},
    {W("Catch"),                      W("catch"),       ASL_CATCH,     WORK,                                     BOTH,          false},
    {W("Next"),                       W("go"),          ASL_OTHER,     MOVES,                                    BOTH,          false},
    {W("End"),                        W("end"),         ASL_OTHER,     MOVES,                                    BOTH,          false},
};
#undef W

const AslField *asl_field_at(size_t i) {
    return i < COUNT(fields) ? &fields[i] : NULL;
}

size_t asl_field_order(const AslField *f) {
    return (size_t)(f - fields);
}

const AslField *asl_field(StateType type, unsigned queries, Str name, bool *is_path) {
    for (size_t i = 0; i < COUNT(fields); i++) {
        const AslField *f = &fields[i];
        Str own = f->name;
        if (!(f->states & type) || !(f->queries & queries) || !str_starts(name, own))
            continue;
        Str rest = str_cut(name, own.len, name.len);
        bool path = f->with_path && (queries & QUERY_PATH) && str_eq(rest, S("Path"));
        if (rest.len && !path)
            continue;
        *is_path = path;
        return f;
    }
    return NULL;
}

static const struct {
    StateType type;
    const char *name;
} types[] = {
    {STATE_TASK,     "Task"    },
    {STATE_PASS,     "Pass"    },
    {STATE_CHOICE,   "Choice"  },
    {STATE_WAIT,     "Wait"    },
    {STATE_SUCCEED,  "Succeed" },
    {STATE_FAIL,     "Fail"    },
    {STATE_PARALLEL, "Parallel"},
    {STATE_MAP,      "Map"     },
};

StateType asl_state_type(Str name) {
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_is(name, types[i].name))
            return types[i].type;
    return STATE_NONE;
}

Str asl_state_name(StateType type) {
    for (size_t i = 0; i < COUNT(types); i++)
        if (types[i].type == type)
            return str_from(types[i].name);
    return (Str){0};
}

Str asl_query_name(Query query) {
    return query == QUERY_JSONATA ? S("JSONata") : S("JSONPath");
}

bool asl_is_jsonata(Str text) {
    return text.len >= 4 && str_starts(text, S("{%")) && str_ends(text, S("%}"));
}

static const AslOperator operators[] = {
    {"StringEquals",               "==",      OPERAND_STRING,    true },
    {"StringLessThan",             "<",       OPERAND_STRING,    true },
    {"StringGreaterThan",          ">",       OPERAND_STRING,    true },
    {"StringLessThanEquals",       "<=",      OPERAND_STRING,    true },
    {"StringGreaterThanEquals",    ">=",      OPERAND_STRING,    true },
    {"StringMatches",              "matches", OPERAND_STRING,    false},
    {"NumericEquals",              "==",      OPERAND_NUMERIC,   true },
    {"NumericLessThan",            "<",       OPERAND_NUMERIC,   true },
    {"NumericGreaterThan",         ">",       OPERAND_NUMERIC,   true },
    {"NumericLessThanEquals",      "<=",      OPERAND_NUMERIC,   true },
    {"NumericGreaterThanEquals",   ">=",      OPERAND_NUMERIC,   true },
    {"BooleanEquals",              "==",      OPERAND_BOOLEAN,   true },
    {"TimestampEquals",            "==",      OPERAND_TIMESTAMP, true },
    {"TimestampLessThan",          "<",       OPERAND_TIMESTAMP, true },
    {"TimestampGreaterThan",       ">",       OPERAND_TIMESTAMP, true },
    {"TimestampLessThanEquals",    "<=",      OPERAND_TIMESTAMP, true },
    {"TimestampGreaterThanEquals", ">=",      OPERAND_TIMESTAMP, true },
    {"IsPresent",                  "present", OPERAND_TEST,      false},
    {"IsNull",                     "null",    OPERAND_TEST,      false},
    {"IsString",                   "string",  OPERAND_TEST,      false},
    {"IsNumeric",                  "number",  OPERAND_TEST,      false},
    {"IsBoolean",                  "boolean", OPERAND_TEST,      false},
    {"IsTimestamp",                "time",    OPERAND_TEST,      false},
};

const AslOperator *asl_operator_at(size_t i) {
    return i < COUNT(operators) ? &operators[i] : NULL;
}

const AslOperator *asl_operator(Str name, bool *is_path) {
    for (size_t i = 0; i < COUNT(operators); i++) {
        const AslOperator *o = &operators[i];
        Str own = str_from(o->name);
        *is_path = o->with_path && name.len == own.len + 4 && str_starts(name, own) &&
                   str_ends(name, S("Path"));
        if (*is_path || str_eq(name, own))
            return o;
    }
    return NULL;
}
