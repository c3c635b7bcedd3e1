// model.h - the values between the steps: a system in one environment, its resources and stacks.
#ifndef MODEL_H
#define MODEL_H

#include "digest.h"
#include "item.h"
#include "kind.h"
#include "stack.h"

// What was renamed after it was deployed: its names before, the first one first. What AWS knows it
// by is still made of that one.
typedef struct Former {
    Str now;
    Str *names;
    size_t count;
} Former;

// A resource as declared. With an axis it stands for as many as there are items; what it says then
// has pieces of kind PIECE_ITEM, and only the printers write it out once for each.
struct Resource {
    const Kind *kind;
    Str id;   // the base name
    Str path; // unique in the system: `input`, `input.dead-letter`, `batch.heavy-etl`
    Str deployed, deployed_id; // its path and id, as when it was deployed first
    const Former *former;      // NULL: it has never been renamed
    Str logical, tf;           // CloudFormation's id, without the item; Terraform's name
    Str *tf_former;            // one for each former name
    Loc loc;
    Node **values;    // one for each field of the kind; NULL: absent
    Node **made;      // one for each `makes` of the kind: a NODE_REF, a list of them, or NULL
    Param **params;   // one for each of the kind's
    struct Use *uses; // see uses.h
    size_t use_count;
    Node *name;                      // physical: a string or a text; NULL: the kind has none
    Resource *owner;                 // it came with that one
    Resource *first_child, *sibling; // what came with it, in order
    Resource *workflow;              // it belongs to that one, which may be itself
    Axis axis;
    Node *runtime;           // of AXIS_RUNTIME: the names that are known then
    Str existing;            // a name or ARN; nothing is made
    struct Stack *stack;     // of one without an axis
    uint32_t set;            // of a fanned one: those of an axis with one set share their stacks
    struct Machine *machine; // of a workflow, once lowered
    bool used, waits; // by a hole or a grant, not a field; for something that may still be made
    bool flawed;      // some of its values were reported, and are absent
    Node *permits;    // statements that others need in its resource policy; see grant.h
    struct Reference *references; // what refers to it by a field, latest first
    bool lazy, heeds_items;       // made only if it is used; it was made of all items
    bool foundation;              // in the stack that is deployed before all others
    Resource *head;      // of its family, which is placed as one: itself, or what it came with
    size_t size, copied; // of a head: its CloudFormation resources; of a workflow: its copies
    const Node *headers; // its CloudFormation parts without what is in them; see place.h
    bool placed;         // one of its stacks is known
};

// A field of `from` names a resource; kept by what it names.
typedef struct Reference {
    Resource *from;
    const Field *field;
    struct Reference *next;
} Reference;

// Derived fields are made when they are asked for; the last few are remembered.
typedef struct Derived {
    const Resource *resource;
    size_t field;
    Node *value;
} Derived;
enum { DERIVED_REMEMBERED = 8 };

// One system in one environment, through all the steps.
typedef struct Unit {
    Arena *arena;
    Diags *diags;
    Kinds *kinds;
    Str dir;                  // where its own files are: specs/NAME
    Node *root;               // the spec with the environment merged in
    Digest spec;              // see key.h
    bool settled;             // its resources change no more: it is being printed
    bool *asked, heeds_items; // set when somebody asks for all items; a step has
    Str system, env;          // `env` is empty where there are none
    Resource *self;           // the system itself, of kind `system`
    Resource **resources;     // in the order of the spec, what came with one behind it
    size_t count, cap;
    StrMap by_path, former; // `former`: what was renamed, by the name that it has now
    Items projects, users;
    ItemTexts of_projects, of_users;
    Copy *copies; // in the order of the spec
    bool apart;   // no copies: each workflow is to go through all steps by itself
    Param **params;
    struct Use *uses; // see uses.h
    size_t copy_count, use_count, param_count;
    StrMap shared_params, flawed; // of kinds, by name; some of whose `defaults` were reported
    Stack **stacks;               // in the order of deployment
    size_t stack_count;
    Stack *base;    // the first shared one
    Shape stage;    // what a stage may hold
    Arena *scratch; // for what a step needs only while it runs; whoever uses it resets it
    Node *(*derive)(struct Unit *u, Resource *r, size_t field); // see derive.h
    Derived derived[DERIVED_REMEMBERED];
    size_t derived_count;
    Matched matched;
} Unit;

void unit_forget(Unit *u); // all that was made in its arena: of one that has an arena of its own
const Former *unit_former(const Unit *u, Str path);
Str former_path(Arena *a, const Former *f, size_t number, Str path); // `path` with that former name
Resource *unit_find(const Unit *u, Str path);
Node *resource_get(const Resource *r, Str field); // NULL: absent, or no such field
void resource_set(Resource *r, Str field, Node *value);
Resource *resource_ref(const Resource *r, Str field); // what a ref field names, or NULL
size_t resource_halves(const Resource *r);            // of workflows that are alike two are all
bool resource_is_fanned(const Resource *r);           // there are as many as projects or users
Items unit_items(const Unit *u, Axis axis); // all; that they were asked for is noted: see key.h
Items unit_items_unasked(const Unit *u, Axis axis); // to say something, or for one that heeds_items
// In an order that has nothing to do with that of the spec, for lists that are compared as texts.
Item **unit_sorted_items(Arena *a, const Unit *u, Axis axis, size_t *count);
Str resource_what(Arena *a, const Resource *r); // "queue `orders`"

#endif
