// alike.h - which workflows differ in nothing but their name. Two of each such group go through all
// the steps; of the others only the name is kept, and their files are copies: see copies.h.
#ifndef ALIKE_H
#define ALIKE_H

#include "model.h"

// What is known of each entry of the section `workflows`, in its order.
typedef struct Alike {
    bool is_copy;
    uint32_t like[2]; // of a copy: the entries that it is like, which stand before it
} Alike;

Alike *alike_find(Unit *u, const Node *workflows);

#endif
