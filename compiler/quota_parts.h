// quota_parts.h - what the files of quota share: how a check asks for fields, and the checks that
// quota.c calls.
#ifndef QUOTA_PARTS_H
#define QUOTA_PARTS_H

#include "quota.h"

bool quota_is(const Resource *r, const char *kind);
bool quota_true(const Resource *r, const char *field);
bool quota_seconds(const Resource *r, const char *field, long long *value);
bool quota_integer(const Resource *r, const char *field, long long *value);

// The place of a field's value in the spec, or of the resource if it is a default.
Loc quota_at(const Resource *r, const char *field);

// Did they mean one of these: a map's keys, or a list's items?
void quota_suggest(Unit *u, const Node *wrong, const Node *of);

// quota_event.c: what EventBridge and its pipes are given
void quota_rule(Unit *u, const Resource *r);
void quota_mail(Unit *u, const Resource *r);
void quota_pipe(Unit *u, const Resource *r);

// quota_pattern.c: `pattern` as EventBridge has it, and as `place` says it
void quota_pattern(Unit *u, const Node *pattern, Loc place);

// quota_schedule.c: when something is started
void quota_schedule(Unit *u, const Resource *r);

// quota_data.c: what keeps data
void quota_table(Unit *u, const Resource *r);
void quota_bucket(Unit *u, const Resource *r);

// quota_own.c: what a spec says in the words of AWS
void quota_raw(Unit *u, const Resource *r);
void quota_existing(Unit *u, const Resource *r);
void quota_role(Unit *u, const Resource *r);
void quota_alarm(Unit *u, const Resource *r);
void quota_worker(Unit *u, const Resource *r);

// quota_system.c: what is said of the system as a whole
void quota_system(Unit *u, const Resource *r);

// quota_usage.c: what is expected of it
void quota_usage(Unit *u, const Resource *r);

#endif
