// emit.h - what the printers share: the parts of a resource, the spelling of references, and text
// that is printed once and filled in for every item of a fan-out.
#ifndef EMIT_H
#define EMIT_H

#include "model.h"
#include "outbox.h"

typedef enum Target { TARGET_CFN, TARGET_TF } Target;

// `u` for a printer, with memory, kinds and diagnostics of its own: others may print the same one
// at the same time. That somebody asks for all items is noted in `asked`.
Unit emit_unit(const Unit *u, Arena *a, Arena *brief, Kinds *kinds, bool *asked);

// Text with slots where the values of an item go.
typedef enum SlotKind { SLOT_PROJECT, SLOT_USER, SLOT_ID, SLOT_KEY, SLOT_FIELD } SlotKind;
typedef struct Slot {
    size_t at; // offset in the text
    SlotKind kind;
    Str field; // of SLOT_FIELD: the piece
} Slot;
typedef struct Stencil {
    Buf text;
    Slot *slots;
    size_t count, cap;
    Arena *arena;
} Stencil;
void stencil_slot(Stencil *s, Str piece); // the slot for a PIECE_ITEM `piece`, at the end
void stencil_id(Stencil *s);              // one for the item's part of a logical id
// An item as it is filled in; what is made of its name is made once.
typedef struct Filling {
    const Item *item;
    Str id, key;
} Filling;
void stencil_fill(const Stencil *s, Filling *of, Buf *out);
Str item_value(Arena *a, const Item *item, Str piece); // what a PIECE_ITEM is for this item
Str item_field(Arena *a, Str piece); // `user.FIELD | FILTER` as a name for its values: field_filter

// The parameters that a stack's resources turned out to need. CloudFormation quotas: 200; one more
// is kept, so that it is seen.
enum { PARAMS_MOST = 200 };
typedef struct ParamUse {
    const Param *list[PARAMS_MOST + 1];
    size_t count;
} ParamUse;

// What is being printed: resources of one stack, each in turn.
typedef struct Emitter {
    Unit *unit; // a copy whose arena is a scratch one
    const Stack *stack;
    Resource *self;
    Stencil *out;
    ParamUse *params;
    const Param *given; // printed only where this one has a value
    bool for_people;    // who are shown what is not known, and told of no mistake
    size_t *unprinted;  // nobody reads the values: only how long they are at most is added up here
} Emitter;
void emit_use_param(const Emitter *e, const Param *param);

// The parts of `r` for a target: a list of maps whose bodies are rendered, with the resource's own
// `raw` merged in. NULL: it has none there.
Node *emit_parts(Unit *u, Resource *r, Target target);
// `text` with every attribute that cannot be referred to from here spelled out; for people, those
// that nothing spells stay what they are.
Node *emit_spell(const Emitter *e, Node *text);
// Says what printing `value` would say. False: only printing it does.
bool emit_look(const Emitter *e, Node *value);
// Whether `res` is where `e` prints, so that a reference can be one.
bool emit_is_here(const Emitter *e, const Resource *res);
// The tags of `r` itself, without those of the whole system, as a map. NULL: none.
Node *emit_tags(Unit *u, const Resource *r, bool with_system);
// What must be there before `part`, of what is in the same stack: a list of NODE_REFs, of which all
// parts are needed, and of maps, each of which names one part of the same resource.
Node *emit_needs(const Emitter *e, const Node *part);

// Stacks of the same resources, for different items; or one stack.
typedef struct Stacks {
    Stack *const *list;
    size_t count;
} Stacks;

// The printers. Each adds the files of some stacks; `u` has a scratch arena.
void emit_cfn(Unit *u, Stacks stacks, Outbox *box);
void emit_hcl(Unit *u, Stacks stacks, Outbox *box);
void emit_asl(Unit *u, Stacks stacks, Outbox *box);
void emit_settings(Unit *u, Stacks stacks, Outbox *box); // of a deployment: its stacks, its names
// Pages for people.
void emit_runbook(Unit *u, Stacks stacks, Outbox *box);
void emit_inventory(Unit *u, Stacks stacks, Outbox *box);
void emit_workflows(Unit *u, Stacks stacks, Outbox *box);
void emit_access(Unit *u, Stacks stacks, Outbox *box);
void emit_cost(Unit *u, Stacks stacks, Outbox *box);
void emit_deploy(Unit *u, Stacks stacks, Outbox *box); // what deploys, and the pipeline for it

#endif
