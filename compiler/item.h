// item.h - what a fan-out makes an instance for: projects and their users.
#ifndef ITEM_H
#define ITEM_H

#include "node.h"

typedef enum Axis { AXIS_NONE, AXIS_PROJECT, AXIS_USER, AXIS_RUNTIME } Axis;

// One user of a project, or a project: what a fan-out makes an instance for. There are very many;
// what is made of their names is made for whoever asks.
typedef struct Item {
    Str project, user; // `user` is empty on the project axis
    Node *fields;      // of a user that is a map; NULL: none
    const Node *at;    // its name in the spec, or the NODE_WORDS that it stands in
} Item;
Str item_key(Arena *a, const Item *item); // project/user: Terraform's key, and the lock's
Str item_id(Arena *a, const Item *item);  // in Pascal case: its part of a logical id
Loc item_place(const Item *item);
int item_cmp(const Item *a, const Item *b); // by their keys

typedef struct Items {
    Item *list;
    size_t count;
    bool is_own; // the list is nobody else's
} Items;

// What is so of the names of all projects, or of all users.
typedef struct ItemTexts {
    bool dashes, underscores, capitals, digits_first; // one of them has some
    bool own_ids;                                     // one of them says its id itself
    bool twins;                                       // two may be one, or have one id
    size_t shortest, longest;
} ItemTexts;

#endif
