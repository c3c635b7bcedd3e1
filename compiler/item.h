// item.h - what a fan-out makes an instance for: projects and their users.
#ifndef ITEM_H
#define ITEM_H

#include "node.h"

typedef enum Axis { AXIS_NONE, AXIS_PROJECT, AXIS_USER, AXIS_RUNTIME } Axis;

// One user of a project, or a project: what a fan-out makes an instance for.
typedef struct Item {
    Str project, user; // `user` is empty on the project axis
    Str key;           // project/user: Terraform's key, and the lock's
    Str id;            // in Pascal case: its part of a logical id
    Node *fields;      // of a user that is a map; NULL: none
    Loc loc;
} Item;

typedef struct Items {
    Item *list;
    size_t count;
} Items;

#endif
