// data.h - what is known of the data between states: which fields there are, and which may be.
// Nothing here changes once it is made; NULL is data of which nothing is known.
#ifndef DATA_H
#define DATA_H

#include "path.h"
#include "types.h"

typedef enum DataKind {
    DATA_STRING,
    DATA_NUMBER,
    DATA_BOOL,
    DATA_NULL,
    DATA_LIST,
    DATA_OBJECT
} DataKind;

typedef struct Data Data;
typedef struct DataField {
    Str name;
    const Data *data;
    bool maybe; // it is there on some ways only
} DataField;
struct Data {
    DataKind kind;
    bool open; // of an object: it may have other fields
    DataField *fields;
    size_t count;
    const Data *of; // of a list
};

typedef enum Finding {
    FOUND,
    FOUND_MAYBE, // on some ways only
    NOT_FOUND
} Finding;

const Data *data_scalar(Arena *a, DataKind kind);
const Data *data_object(Arena *a, bool open); // without fields
const Data *data_list(Arena *a, const Data *of);
const Data *data_of_type(Arena *a, const Type *type);
const Data *data_of_node(Arena *a, const Node *n); // of a literal

// `d` with a field more, or another one.
const Data *data_with(Arena *a, const Data *d, Str name, const Data *value);
// `d` with `value` at a reference path; objects on the way are made.
const Data *data_put(Arena *a, const Data *d, const Step *steps, size_t count, const Data *value);
// What both ways lead to.
const Data *data_join(Arena *a, const Data *x, const Data *y);
bool data_same(const Data *x, const Data *y);

// Follows `steps`; `missed` is the step that is not there, and `found` then what should have it.
Finding data_find(const Data *d, const Step *steps, size_t count, const Data **found,
                  size_t *missed);
const DataField *data_field(const Data *d, Str name);
const char *data_kind_name(DataKind kind); // "a text"

#endif
