// quota.c - what a service would refuse at deployment or break on later, across resources.
#include "quota.h"

#include "build.h"
#include "json.h"
#include "regex.h"
#include "scope.h"
#include "unit.h"
#include "yaml.h"

#include <string.h>

static bool is_kind(const Resource *r, const char *kind) {
    return str_eq(r->kind->name, str_from(kind));
}

static bool is_true(const Resource *r, const char *field) {
    return template_truth(resource_get(r, str_from(field)));
}

// The place of a field's value in the spec, or of the resource if it is a default.
static Loc at(const Resource *r, const char *field) {
    const Node *value = resource_get(r, str_from(field));
    return value && value->loc.src && value->loc.src != r->kind->src ? value->loc : r->loc;
}

static bool seconds(const Resource *r, const char *field, long long *value) {
    return unit_duration(node_str(resource_get(r, str_from(field))), value);
}

static bool integer(const Resource *r, const char *field, long long *value) {
    return node_to_int(resource_get(r, str_from(field)), value);
}

static const char *fifo_words(const Resource *queue) {
    return is_true(queue, "fifo") ? "FIFO" : "standard";
}

static void check_dead_letter(Unit *u, const Resource *r) {
    const Resource *dead = resource_ref(r, S("dead-letter"));
    long long own, kept;
    if (!dead)
        return;
    if (dead == r) {
        diag_error(u->diags, at(r, "dead-letter"), "dead-letter-itself",
                   "queue `%.*s` is its own dead-letter queue", SFMT(r->path));
        diag_help(u->diags, "name another queue, or leave `dead-letter` out and get one");
        return;
    }
    if (is_true(r, "fifo") != is_true(dead, "fifo")) {
        diag_error(u->diags, at(r, "dead-letter"), "fifo-dead-letter",
                   "%s queue `%.*s` has the %s dead-letter queue `%.*s`", fifo_words(r),
                   SFMT(r->path), fifo_words(dead), SFMT(dead->path));
        diag_also(u->diags, dead->loc, "this is a %s queue", fifo_words(dead));
        diag_help(u->diags, "make both FIFO or neither: SQS refuses the pair");
    }
    // A FIFO queue starts the clock anew when it moves a message; a standard one does not.
    bool compares = !is_true(r, "fifo") && !dead->existing.len;
    if (compares && seconds(r, "retention", &own) && seconds(dead, "retention", &kept) &&
        kept < own) {
        diag_error(u->diags, at(dead, "retention"), "dead-letter-retention",
                   "dead letters of `%.*s` are kept %.*s, its messages %.*s", SFMT(r->path),
                   SFMT(unit_write_duration(u->arena, kept)),
                   SFMT(unit_write_duration(u->arena, own)));
        diag_also(u->diags, at(r, "retention"), "the queue they come from");
        diag_help(u->diags,
                  "keep dead letters longer: their age counts from when they were first sent");
    }
}

static void check_mapping(Unit *u, const Resource *m) {
    const Resource *queue = resource_ref(m, S("queue")), *function = resource_ref(m, S("function"));
    long long visibility, timeout, batch = 0, window = 0, at_once, reserved;
    if (!queue || !function)
        return;
    Loc place = at(function, "trigger");
    bool fifo = is_true(queue, "fifo"), has_window = seconds(m, "window", &window) && window > 0;
    integer(m, "batch", &batch);
    if (seconds(queue, "visibility", &visibility) && seconds(function, "timeout", &timeout)) {
        if (visibility < timeout) {
            diag_error(
                u->diags, at(queue, "visibility"), "visibility-timeout",
                "messages of `%.*s` come back after %.*s, while function `%.*s` may take %.*s",
                SFMT(queue->path), SFMT(unit_write_duration(u->arena, visibility)),
                SFMT(function->path), SFMT(unit_write_duration(u->arena, timeout)));
            diag_also(u->diags, at(function, "timeout"), "its timeout");
            diag_help(u->diags, "leave `visibility` out, and it is six times the timeout");
        } else if (visibility < 6 * timeout + window) {
            diag_warn(u->diags, at(queue, "visibility"), "visibility-short",
                      "`visibility` is less than six times the timeout of `%.*s`",
                      SFMT(function->path));
            diag_note(u->diags,
                      "Lambda developer guide: a throttled batch is tried again only after it");
        }
    }
    if (fifo && has_window) {
        diag_error(u->diags, place, "fifo-window",
                   "FIFO queue `%.*s` cannot wait for a batch to fill", SFMT(queue->path));
        diag_help(u->diags, "remove `window`");
    }
    if (fifo && batch > 10) {
        diag_error(u->diags, place, "fifo-batch",
                   "a batch of FIFO queue `%.*s` has at most 10 messages", SFMT(queue->path));
        diag_help(u->diags, "set `batch` to 10 or less");
    }
    if (!fifo && batch > 10 && !has_window) {
        diag_error(u->diags, place, "batch-window",
                   "a batch of more than 10 messages needs a `window`");
        diag_help(u->diags, "add `window: 1s` or more");
    }
    if (integer(m, "at-once", &at_once) && integer(function, "reserved-concurrency", &reserved) &&
        at_once > reserved) {
        diag_error(u->diags, place, "concurrency-over-reserved",
                   "%lld calls at once are more than the %lld reserved for `%.*s`", at_once,
                   reserved, SFMT(function->path));
        diag_help(u->diags, "lower `at-once`, or raise `reserved-concurrency`");
    }
}

