// hcl_value.h - lines and values in HCL, laid out as `terraform fmt` does.
#ifndef HCL_VALUE_H
#define HCL_VALUE_H

#include "emit.h"

// A file being written. Of neighbouring lines that assign, the equals signs are aligned, which is
// known only when the last of them is: they wait in `chain`.
typedef struct Hcl {
    const Emitter *emitter; // what values refer to; its `out` is not used
    Buf *out;
    Buf chain; // leads and values of the waiting lines
    struct HclLine *lines;
    size_t count, cap;
    unsigned depth;
    bool unread; // see outbox.h
    bool uses_account, uses_region, uses_partition;
    Node *filtered; // the pieces that want more of an item than the spec says: a list of words
} Hcl;

void hcl_line(Hcl *h, const char *fmt, ...) PRINTF(2, 3); // one that assigns nothing
void hcl_blank(Hcl *h);
void hcl_attribute(Hcl *h, Str name, Node *value);  // `name = value`, over lines if need be
void hcl_assign(Hcl *h, Str name, Str expression);  // the same, with an expression as it is
void hcl_block(Hcl *h, Str name, const Node *body); // nested: `name { ... }`
void hcl_body(Hcl *h, const Node *body);            // attributes and blocks of a map
void hcl_flush(Hcl *h);
void hcl_string(Buf *out, Str text);                            // quoted, nothing in it is code
Str hcl_address(const Emitter *e, const Resource *r, Str part); // aws_sqs_queue.input[each.key]
// The same as it would be, were Terraform's name of `r` another one.
Str hcl_name_as(Unit *u, const Resource *r, Str part, Str name);
Str hcl_name(Unit *u, const Resource *r, Str part); // the second label of the block

#endif
