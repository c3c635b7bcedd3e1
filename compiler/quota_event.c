// quota_event.c - what EventBridge and its pipes would refuse, or never do.
#include "quota_parts.h"
#include "scope.h"
#include "unit.h"

static void check_group(Unit *u, const Resource *r) {
    const Resource *queue = resource_ref(r, S("queue"));
    if (!queue || !quota_true(queue, "fifo"))
        return;
    if (!resource_get(r, S("group")) || !quota_true(queue, "dedupe")) {
        diag_error(
            u->diags, quota_at(r, "queue"), "fifo-rule",
            "EventBridge sends to FIFO queue `%.*s` only with a group and deduplication by content",
            SFMT(queue->path));
        diag_help(u->diags, "add `group` here and `dedupe: content` to the queue");
    }
}

// An event has these fields and no others; a pattern with another one matches none, for ever.
static void check_event_fields(Unit *u, const Node *pattern) {
    static const char *const keys[] = {"version", "id",     "detail-type", "source",      "account",
                                       "time",    "region", "resources",   "replay-name", "detail"};
    for (uint32_t i = 0; i < pattern->count; i++) {
        const Node *key = pattern->entries[i].key;
        if (str_is_one_of(key->text, keys, COUNT(keys)) || str_starts(key->text, S("$")))
            continue;
        Str names[COUNT(keys)];
        for (size_t j = 0; j < COUNT(keys); j++)
            names[j] = str_from(keys[j]);
        diag_error(u->diags, key->loc, "event-pattern", "an event has no field `%.*s`",
                   SFMT(key->text));
        if (diag_suggest(u->diags, key->loc, key->text, names, COUNT(keys)) < 0)
            diag_help(u->diags, "what the event is about is in `detail`");
    }
}

static void check_pattern(Unit *u, const Resource *r) {
    const Node *pattern = resource_get(r, S("pattern"));
    if (pattern && (pattern->type != NODE_MAP || !pattern->count)) {
        diag_error(u->diags, pattern->loc, "event-pattern",
                   "a pattern is a map with a key at least");
        diag_help(u->diags, "for example `{source: [aws.s3]}`");
    } else if (pattern) {
        check_event_fields(u, pattern);
        quota_pattern(u, pattern, quota_at(r, "pattern"));
    }
}

// The failed jobs of a workflow that has none are never told of, and EventBridge refuses the rule.
static void check_jobs(Unit *u, Resource *r) {
    const Resource *workflow = resource_ref(r, S("jobs-of"));
    const Node *detail = workflow ? node_get(scope_get(u, r, S("matches")), S("detail")) : NULL;
    const Node *jobs = node_get(detail, S("jobName"));
    if (!jobs || jobs->count)
        return;
    const Node *alarms = resource_get(workflow, S("alarms"));
    diag_error(u->diags, alarms ? alarms->loc : r->loc, "field-without-effect",
               "workflow `%.*s` has no jobs that could fail", SFMT(workflow->path));
    diag_help(u->diags, "remove `jobs`, or add a stage with a `job`");
}

void quota_rule(Unit *u, const Resource *r) {
    check_group(u, r);
    check_pattern(u, r);
    check_jobs(u, (Resource *)r);
}

enum { INPUT_BYTES = 262144 }; // Step Functions API, StartExecution: the input

static const Node *find_word(const Node *tree, Str word) {
    const Node *found = tree && str_eq(node_str(tree), word) ? tree : NULL;
    for (uint32_t i = 0; tree && tree->type == NODE_MAP && i < tree->count && !found; i++)
        found = find_word(tree->entries[i].value, word);
    for (uint32_t i = 0; tree && tree->type == NODE_LIST && i < tree->count && !found; i++)
        found = find_word(tree->items[i], word);
    return found;
}

// Pipes API, PipeTargetStateMachineParameters: REQUEST_RESPONSE is of express workflows only.
static void check_asking(Unit *u, const Resource *r) {
    const Node *asks = find_word(resource_get(r, S("raw")), S("REQUEST_RESPONSE"));
    const Resource *target = resource_ref(r, S("target"));
    if (!asks || !target || !node_get(resource_get(target, S("type")), S("standard")))
        return;
    diag_error(u->diags, asks->loc, "express-only",
               "pipe `%.*s` asks standard workflow `%.*s` for an answer", SFMT(r->path),
               SFMT(target->path));
    diag_also(u->diags, target->loc, "this workflow is standard");
    diag_help(u->diags, "leave it out: a pipe asks an express workflow, and starts a standard one");
}

// SES API, ReceiptAction: an action is one thing.
void quota_mail(Unit *u, const Resource *r) {
    const Node *rules = resource_get(r, S("rules"));
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        const Node *actions = node_get(rules->items[i], S("actions"));
        for (uint32_t j = 0; actions && j < actions->count; j++) {
            const Node *a = actions->items[j];
            size_t targets = (node_find(a, S("store")) != NULL) +
                             (node_find(a, S("notify")) != NULL) +
                             (node_find(a, S("call")) != NULL);
            if (targets == 1)
                continue;
            diag_error(u->diags, a->loc, "event-target",
                       "an action has one of `store`, `notify` and `call`, not %zu", targets);
            diag_help(u->diags, "write one action for each");
        }
    }
}

void quota_pipe(Unit *u, const Resource *r) {
    const Node *filters = resource_get(r, S("filter"));
    const Resource *queue = resource_ref(r, S("source"));
    long long most;
    check_asking(u, r);
    for (uint32_t i = 0; filters && i < filters->count; i++)
        quota_pattern(u, filters->items[i], filters->items[i]->loc);
    if (!queue || !unit_size(node_str(resource_get(queue, S("max-message"))), &most) ||
        most <= INPUT_BYTES)
        return;
    diag_error(u->diags, quota_at(queue, "max-message"), "message-over-input",
               "a message of `%.*s` can be larger than the input of a workflow", SFMT(queue->path));
    diag_also(u->diags, r->loc, "a workflow is started with it here");
    diag_help(u->diags, "set `max-message` to 256KB or less, and put what is larger into a bucket");
}