// Reserved by Lambda: developer guide, environment variables.
static bool is_reserved(Str name) {
    static const char *const names[] = {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, str_from(names[i])))
            return true;
    return false;
}

static bool looks_secret(Str name, Str value) {
    static const char *const shapes[] = {
        "(A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
        "-----BEGIN [A-Z ]*PRIVATE KEY-----.*",
        "gh[pousr]_[A-Za-z0-9]{30,}",
        "xox[abprs]-[A-Za-z0-9-]{10,}",
        "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\..*",
        "[a-z][a-z0-9+.-]*://[^/ :]+:[^/ @]+@.+",
    };
    static const char *const names[] = {"SECRET",      "PASSWORD", "PASSWD", "TOKEN",
                                        "PRIVATE_KEY", "API_KEY",  "APIKEY"};
    if (str_eq(value, S("AKIAIOSFODNN7EXAMPLE")) || str_starts(value, S("arn:")) ||
        str_starts(value, S("ssm:")))
        return false;
    for (size_t i = 0; i < COUNT(shapes); i++)
        if (regex_matches(str_from(shapes[i]), value))
            return true;
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_find(name, str_from(names[i])) >= 0 && value.len >= 8 &&
            str_find(value, S("/")) < 0)
            return true;
    return false;
}

static size_t text_length(const Node *value) {
    size_t length = node_str(value).len;
    for (uint32_t i = 0; value->type == NODE_TEXT && i < value->count; i++)
        length += value->pieces[i].kind == PIECE_LITERAL ? value->pieces[i].text.len : 20;
    return length;
}

enum { ENVIRONMENT_BYTES = 4096 }; // Lambda quotas: all environment variables together

static void check_environment(Unit *u, const Resource *r) {
    const Node *own = resource_get(r, S("environment")),
               *all = scope_get(u, (Resource *)r, S("variables"));
    size_t bytes = 0;
    for (uint32_t i = 0; own && i < own->count; i++) {
        const Node *key = own->entries[i].key, *value = own->entries[i].value;
        if (is_reserved(key->text)) {
            diag_error(u->diags, key->loc, "reserved-variable", "Lambda sets `%.*s` itself",
                       SFMT(key->text));
            diag_help(u->diags, "choose another name");
        } else if (node_is_scalar(value) && looks_secret(key->text, value->text)) {
            diag_error(u->diags, value->loc, "secret-in-clear",
                       "the value of `%.*s` looks like a secret", SFMT(key->text));
            diag_secret(u->diags);
            diag_label(u->diags, "%zu characters that everybody who can read the template can read",
                       value->text.len);
            diag_help(u->diags, "give the name of a parameter or secret instead (`ssm:/path`), and "
                                "read it when the code starts");
        }
    }
    for (uint32_t i = 0; all && i < all->count; i++)
        bytes += all->entries[i].key->text.len + text_length(all->entries[i].value);
    if (bytes > ENVIRONMENT_BYTES) {
        diag_error(u->diags, at(r, "environment"), "environment-too-large",
                   "the environment of `%.*s` has %zu bytes", SFMT(r->path), bytes);
        diag_note(u->diags, "Lambda quotas: %d bytes", ENVIRONMENT_BYTES);
        diag_help(u->diags,
                  "keep what is long in a parameter or a bucket, and give the name of that");
    }
}

