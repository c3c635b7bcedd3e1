// key.h - what the text of stacks is made from, as a digest: while that is the same, so is the
// text. It is the spec without its items, the items of those stacks, what the lock says beside
// where items are, and what the caller knows of the machine. The other items count where all of
// them were asked for (unit_items notes that): by a printer, for what it printed; by a step, for
// everything; for a resource that says so itself, for its stack.
#ifndef KEY_H
#define KEY_H

#include "emit.h"
#include "lock.h"

Digest key_of_spec(const Node *root); // as it was read; steps change it

// Of one unit: what all its stacks are made from, and that with all items.
typedef struct UnitKey {
    Digest same, items;
} UnitKey;
UnitKey key_of_unit(const Unit *u, const Lock *lock, Digest machine);
void key_stacks(Unit *u, const UnitKey *unit); // sets the keys of its stacks
bool key_heeds_items(const Unit *u);           // a resource says so of itself
Digest key_of_stacks(Digest unit, Str printer, Stacks stacks);

#endif
