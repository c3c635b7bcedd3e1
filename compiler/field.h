// field.h - what may be written: the typed fields of kinds, systems and stages, all declared in
// templates/, and the one check of a tree against them.
#ifndef FIELD_H
#define FIELD_H

#include "diag.h"
#include "node.h"

typedef enum FieldType {
    FIELD_STRING,
    FIELD_ID, // a name as specs use them: letters, digits, `-` and `_`
    FIELD_INT,
    FIELD_BOOL,
    FIELD_DURATION,
    FIELD_SIZE,
    FIELD_PERCENT,
    FIELD_MONEY,
    FIELD_COUNT,
    FIELD_RATE,
    FIELD_ENUM,
    FIELD_PATTERN, // text with holes: a physical name
    FIELD_REF,     // the name of a resource, or one defined in place
    FIELD_LIST,
    FIELD_MAP,
    FIELD_OBJECT,
    FIELD_TYPE,   // of a function's input or output
    FIELD_STAGES, // of a workflow; checked by the shape of a stage
    FIELD_ANY     // any tree: passed on as it is
} FieldType;

typedef struct Field Field;

typedef struct Shape { // what a map may hold
    Field *fields;
    size_t count;
    Str what; // for messages: "queue", "stage", "one of `events`"
} Shape;

struct Field {
    Str name;
    FieldType type;
    Str doc;
    Node *fallback;     // used when the field is absent; NULL: none
    Node *checked;      // the fallback, if it is a scalar that has been checked once for all
    Node *step;         // of a value with a unit: what it is a multiple of
    Node *min, *max;    // of a number or a value with a unit; of the length of a string or list
    Str pattern, says;  // a string must match all of it; what that is in words
    const Node *values; // of an enum: a list, or a map from what is written to what is meant
    const Node *to;     // of a ref: the kinds it may name, a word or a list
    Node *child;        // of a ref: what one defined in place is given, weaker than what it says
    const Node *example;
    Field *of;        // of a list or map: its items
    Field *otherwise; // what it may be instead, of another shape
    Shape shape;      // of an object; of a ref: the fields of the relation itself
    Str shorthand;    // of an object: the field that a lone scalar stands for
    Node *only_with;  // what must hold for the field to mean anything, as in `$if`
    bool required;
    bool single;     // of a list: one item may stand for the list
    bool waivable;   // may be `none because REASON`
    bool must_exist; // of a ref: the target comes first when they are deployed
    bool many;       // of a ref: it may name what there is one of for each project or user
    bool consumes;   // of a ref: what has it takes messages from there, and nobody else gets those
    bool compiled;   // handlers see it: the same in every environment
    bool derived;    // set by the compiler; may not be written
    bool computed;   // made by the compiler where it is not written
    Str source;      // the page or quota behind min, max, pattern or values
    Loc loc;
};

// The last few texts that matched the pattern of a field: the same ones come again and again.
typedef struct Matched {
    struct {
        Str pattern, text;
    } list[4];
    size_t count;
} Matched;

typedef struct Checker {
    Arena *arena;
    Diags *diags;
    const Node *params; // `$(name)` of one of these keys may stand for any value
    const Shape *stage; // what FIELD_STAGES lists
    Str where;          // "queue `orders`", for messages
    bool partial;       // what is absent is not missing
    bool made;          // by a template: what it lacks is so because of what was reported before
    Loc where_at;
    Str topic;        // of `wgen explain`, about what may be here; empty: there is none
    Matched *matched; // NULL: none are remembered
} Checker;

// The declarations in `map` (name -> {type, default, ..., doc}), or false after reporting.
bool shape_load(Arena *a, Diags *d, const Node *map, Str what, Shape *shape);
const Field *shape_find(const Shape *shape, Str name);

// `value` as `field` wants it: checked all the way down, defaults of objects filled in, shorthands
// written out. NULL after reporting, and for a value that is `none because REASON`.
Node *field_check(const Checker *c, const Field *field, Node *value);

// The one of `field` and its alternatives that has the outer form of `value`.
const Field *field_choose(const Field *field, const Node *value);

// Checks `map` against `shape` and sets values[i] for every field, absent ones to their defaults
// or NULL. `where` is the place that a missing field is reported at. False if it reported
// something without knowing what was meant.
bool shape_check(const Checker *c, const Shape *shape, const Node *map, Loc where, Node **values);

// Reports a key that `map` cannot have, and returns the field that was meant, if that is plain.
const Field *shape_unknown_key(const Checker *c, const Shape *shape, const Node *map,
                               const Node *key);

Str field_type_name(FieldType type);
bool field_is_measured(FieldType type);   // a number, alone or with a unit
bool field_is_of_user(const Node *value); // `$(user.NAME)`, which may stand for what is measured
Str field_found(Arena *a, const Node *value); // for messages: "a map", "`yes`"
bool field_is_id(Str text);                   // fits FIELD_ID
Str field_says(Arena *a, const Field *field); // "a duration such as `5m`, 0s to 12h"

#endif
