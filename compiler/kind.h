// kind.h - kinds of resources, loaded from templates/kinds/NAME.yaml when first named.
#ifndef KIND_H
#define KIND_H

#include "field.h"
#include "template.h"

// What the first segment of a path in a kind's template may be.
typedef enum Base { BASE_FIELD, BASE_MAKE, BASE_PARAM, BASE_SELF, BASE_OWNER, BASE_BUILTIN } Base;
// These are known to every template and pattern.
typedef enum Builtin {
    BUILTIN_SYSTEM,
    BUILTIN_DEPLOYMENT, // the system, and its environment where it has any
    BUILTIN_ENV,
    BUILTIN_VERSION,
    BUILTIN_REGION,
    BUILTIN_ACCOUNT,
    BUILTIN_PARTITION,
    BUILTIN_PROJECT,
    BUILTIN_USER,
    BUILTIN_WORKFLOW, // the id of the workflow that a thing belongs to
    BUILTIN_ID,
    BUILTIN_PATH, // unique in the system: WORKFLOW-ID, OWNER-FIELD
    BUILTIN_COUNT
} Builtin;
extern const char *const builtin_names[BUILTIN_COUNT];
bool builtin_find(Str name, Builtin *which);

// How each target spells an attribute. Only what is `spelled` can be used from another stack.
typedef struct Attr {
    Str name;
    Str part;    // of which part; empty: the main one
    Str cfn;     // empty: Ref; else the name for Fn::GetAtt
    Str tf;      // attribute of the Terraform resource
    Str tf_part; // of which part there
    Node *spelled;
    bool spelled_only; // it has no form of its own on a target
    const Node *first; // instead of all that: names of attributes, of which the first that there is
    Str doc;
} Attr;

typedef struct Verb { // an access: `uses: {orders: send}`
    Str name;
    Node *statements; // list of {actions, on, when}
    Str doc;
} Verb;

typedef struct KindParam { // a value given at deployment, that its bodies name like a field
    Str name, type, doc;
    bool shared; // one for the whole system, not one for each resource
} KindParam;

typedef struct Make { // a resource that comes with another one
    Str name;
    Node *body; // {kind, name, ...fields, $if, $for}, rendered with the owner's scope
    bool is_list;
} Make;

// Where a name is that of one thing: in a Region of an account, in all of that, in AWS; nowhere.
typedef enum Apart { APART_REGION, APART_ACCOUNT, APART_ANYWHERE, APART_NOWHERE } Apart;

typedef struct Kind {
    Str name, section, doc, shorthand; // the field that a definition which is no map stands for
    Shape shape;
    StrMap index;      // field name -> its number in shape.fields, from 1
    size_t own_fields; // the first of them; the others are common to all kinds
    const Attr *attrs;
    const Verb *verbs;
    const Make *makes;
    const KindParam *params;
    size_t attr_count, verb_count, make_count, param_count;
    Node *name_pattern; // scalar, compiled per system; NULL: it has no physical name
    Str name_chars, name_form, name_form_says; // A-Za-z0-9_-; what else it matches, and in words
    size_t name_min, name_max;                 // length in bytes, suffix and all
    bool name_caseless;                        // names that differ in case only are one
    Node *name_suffix;                         // rendered; added where the name lacks it
    Apart name_apart;                          // where no two of one name can be
    Node *cloudformation, *terraform;          // lists of parts
    Node *cfn_headers, *tf_headers;            // the same, without what is in them
    bool cfn_varies, cfn_needs; // which parts there are, not all have; one says what it needs
    Node *env;                  // {suffix, value}: the variable that a user of it gets
    Node *uses;                 // what it uses by its nature: {to, as}
    Node *policy;               // statements of its resource policy, before those that others need
    Node *runtime;              // how code makes one that comes and goes
    Node *look;                 // commands that show how one is: {say, run}
    Node *remove;  // commands that delete one that has outlived its stack, data and all
    Node *adopt;   // what is asked for to make a stack of one that is there: {by, value, terraform}
    Node *deploy;  // what its deployment takes beside its parts: see emit_deploy.c
    Node *permits; // what the policies of others must allow to the service behind it
    Node *rules, *examples, *widgets, *price, *quotas, *policy_limit, *replaces;
    Str stack;     // own, shared, items or foundation; empty: the owner's
    bool internal; // made by others only
    const Source *src;
    Loc loc;
} Kind;

typedef struct Kinds {
    Arena *arena;
    Diags *diags;
    const char *const *dirs; // searched before the embedded ones, the first first; NULL ends
    StrMap by_name, services, folders; // see service.h; in which of `dirs` folders are
    Shape common;
} Kinds;

const Kind *kind_find(Kinds *kinds, Str name);      // NULL: there is none; its errors are reported
const Kind *kind_of_section(Kinds *kinds, Str key); // `queues` -> queue
Kinds kinds_beside(const Kinds *kinds, Arena *a, Diags *d); // the same, for another thread
size_t kind_names(Kinds *kinds, Str **names);               // all there are, sorted
const Attr *kind_attr(const Kind *kind, Str name);
const Verb *kind_verb(const Kind *kind, Str name);
ptrdiff_t kind_field(const Kind *kind, Str name); // its index in shape.fields, or -1

// The tree of templates/PATH, the caller's own to change, and its text: from --templates or a
// system's kinds/, else embedded. NULL: there is none, or its errors are reported.
Node *template_tree(Kinds *kinds, Str path);
const Source *template_source(Kinds *kinds, Str path);
bool template_exists(const char *path);       // the program has it, or some below it
bool template_is_own(Kinds *kinds, Str path); // or some of a folder: it is not the embedded one

#endif
