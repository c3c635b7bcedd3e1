// policy.h - roles' policies as IAM takes them. What is too long for the role itself goes on in
// managed policies that come with it.
#ifndef POLICY_H
#define POLICY_H

#include "model.h"

// IAM quotas: all inline policies of a role, a managed policy, and managed policies of a role,
// white space aside: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
enum { POLICY_INLINE = 10240, POLICY_MANAGED = 6144, POLICY_ATTACHED = 10 };

// Gives every role its policy, and one whose policy is too long the managed policies that hold the
// rest, as resources of kind `policy`. Says so where that is not enough.
void policy_unit(Unit *u);
// Reports the policies of resources that are larger than their service takes.
void policy_of_resources(Unit *u);
// How many characters a document has at most, once all of it is known.
size_t policy_length(const Unit *u, const Node *document);

#endif
