// wgen_type.h - types of a spec as tables: what generated code says about its structs, and the two
// functions that read and print them.
#ifndef WGEN_TYPE_H
#define WGEN_TYPE_H

#include "wgen.h"

typedef enum WgKind {
    WG_KIND_STRING,   // const char *
    WG_KIND_INT,      // int64_t
    WG_KIND_NUMBER,   // double
    WG_KIND_BOOL,     // bool
    WG_KIND_TIME,     // WgTime
    WG_KIND_OBJECT,   // json_t *, any value
    WG_KIND_LIST,     // struct {T *items; size_t count;}
    WG_KIND_OPTIONAL, // strings, objects and lists as they are; WgOptX; T * of a struct
    WG_KIND_STRUCT
} WgKind;

typedef struct WgList { // the layout of every struct {T *items; size_t count;}
    void *items;
    size_t count;
} WgList;

typedef struct WgField WgField;
typedef struct WgType {
    WgKind kind;
    size_t size;
    const struct WgType *of; // of a list or an optional
    const WgField *fields;   // of a struct
    size_t count;
} WgType;

struct WgField {
    const char *name; // in JSON
    const WgType *type;
    size_t offset;
    bool sparse; // of an item of a table: zero is absent
};

extern const WgType wg_string_type, wg_int_type, wg_number_type, wg_bool_type, wg_time_type,
    wg_object_type;

// JSON into the struct (or scalar) at `to`. False after wg_fail(ctx, error, ...), which names the
// place: `attachments[2].size` must be a number.
bool wg_read(WgContext *ctx, const WgType *type, json_t *json, void *to, const char *error);
// The same back; a new reference. NULL after wg_fail: a string that must be there is not.
json_t *wg_write(WgContext *ctx, const WgType *type, const void *from, const char *error);

#endif
