// quota.h - what a service would refuse at deployment or break on later, across resources. What
// concerns one resource alone is in its kind's fields and `rules`.
#ifndef QUOTA_H
#define QUOTA_H

#include "model.h"

void quota_unit(Unit *u);  // after derive and grant
void rules_unit(Unit *u);  // the `rules` of every kind
void nobody_unit(Unit *u); // warns of what is made for nobody, if there is nothing worse to say

#endif