static void check_table(Unit *u, const Resource *r) {
    Str ttl = node_get_str(resource_get(r, S("ttl")), S("attribute"));
    const Node *declared = ttl.len ? node_get(resource_get(r, S("attributes")), ttl) : NULL;
    if (ttl.len && (str_eq(ttl, node_str(resource_get(r, S("key")))) ||
                    str_eq(ttl, node_str(resource_get(r, S("sort")))))) {
        diag_error(u->diags, at(r, "ttl"), "ttl-key",
                   "`%.*s` is part of the key, and cannot say when an item goes", SFMT(ttl));
        diag_help(u->diags, "name another attribute");
    }
    if (declared && !str_eq(node_str(declared), S("time"))) {
        diag_error(u->diags, declared->loc, "ttl-type",
                   "`%.*s` says when an item goes, so it must be a `time`", SFMT(ttl));
        diag_also(u->diags, at(r, "ttl"), "here");
        diag_help(u->diags, "write `%.*s: time`: DynamoDB reads it as epoch seconds", SFMT(ttl));
    }
    bool provisioned = str_eq(node_str(resource_get(r, S("billing"))), S("PROVISIONED"));
    if (provisioned && (!resource_get(r, S("read")) || !resource_get(r, S("write")))) {
        diag_error(u->diags, at(r, "billing"), "missing-key",
                   "a provisioned table needs `read` and `write`");
        diag_help(u->diags, "add both, or use `billing: on-demand`");
    }
}

static void suggest_key(Unit *u, const Node *wrong, const Node *map) {
    uint32_t count = node_is_map(map) ? map->count : 0;
    Str *names = arena_new(u->arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++)
        names[i] = map->entries[i].key->text;
    diag_suggest(u->diags, wrong->loc, wrong->text, names, count);
}

static bool overlap(Str a, Str b) {
    return str_starts(a, b) || str_starts(b, a);
}

// S3 user guide, event notifications: no two for one event may overlap in prefix and suffix.
static void check_bucket(Unit *u, const Resource *r) {
    const Node *events = resource_get(r, S("events"));
    for (uint32_t i = 0; events && i < events->count; i++) {
        const Node *e = events->items[i], *queue = node_get(e, S("send"));
        size_t targets = (node_find(e, S("call")) != NULL) + (node_find(e, S("send")) != NULL) +
                         (node_find(e, S("publish")) != NULL);
        if (targets != 1) {
            diag_error(u->diags, e->loc, "event-target",
                       "an event of a bucket has one of `call`, `send` and `publish`, not %zu",
                       targets);
            diag_help(u->diags, "write one event for each");
        }
        if (queue && queue->type == NODE_REF && is_true(queue->res, "fifo")) {
            diag_error(u->diags, queue->loc, "fifo-event", "S3 cannot send to FIFO queue `%.*s`",
                       SFMT(queue->res->path));
            diag_help(u->diags, "send to a standard queue, or call a function that sends on");
        }
        for (uint32_t j = 0; j < i; j++) {
            const Node *other = events->items[j];
            if (!str_eq(node_get_str(e, S("event")), node_get_str(other, S("event"))) ||
                !overlap(node_get_str(e, S("prefix")), node_get_str(other, S("prefix"))))
                continue;
            Str suffix = node_get_str(e, S("suffix")), before = node_get_str(other, S("suffix"));
            if (suffix.len && before.len && !str_ends(suffix, before) && !str_ends(before, suffix))
                continue;
            diag_error(u->diags, e->loc, "overlapping-events",
                       "two events of bucket `%.*s` are about the same objects", SFMT(r->path));
            diag_also(u->diags, other->loc, "the other one");
            diag_help(u->diags,
                      "give them prefixes that do not begin alike, or one of them a topic for all");
        }
    }
}

static void check_targets_of_function(Unit *u, const Resource *r) {
    const Resource *failures = resource_ref(r, S("on-failure"));
    if (failures && is_true(failures, "fifo")) {
        diag_error(u->diags, at(r, "on-failure"), "fifo-destination",
                   "Lambda cannot send failures to FIFO queue `%.*s`", SFMT(failures->path));
        diag_help(u->diags, "use a standard queue");
    }
}

static void check_rule(Unit *u, const Resource *r) {
    const Resource *queue = resource_ref(r, S("queue"));
    if (!queue || !is_true(queue, "fifo"))
        return;
    if (!resource_get(r, S("group")) || !is_true(queue, "dedupe")) {
        diag_error(
            u->diags, at(r, "queue"), "fifo-rule",
            "EventBridge sends to FIFO queue `%.*s` only with a group and deduplication by content",
            SFMT(queue->path));
        diag_help(u->diags, "add `group` here and `dedupe: content` to the queue");
    }
}

enum { PATTERN_CHARACTERS = 4096 }; // EventBridge API, PutRule and CreatePipe: an event pattern

