// compare.h - what a deployment would do: stacks as they are and as they are to be, resource by
// resource. What CloudFormation makes anew, and what holds data, is in templates/replaces.yaml.
#ifndef COMPARE_H
#define COMPARE_H

#include "deployed.h"

typedef enum ChangeKind {
    CHANGE_ADDED,
    CHANGE_CHANGED,
    CHANGE_REPLACED, // made anew, and the old one goes or stays behind
    CHANGE_RENAMED,  // the same under another logical id or in another stack: made anew as well
    CHANGE_REMOVED,
    CHANGE_KINDS
} ChangeKind;

typedef struct Detail {
    Str path, before, after; // a property; an empty text: not there
    bool replaces;           // it is what the service makes the resource anew for
} Detail;

typedef struct Change {
    ChangeKind kind;
    const Deployed *stack;
    Str id, type;
    Str name;              // physical, if it is known
    const Deployed *other; // of one that was renamed: where it is to be
    Str other_id;
    bool holds_data;
    bool keeps_data; // the old one stays behind, and is no longer managed
    bool refused;    // CloudFormation makes nothing anew under a name that is taken
    bool too_much;   // nor does it change more than one item of some lists, which `refused` is, too
    Detail *details;
    size_t detail_count, detail_cap;
    Str *wider, *narrower; // what it allows now, and what no longer
    size_t wider_count, narrower_count;
} Change;

// What gets dearer or cheaper, in USD a month.
typedef struct CostChange {
    const DeployedCost *of;
    double before, after;
} CostChange;

typedef struct Comparison {
    Arena *arena;
    const Node *rules; // templates/replaces.yaml
    Change *list;
    size_t count, cap;
    CostChange *costs; // where the costs of both sides are known
    size_t cost_count;
    double cost_before, cost_after;
} Comparison;

void compare(Comparison *c, const DeployedList *before, const DeployedList *after);
bool change_loses_data(const Change *change);
void compare_costs(Comparison *c, const DeployedList *before, const DeployedList *after);
double compare_dearer(const Comparison *c); // USD a month; less than 0: it gets cheaper

void compare_text(const Comparison *c, Buf *out);
void compare_markdown(const Comparison *c, Buf *out); // for a pull request
void compare_json(const Comparison *c, Buf *out);
void compare_costs_text(const Comparison *c, Buf *out);
void compare_costs_markdown(const Comparison *c, Buf *out);
Node *compare_costs_tree(const Comparison *c);
Str compare_summary(const Comparison *c); // "1 added, 2 replaced", or "no difference"

#endif
