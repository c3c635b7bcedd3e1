// asl.c - the Amazon States Language as tables. Source: states-language.net/spec.html and the
// developer guide of Step Functions.
#include "asl.h"

enum {
    ANY = 0xFF,
    WORK = STATE_TASK | STATE_PARALLEL | STATE_MAP,
    MOVES = ANY & ~(STATE_CHOICE | STATE_SUCCEED | STATE_FAIL),
    BOTH = QUERY_PATH | QUERY_JSONATA
};

static const AslField fields[] = {
    {"Comment",                    "comment",     ASL_TEXT,      ANY,                                      BOTH,          false},
    {"QueryLanguage",              "query",       ASL_QUERY,     ANY,                                      BOTH,          false},
    {"InputPath",                  "input",       ASL_PATH,      ANY & ~STATE_FAIL,                        QUERY_PATH,    false},
    {"Resource",                   NULL,          ASL_OTHER,     STATE_TASK,                               BOTH,          false},
    {"Credentials",                "credentials", ASL_TEMPLATE,  STATE_TASK,                               BOTH,          false},
    {"Parameters",                 "with",        ASL_TEMPLATE,  STATE_TASK | STATE_PASS | STATE_PARALLEL, QUERY_PATH,
     false                                                                                                                     },
    {"Arguments",                  "with",        ASL_TEMPLATE,  STATE_TASK | STATE_PARALLEL,              QUERY_JSONATA, false},
    {"Result",                     NULL,          ASL_OTHER,     STATE_PASS,                               BOTH,          false},
    {"Seconds",                    NULL,          ASL_SECONDS,   STATE_WAIT,                               BOTH,          true },
    {"Timestamp",                  NULL,          ASL_OTHER,     STATE_WAIT,                               BOTH,          true },
    {"Error",                      NULL,          ASL_TEXT,      STATE_FAIL,                               BOTH,          true },
    {"Cause",                      NULL,          ASL_TEXT,      STATE_FAIL,                               BOTH,          true },
    {"Choices",                    NULL,          ASL_OTHER,     STATE_CHOICE,                             BOTH,          false},
    {"Default",                    NULL,          ASL_OTHER,     STATE_CHOICE,                             BOTH,          false},
    {"ItemReader",                 "read",        ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {"ItemsPath",                  "each",        ASL_REFERENCE, STATE_MAP,                                QUERY_PATH,    false},
    {"Items",                      "each",        ASL_TEMPLATE,  STATE_MAP,                                QUERY_JSONATA, false},
    {"Parameters",                 "parameters",  ASL_TEMPLATE,  STATE_MAP,                                QUERY_PATH,    false},
    {"Arguments",                  "parameters",  ASL_TEMPLATE,  STATE_MAP,                                QUERY_JSONATA, false},
    {"ItemSelector",               "with",        ASL_TEMPLATE,  STATE_MAP,                                BOTH,          false},
    {"ItemBatcher",                "batch",       ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {"MaxConcurrency",             "at-once",     ASL_COUNT,     STATE_MAP,                                BOTH,          true },
    {"ToleratedFailureCount",      NULL,          ASL_COUNT,     STATE_MAP,                                BOTH,          true },
    {"ToleratedFailurePercentage", NULL,          ASL_PERCENT,   STATE_MAP,                                BOTH,          true },
    {"Label",                      "label",       ASL_LABEL,     STATE_MAP,                                BOTH,          false},
    {"Iterator",                   NULL,          ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {"ItemProcessor",              NULL,          ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {"Branches",                   NULL,          ASL_OTHER,     STATE_PARALLEL,                           BOTH,          false},
    {"ResultWriter",               "write",       ASL_OTHER,     STATE_MAP,                                BOTH,          false},
    {"ResultSelector",             "select",      ASL_TEMPLATE,  WORK,                                     QUERY_PATH,    false},
    {"ResultPath",                 "save",        ASL_RESULT,    WORK | STATE_PASS,                        QUERY_PATH,    false},
    {"Assign",                     "assign",      ASL_TEMPLATE,  ANY & ~(STATE_SUCCEED | STATE_FAIL),      BOTH,          false},
    {"Output",                     "output",      ASL_TEMPLATE,  ANY & ~STATE_FAIL,                        QUERY_JSONATA, false},
    {"OutputPath",                 "output",      ASL_PATH,      ANY & ~STATE_FAIL,                        QUERY_PATH,    false},
    {"TimeoutSeconds",             "timeout",     ASL_SECONDS,   STATE_TASK,                               BOTH,          true },
    {"HeartbeatSeconds",           "heartbeat",   ASL_SECONDS,   STATE_TASK,                               BOTH,          true },
    {"Retry",                      "retry",       ASL_RETRY,     WORK,                                     BOTH,          false},
    {"Catch",                      "catch",       ASL_CATCH,     WORK,                                     BOTH,          false},
    {"Next",                       "go",          ASL_OTHER,     MOVES,                                    BOTH,          false},
    {"End",                        "end",         ASL_OTHER,     MOVES,                                    BOTH,          false},
};

const AslField *asl_field_at(size_t i) {
    return i < COUNT(fields) ? &fields[i] : NULL;
}

const AslField *asl_field(StateType type, unsigned queries, Str name, bool *is_path) {
    for (size_t i = 0; i < COUNT(fields); i++) {
        const AslField *f = &fields[i];
        Str own = str_from(f->name);
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
        if (str_eq(name, str_from(types[i].name)))
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
