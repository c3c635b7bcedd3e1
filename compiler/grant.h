// grant.h - least privilege: what every role may do, and what every resource allows to services.
#ifndef GRANT_H
#define GRANT_H

#include "model.h"

// `text` with every attribute spelled from names, where it can be.
Node *grant_spelled(Unit *u, Node *text);
// Collects what each kind's `permits` asks of the resource policies of others.
void grant_unit(Unit *u);

// The policy document of a role: what its owner uses, what its kind's template says, and what its
// stages need. NULL: nothing.
Node *grant_policy(Unit *u, Resource *role);
// The statements of a resource policy: the kind's own, and what others asked for. NULL: none.
Node *grant_statements(Unit *u, Resource *r);

#endif
