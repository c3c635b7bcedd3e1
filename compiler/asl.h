// asl.h - the Amazon States Language as tables: what each type of state may hold, in which query
// language, and which key of a stage stands for it. Lowering, import and the checks all read these.
#ifndef ASL_H
#define ASL_H

#include "node.h"

typedef enum StateType {
    STATE_TASK = 1 << 0,
    STATE_PASS = 1 << 1,
    STATE_CHOICE = 1 << 2,
    STATE_WAIT = 1 << 3,
    STATE_SUCCEED = 1 << 4,
    STATE_FAIL = 1 << 5,
    STATE_PARALLEL = 1 << 6,
    STATE_MAP = 1 << 7,
    STATE_NONE = 0
} StateType;

typedef enum Query { QUERY_PATH = 1, QUERY_JSONATA = 2 } Query;

// What a field of ASL holds, which is also how its stage key is written.
typedef enum AslForm {
    ASL_TEXT,      // a string
    ASL_QUERY,     // JSONPath or JSONata; jsonpath or jsonata
    ASL_PATH,      // a path, or null: `none`
    ASL_RESULT,    // a reference path, or null: `none`
    ASL_REFERENCE, // a reference path
    ASL_TEMPLATE,  // a tree in which some strings are expressions
    ASL_SECONDS,   // a number of seconds: a duration
    ASL_COUNT,     // a whole number
    ASL_PERCENT,   // a number up to 100: a percentage
    ASL_LABEL,     // a string of at most 40 characters
    ASL_RETRY,     // a list of retriers
    ASL_CATCH,     // a list of catchers
    ASL_OTHER      // has a function of its own
} AslForm;

typedef struct AslField {
    Str name;  // as ASL calls it
    Str stage; // the key of a stage; empty: none of its own
    AslForm form;
    unsigned states, queries; // sets of StateType and of Query
    bool with_path;           // in JSONPath, NAMEPath may stand for it
} AslField;

const AslField *asl_field_at(size_t i); // NULL behind the last; in the order they are printed in
size_t asl_field_order(const AslField *f);
// The field `name` of a state of that type, or the one that it is the Path of. NULL: it has none.
const AslField *asl_field(StateType type, unsigned queries, Str name, bool *is_path);

StateType asl_state_type(Str name); // "Task"; STATE_NONE: there is none
Str asl_state_name(StateType type);
Str asl_query_name(Query query); // "JSONPath"

// {% ... %}
bool asl_is_jsonata(Str text);

// The operators of choice rules: StringEquals is {TYPE_STRING, COMPARE_EQUAL}.
typedef enum Operand {
    OPERAND_STRING,
    OPERAND_NUMERIC,
    OPERAND_BOOLEAN,
    OPERAND_TIMESTAMP,
    OPERAND_TEST // IsNull and the like: what it says is true or false
} Operand;
typedef struct AslOperator {
    const char *name; // without `Path`
    const char
        *sign; // as a condition writes it: `==`, `matches`; of a test, what stands after `is`
    Operand operand;
    bool with_path;
} AslOperator;
const AslOperator *asl_operator_at(size_t i);
const AslOperator *asl_operator(Str name, bool *is_path); // `StringEqualsPath` too

#endif