// `pattern` as `at` says it.
static void check_pattern(Unit *u, const Node *pattern, Loc place) {
    Buf text = {.arena = u->arena};
    if (pattern)
        json_print(&text, pattern, 0, false);
    if (text.len > PATTERN_CHARACTERS) {
        diag_error(u->diags, place, "pattern-too-long", "the pattern has %zu characters", text.len);
        diag_note(u->diags, "EventBridge takes %d", PATTERN_CHARACTERS);
        diag_help(u->diags, "match by prefix, or divide it among several");
    }
    buf_free(&text);
}

static void check_pattern_of_rule(Unit *u, const Resource *r) {
    check_pattern(u, resource_get(r, S("pattern")), at(r, "pattern"));
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

static void check_pipe(Unit *u, const Resource *r) {
    const Node *filters = resource_get(r, S("filter"));
    const Resource *queue = resource_ref(r, S("source"));
    long long most;
    check_asking(u, r);
    for (uint32_t i = 0; filters && i < filters->count; i++)
        check_pattern(u, filters->items[i], filters->items[i]->loc);
    if (!queue || !unit_size(node_str(resource_get(queue, S("max-message"))), &most) ||
        most <= INPUT_BYTES)
        return;
    diag_error(u->diags, at(queue, "max-message"), "message-over-input",
               "a message of `%.*s` can be larger than the input of a workflow", SFMT(queue->path));
    diag_also(u->diags, r->loc, "a workflow is started with it here");
    diag_help(u->diags, "set `max-message` to 256KB or less, and put what is larger into a bucket");
}

enum { EXPRESS_SECONDS = 300 }; // Step Functions quotas: the duration of an express workflow

static void check_express(Unit *u, const Resource *r) {
    long long timeout;
    if (!node_get(resource_get(r, S("type")), S("express")) || !seconds(r, "timeout", &timeout) ||
        timeout <= EXPRESS_SECONDS)
        return;
    diag_error(u->diags, at(r, "timeout"), "express-timeout",
               "an express workflow ends after five minutes, whatever its `timeout` is");
    diag_help(u->diags, "set it to 5m or less, or make the workflow `type: standard`");
}

static bool is_wild(Str action) {
    return str_find(action, S("*")) >= 0;
}

// What a spec gives a role beside what is inferred: each action by its name, and on everything only
// with a reason, as IAM's best practices have it (IAM user guide, least privilege).
static void check_statements(Unit *u, const Resource *r) {
    const Node *statements = r->owner ? NULL : resource_get(r, S("statements"));
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *s = statements->items[i], *actions = node_get(s, S("actions"));
        for (uint32_t j = 0; actions && j < actions->count && !node_get(s, S("because")); j++) {
            if (!is_wild(node_str(actions->items[j])))
                continue;
            diag_error(u->diags, actions->items[j]->loc, "wild-action",
                       "`%.*s` allows actions that nobody has named",
                       SFMT(node_str(actions->items[j])));
            diag_help(u->diags, "name the actions, or say why it needs all: `because: REASON`");
        }
    }
}

// Glue developer guide, data quality: a ruleset is about a table that is there.
static void check_quality(Unit *u, const Resource *r) {
    const Resource *catalog = resource_ref(r, S("catalog"));
    const Node *tables = catalog ? resource_get(catalog, S("tables")) : NULL;
    const Node *table = resource_get(r, S("table"));
    if (!table || !catalog || catalog->existing.len || node_get(tables, table->text))
        return;
    diag_error(u->diags, table->loc, "unknown-resource", "catalog `%.*s` has no table `%.*s`",
               SFMT(catalog->path), SFMT(table->text));
    suggest_key(u, table, tables);
}

// A warning: the first user makes it right.
static void check_fan_out(Unit *u, const Resource *r) {
    bool by_user = r->axis == AXIS_USER;
    if (r->owner || !resource_is_fanned(r) || unit_items(u, r->axis).count || u->diags->errors)
        return;
    diag_warn(u->diags, at(r, "per"), "nobody", "there are no %s, so that no `%.*s` is made",
              by_user ? "users" : "projects", SFMT(r->path));
    diag_help(u->diags, by_user ? "`wgen add user PROJECT/NAME`, or `projects: {PROJECT: [NAME]}`"
                                : "`wgen add project NAME`, or `projects: {NAME: []}`");
}

static void check_system(Unit *u, const Resource *r) {
    const Node *github = node_get(resource_get(r, S("deploy")), S("github"));
    const Node *order = node_get(github, S("order")), *envs = node_get(u->root, S("environments"));
    for (uint32_t i = 0; order && i < order->count; i++) {
        const Node *env = order->items[i];
        if (node_get(envs, env->text))
            continue;
        diag_error(u->diags, env->loc, "unknown-environment", "there is no environment `%.*s`",
                   SFMT(env->text));
        suggest_key(u, env, envs);
    }
}

