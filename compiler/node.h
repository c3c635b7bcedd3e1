// node.h - the one tree: specs, templates and rendered output are all Nodes, and every Node knows
// where it was written. Scalars keep their source text; numbers are converted at the point of use.
#ifndef NODE_H
#define NODE_H

#include "base.h"

typedef struct Node Node;
typedef struct Resource Resource; // defined in model.h; to the tree it is only a name

typedef enum NodeType {
    NODE_NULL,
    NODE_SCALAR, // text as written; `style` says whether it can be anything but a string
    NODE_TEXT,   // a string with pieces that are known later: at deployment, or for each item
    NODE_REF,    // a resource itself, as the value of a field
    NODE_LIST,
    NODE_MAP,
    NODE_WORDS, // the users of a project, where they are plain words, as written: see words.h
    NODE_EACH   // in a list: the text `with` once for every instance of `res`
} NodeType;

typedef enum NodeStyle { STYLE_PLAIN, STYLE_QUOTED, STYLE_BLOCK } NodeStyle;

// What a template says about how a target spells a node.
typedef enum NodeTag { TAG_NONE, TAG_BLOCK, TAG_JSON, TAG_BARE, TAG_CALL } NodeTag;

// A value that is given at deployment: a CloudFormation parameter, a Terraform variable.
typedef struct Param {
    Str name;
    Str type; // string, number or list
    Str doc;
    Node *value;   // its default, as the target spells it
    bool required; // without a default and not required: what needs it can be left out
    Loc loc;
} Param;

typedef enum PieceKind {
    PIECE_LITERAL,
    PIECE_ITEM,   // `text` is project, user, `user.FIELD` or `user.FIELD | FILTER`: one an instance
    PIECE_DEPLOY, // `text` is account, region or partition: known to the target
    PIECE_PARAM,  // `text` names a parameter of the system
    PIECE_RUNTIME, // `text` is known when something runs: execution, stage, containerId
    PIECE_ATTR,    // attribute `text` of `res`
    PIECE_HOLE     // in a template only
} PieceKind;

typedef struct Piece {
    PieceKind kind;
    Str text;
    union {
        Resource *res;
        const Param *param;
        struct Hole *hole;
    };
} Piece;

typedef struct Entry {
    Node *key; // always a scalar
    Node *value;
} Entry;

struct Node {
    Loc loc;
    uint8_t type, style, tag;
    bool has_directive; // of a template: begins with $if or $for
    uint32_t count;     // items, entries, pieces or words
    uint32_t cap;
    Str text;
    union {
        Node **items;
        Entry *entries;
        Piece *pieces;
        Resource *res;
        const struct Word *words; // where they stand in `text`
    };
    union {
        const Param *when; // of a map: there only if this parameter has a value
        Node *with; // of a reference: the fields of the relation itself; of an each: its text
    };
};

// Reading. NULL nodes are welcome everywhere and are nothing.
Node *node_get(const Node *map, Str key);
const Entry *node_find(const Node *map, Str key);
bool node_is_map(const Node *n);
bool node_is_list(const Node *n);
bool node_is_scalar(const Node *n);
bool node_is_word(const Node *n, Str word); // a plain scalar of exactly that text
bool node_is_string(const Node *n);         // a text, or a scalar that is no number, bool or null
bool node_is_number(const Node *n);         // a scalar that is one, whole or not
bool node_is_null(const Node *n);           // YAML's null, written out or left empty
bool node_has_piece(const Node *n, PieceKind kind); // a text with one of that kind
bool node_lists(const Node *list, Str word);        // one of its items is a scalar of that text
Str node_str(const Node *n);                        // a scalar's text, else empty
Str node_get_str(const Node *map, Str key);
bool str_to_int(Str s, long long *value); // decimal digits that fit, nothing else
bool node_to_int(const Node *n, long long *value);
bool node_to_bool(const Node *n, bool *value); // true, false, nothing else
typedef enum ScalarType {
    SCALAR_STRING,
    SCALAR_INT,
    SCALAR_FLOAT,
    SCALAR_BOOL,
    SCALAR_NULL
} ScalarType;
ScalarType node_scalar_type(const Node *n); // by YAML 1.2's core schema
bool param_is_optional(const Param *p);
bool node_equal(const Node *a, const Node *b); // as JSON: key order aside, 1 and 1.0 are the same
bool node_same(const Node *a, const Node *b);  // with references, and keys in one order

#endif
