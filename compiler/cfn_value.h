// cfn_value.h - values in CloudFormation's YAML.
#ifndef CFN_VALUE_H
#define CFN_VALUE_H

#include "emit.h"

// What follows a key's colon, with the space or the line end before it.
void cfn_put_value(const Emitter *e, Node *value, unsigned depth);
void cfn_put_entries(const Emitter *e, const Node *map,
                     unsigned depth); // each on a line of its own
void cfn_put_logical_id(const Emitter *e, const Resource *r, Str part);
void cfn_put_condition_name(const Emitter *e, const Param *param);
Str cfn_param_id(Arena *a, const Param *param);

// Says what printing the entries would say, and how many bytes they take at most. SIZE_MAX: only
// printing them tells.
size_t cfn_most(const Emitter *e, const Node *map, unsigned depth);

#endif
