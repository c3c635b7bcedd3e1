// order.h - the order in which stacks are deployed.
#ifndef ORDER_H
#define ORDER_H

#include "model.h"

// Sets `after` of every stack, from references whose target must exist and from what parts need,
// and sorts u->stacks so that each comes behind those. A circle is an error.
void order_unit(Unit *u);

#endif
