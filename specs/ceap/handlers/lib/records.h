// records.h - what all stages hand to one another: a list of records, each an object with an `id`.
// Because every stage takes and gives one, they can stand in any order.
#ifndef RECORDS_H
#define RECORDS_H

#include "wgen.h"

// The records in whatever a stage is given: a list, `{"records": [...]}`, one record, or nothing.
// A message of a queue stands for its body. NULL after wg_fail(ctx, "InvalidRecords", ...).
json_t *records_of(WgContext *ctx, json_t *in);

// Keeps those that `keep` says, changed by it if it likes. A new reference.
json_t *records_keep(json_t *records, bool (*keep)(json_t *record));

void records_log(WgContext *ctx, const char *stage, const json_t *before, const json_t *after);

#endif
