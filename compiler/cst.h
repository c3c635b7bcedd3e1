// cst.h - a YAML text as it is written: where each key and value stands, so that it can be laid out
// anew or changed in one place. What it means is for yaml.h to say; only a text that yaml_read
// accepts has a tree here.
#ifndef CST_H
#define CST_H

#include "node.h"

typedef enum CstType { CST_SCALAR, CST_ALIAS, CST_MAP, CST_LIST } CstType;

typedef struct Cst Cst;
struct Cst {
    CstType type;
    NodeStyle style; // of a scalar
    bool flow;       // of a map or list: in braces or brackets
    size_t from, to; // bytes: from its first to behind its last
    uint32_t line;   // of the first, from 1
    uint32_t last;   // the line of the last
    uint32_t col;    // of the first, in bytes from 0
    Str text;        // of a scalar: its value
    Cst *key;        // of a map's entry
    Cst **items;     // of a list; of a map the values, each with its key
    uint32_t count;
    size_t cap;
};

// The tree of the document, or NULL if there is none.
Cst *cst_read(Arena *a, Str text);

Cst *cst_get(const Cst *map, Str key); // the value, or NULL
bool cst_is_map(const Cst *n);
bool cst_is_empty(const Cst *n); // nothing is written: `key:`
size_t cst_line_start(Str text, size_t at);
size_t cst_line_end(Str text, size_t at); // behind its line feed

// Calls `each` for every comment, in order: from its `#` to the end of its line.
typedef void CstComment(void *ctx, Str comment);
void cst_comments(Arena *a, Str text, CstComment *each, void *ctx);

#endif