static void check_topic(Unit *u, const Resource *r) {
    const Node *queues = resource_get(r, S("queues"));
    for (uint32_t i = 0; queues && i < queues->count; i++) {
        const Node *queue = queues->items[i];
        if (!queue || queue->type != NODE_REF ||
            is_true(queue->res, "fifo") == is_true(r, "fifo") || is_true(r, "fifo"))
            continue;
        diag_error(u->diags, queue->loc, "fifo-subscription",
                   "FIFO queue `%.*s` cannot subscribe to standard topic `%.*s`",
                   SFMT(queue->res->path), SFMT(r->path));
        diag_help(u->diags, "make the topic FIFO, or the queue standard");
    }
}

enum { API_TIMEOUT_SECONDS = 30 }; // API Gateway quotas, HTTP API: maximum integration timeout

static void check_api(Unit *u, const Resource *r) {
    const Resource *function = resource_ref(r, S("function"));
    long long timeout;
    if (!function || !seconds(function, "timeout", &timeout) || timeout <= API_TIMEOUT_SECONDS)
        return;
    diag_error(u->diags, at(function, "timeout"), "api-timeout",
               "function `%.*s` may take %.*s, and an HTTP API waits 30 seconds",
               SFMT(function->path), SFMT(unit_write_duration(u->arena, timeout)));
    diag_also(u->diags, r->loc, "this API is in front of it");
    diag_help(u->diags, "set `timeout` to 30s or less, and do longer work in a workflow");
}

enum { TAGS = 50, TAG_KEY = 128 }; // AWS tagging: per resource, and the length of a key

static void check_tags(Unit *u, const Resource *r) {
    const Node *tags = resource_get(r, S("tags"));
    if (!tags || tags->type != NODE_MAP)
        return;
    if (tags->count > TAGS - 6) // wgen adds up to six
        diag_error(u->diags, tags->loc, "too-many-tags",
                   "%u tags are more than a resource can have", tags->count);
    for (uint32_t i = 0; i < tags->count; i++) {
        const Node *key = tags->entries[i].key;
        if (key->text.len <= TAG_KEY && !str_starts(key->text, S("aws:")))
            continue;
        diag_error(u->diags, key->loc, "tag-key", "`%.*s` cannot be the key of a tag",
                   SFMT(key->text));
        diag_note(u->diags, "a key has at most %d characters and does not begin with `aws:`",
                  TAG_KEY);
    }
}

// What uses a key is allowed by its alias, and a policy cannot name a key by the ARN of an alias:
// AWS KMS developer guide, "Use aliases to control access to KMS keys".
static void check_key(Unit *u, const Resource *r) {
    Str name = r->existing;
    if (!name.len || str_starts(name, S("alias/")))
        return;
    ptrdiff_t alias = str_find(name, S(":alias/"));
    diag_error(u->diags, at(r, "existing"), "key-alias", "key `%.*s` is not named by its alias",
               SFMT(r->path));
    if (alias >= 0)
        name = str_cut(name, (size_t)alias + sizeof ":alias/" - 1, name.len);
    if (str_starts(name, S("arn:")))
        diag_help(u->diags, "give it one, and write `existing: alias/NAME`");
    else
        diag_help(u->diags, "write `existing: alias/%.*s`", SFMT(name));
}

static const struct Check {
    const char *kind; // NULL: all
    void (*check)(Unit *u, const Resource *r);
} checks[] = {
    {NULL,       check_tags               },
    {NULL,       check_fan_out            },
    {"api",      check_api                },
    {"bucket",   check_bucket             },
    {"function", check_environment        },
    {"function", check_targets_of_function},
    {"key",      check_key                },
    {"mapping",  check_mapping            },
    {"pipe",     check_pipe               },
    {"quality",  check_quality            },
    {"queue",    check_dead_letter        },
    {"role",     check_statements         },
    {"rule",     check_pattern_of_rule    },
    {"rule",     check_rule               },
    {"system",   check_system             },
    {"table",    check_table              },
    {"topic",    check_topic              },
    {"worker",   check_environment        },
    {"workflow", check_express            },
};

void quota_unit(Unit *u) {
    Unit brief = *u; // what a check makes is needed no longer than the check
    brief.arena = u->scratch;
    for (size_t i = 0; i < u->count; i++) {
        for (size_t j = 0; j < COUNT(checks); j++)
            if (!checks[j].kind || is_kind(u->resources[i], checks[j].kind))
                checks[j].check(&brief, u->resources[i]);
        arena_reset(u->scratch);
        brief.derived_count = 0;
        memset(brief.derived, 0, sizeof brief.derived);
    }
}
