// quota.c - what a service would refuse at deployment or break on later, across resources.
#include "quota_parts.h"

#include "regex.h"
#include "scope.h"
#include "unit.h"
#include "uses.h"

#include <string.h>

bool quota_is(const Resource *r, const char *kind) {
    return str_is(r->kind->name, kind);
}

bool quota_true(const Resource *r, const char *field) {
    return template_truth(resource_get(r, str_from(field)));
}

Loc quota_at(const Resource *r, const char *field) {
    const Node *value = resource_get(r, str_from(field));
    return value && value->loc.src && value->loc.src != r->kind->src ? value->loc : r->loc;
}

bool quota_seconds(const Resource *r, const char *field, long long *value) {
    return unit_duration(node_str(resource_get(r, str_from(field))), value);
}

bool quota_integer(const Resource *r, const char *field, long long *value) {
    return node_to_int(resource_get(r, str_from(field)), value);
}

void quota_suggest(Unit *u, const Node *wrong, const Node *of) {
    uint32_t count = node_is_map(of) || node_is_list(of) ? of->count : 0;
    Str *names = arena_new(u->arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++)
        names[i] = node_is_map(of) ? of->entries[i].key->text : node_str(of->items[i]);
    diag_suggest(u->diags, wrong->loc, wrong->text, names, count);
}

static const char *fifo_words(const Resource *queue) {
    return quota_true(queue, "fifo") ? "FIFO" : "standard";
}

// Whether the dead letters of `r` come back to it. CloudFormation and Terraform make neither of two
// queues that need each other.
static bool check_circle(Unit *u, const Resource *r) {
    const Resource *dead = resource_ref(r, S("dead-letter")), *next = dead;
    for (size_t i = 0; next && next != r && i < u->count; i++)
        next = resource_ref(next, S("dead-letter"));
    if (next != r)
        return false;
    diag_error(u->diags, quota_at(r, "dead-letter"), "dead-letter-itself",
               dead == r ? "queue `%.*s` is its own dead-letter queue"
                         : "dead letters of queue `%.*s` come back to it",
               SFMT(r->path));
    diag_help(u->diags, "name another queue, or leave `dead-letter` out and get one");
    return true;
}

static void check_dead_letter(Unit *u, const Resource *r) {
    const Resource *dead = resource_ref(r, S("dead-letter"));
    long long own, kept;
    if (!dead)
        return;
    if (check_circle(u, r))
        return;
    if (quota_true(r, "fifo") != quota_true(dead, "fifo")) {
        diag_error(u->diags, quota_at(r, "dead-letter"), "fifo-dead-letter",
                   "%s queue `%.*s` has the %s dead-letter queue `%.*s`", fifo_words(r),
                   SFMT(r->path), fifo_words(dead), SFMT(dead->path));
        diag_also(u->diags, dead->loc, "this is a %s queue", fifo_words(dead));
        diag_help(u->diags, "make both FIFO or neither: SQS refuses the pair");
    }
    // A FIFO queue starts the clock anew when it moves a message; a standard one does not.
    bool compares = !quota_true(r, "fifo") && !dead->existing.len;
    if (compares && quota_seconds(r, "retention", &own) &&
        quota_seconds(dead, "retention", &kept) && kept < own) {
        diag_error(u->diags, quota_at(dead, "retention"), "dead-letter-retention",
                   "dead letters of `%.*s` are kept %.*s, its messages %.*s", SFMT(r->path),
                   SFMT(unit_write_duration(u->arena, kept)),
                   SFMT(unit_write_duration(u->arena, own)));
        diag_also(u->diags, quota_at(r, "retention"), "the queue they come from");
        diag_help(u->diags,
                  "keep dead letters longer: their age counts from when they were first sent");
    }
}

// SQS developer guide, visibility timeout and dead-letter queues: a message goes when it has been
// kept for its time, wherever it is then.
static void check_times(Unit *u, const Resource *r) {
    const Node *dead = resource_get(r, S("dead-letter"));
    long long kept, delay, hidden, tries;
    if (!quota_seconds(r, "retention", &kept))
        return;
    if (quota_seconds(r, "delay", &delay) && delay >= kept) {
        diag_error(u->diags, quota_at(r, "delay"), "lost-messages",
                   "messages of `%.*s` are deleted before anybody can receive them", SFMT(r->path));
        diag_also(u->diags, quota_at(r, "retention"), "they are kept %.*s",
                  SFMT(unit_write_duration(u->arena, kept)));
        diag_help(u->diags, "keep them longer than their `delay`");
    } else if (resource_ref(r, S("dead-letter")) && quota_seconds(r, "visibility", &hidden) &&
               node_to_int(node_get(dead->with, S("after")), &tries) && hidden * tries > kept) {
        diag_warn(u->diags, quota_at(r, "retention"), "lost-messages",
                  "a message of `%.*s` that fails may be deleted before it is a dead letter",
                  SFMT(r->path));
        diag_note(u->diags, "it is tried %lld times, %.*s apart at most, and kept %.*s", tries,
                  SFMT(unit_write_duration(u->arena, hidden)),
                  SFMT(unit_write_duration(u->arena, kept)));
        diag_help(u->diags, "keep messages longer, or write a smaller `after` or `visibility`");
    }
}

// Code makes it as its kind's `runtime` says; what would come with it is in no stack.
static void check_made_by_code(Unit *u, const Resource *r) {
    static const char *const fields[] = {"dead-letter", "alarm"};
    if (r->axis != AXIS_RUNTIME || (r->owner && r->owner->axis == AXIS_RUNTIME))
        return;
    for (size_t i = 0; i < COUNT(fields); i++) {
        const Node *given = resource_get(r, str_from(fields[i]));
        if (!given || (given->type != NODE_MAP && given->type != NODE_REF))
            continue;
        diag_error(u->diags, quota_at(r, fields[i]), "made-by-nobody",
                   "queue `%.*s` is made while the system runs, without `%s`", SFMT(r->path),
                   fields[i]);
        diag_help(u->diags, "leave it out%s",
                  i ? ": no alarm can be over names that nobody knows yet"
                    : ", or write `none because REASON`");
    }
}

static void check_mapping(Unit *u, const Resource *m) {
    const Resource *queue = resource_ref(m, S("queue")), *function = resource_ref(m, S("function"));
    long long visibility, timeout, batch = 0, window = 0, at_once, reserved;
    if (!queue || !function)
        return;
    Loc place = quota_at(function, "trigger");
    bool fifo = quota_true(queue, "fifo"),
         has_window = quota_seconds(m, "window", &window) && window > 0;
    quota_integer(m, "batch", &batch);
    if (quota_seconds(queue, "visibility", &visibility) &&
        quota_seconds(function, "timeout", &timeout)) {
        if (visibility < timeout) {
            diag_error(
                u->diags, quota_at(queue, "visibility"), "visibility-timeout",
                "messages of `%.*s` come back after %.*s, while function `%.*s` may take %.*s",
                SFMT(queue->path), SFMT(unit_write_duration(u->arena, visibility)),
                SFMT(function->path), SFMT(unit_write_duration(u->arena, timeout)));
            diag_also(u->diags, quota_at(function, "timeout"), "its timeout");
            diag_help(u->diags, "leave `visibility` out, and it is six times the timeout");
        } else if (visibility < 6 * timeout + window) {
            diag_warn(u->diags, quota_at(queue, "visibility"), "visibility-short",
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
    if (quota_integer(m, "at-once", &at_once) &&
        quota_integer(function, "reserved-concurrency", &reserved) && at_once > reserved) {
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
    return str_is_one_of(name, names, COUNT(names));
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

static bool is_of_uses(const Unit *u, const Resource *r, Str name) {
    const Use *uses;
    size_t count = uses_of(r, &uses);
    for (size_t i = 0; i < count; i++)
        if (uses[i].to->kind->env && str_eq(use_variable(u->arena, uses[i].to), name))
            return true;
    return str_eq(name, S("AWS_ACCOUNT_ID"));
}

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
        } else if (is_of_uses(u, r, key->text)) {
            diag_error(u->diags, key->loc, "reserved-variable",
                       "`%.*s` is set by what `uses` names", SFMT(key->text));
            diag_help(u->diags, "choose another name, or remove it");
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
        diag_error(u->diags, quota_at(r, "environment"), "environment-too-large",
                   "the environment of `%.*s` has %zu bytes", SFMT(r->path), bytes);
        diag_note(u->diags, "Lambda quotas: %d bytes", ENVIRONMENT_BYTES);
        diag_help(u->diags,
                  "keep what is long in a parameter or a bucket, and give the name of that");
    }
}

// What takes a rollout back is an alarm that there is. The default, errors, is no promise.
static void check_rollback(Unit *u, const Resource *r) {
    const Node *on = node_get(resource_get(r, S("rollout")), S("rollback-on"));
    for (uint32_t i = 0; on && i < on->count; i++) {
        const Node *word = on->items[i];
        if (word->loc.src == r->kind->src || node_get(resource_get(r, S("alarms")), word->text))
            continue;
        diag_error(u->diags, word->loc, "missing-key", "function `%.*s` has no alarm for `%.*s`",
                   SFMT(r->path), SFMT(word->text));
        diag_help(u->diags, "add `alarms: {%.*s: ...}`, which is what takes it back",
                  SFMT(word->text));
    }
}

// The first step is taken at once, so there is one `every` less than there are steps.
static void check_steps(Unit *u, const Resource *r) {
    enum { MOST = 48 * 3600 };
    const Node *rollout = resource_get(r, S("rollout"));
    double share;
    long long every;
    if (!unit_percent(node_get_str(rollout, S("linear")), &share) || share < 1 ||
        !unit_duration(node_get_str(rollout, S("every")), &every))
        return;
    long long steps = (99 + (long long)share) / (long long)share, lasts = (steps - 1) * every;
    if (lasts <= MOST)
        return;
    diag_error(u->diags, node_get(rollout, S("linear"))->loc, "out-of-range",
               "%lld steps last %.*s from the first to the last, %.*s at most are possible", steps,
               SFMT(unit_write_duration(u->arena, lasts)),
               SFMT(unit_write_duration(u->arena, MOST)));
    diag_note(u->diags, "CodeDeploy quotas: 48 hours at most between the first shift of a Lambda "
                        "deployment and the last, "
                        "https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html");
    diag_help(u->diags, "a shorter `every`, or more at a time with `linear`");
}

// Lambda API, PutProvisionedConcurrencyConfig: no more than what is reserved.
static void check_provisioned(Unit *u, const Resource *r) {
    long long warm, reserved;
    if (!quota_integer(r, "provisioned-concurrency", &warm) ||
        !quota_integer(r, "reserved-concurrency", &reserved) || warm <= reserved)
        return;
    diag_error(u->diags, quota_at(r, "provisioned-concurrency"), "concurrency-over-reserved",
               "%lld warm instances are more than the %lld reserved for `%.*s`", warm, reserved,
               SFMT(r->path));
    diag_help(u->diags, "lower `provisioned-concurrency`, or raise `reserved-concurrency`");
}

static void check_targets_of_function(Unit *u, const Resource *r) {
    const Resource *failures = resource_ref(r, S("on-failure"));
    check_rollback(u, r);
    check_steps(u, r);
    check_provisioned(u, r);
    if (failures && quota_true(failures, "fifo")) {
        diag_error(u->diags, quota_at(r, "on-failure"), "fifo-destination",
                   "Lambda cannot send failures to FIFO queue `%.*s`", SFMT(failures->path));
        diag_help(u->diags, "use a standard queue");
    }
}

// Step Functions quotas: the duration of an execution
enum { EXPRESS_SECONDS = 300, STANDARD_SECONDS = 365 * 86400 };

static void check_timeout(Unit *u, const Resource *r) {
    bool is_express = node_get(resource_get(r, S("type")), S("express")) != NULL;
    long long timeout;
    if (!quota_seconds(r, "timeout", &timeout) ||
        timeout <= (is_express ? EXPRESS_SECONDS : STANDARD_SECONDS))
        return;
    if (is_express) {
        diag_error(u->diags, quota_at(r, "timeout"), "express-timeout",
                   "an express workflow ends after five minutes, whatever its `timeout` is");
        diag_help(u->diags, "set it to 5m or less, or make the workflow `type: standard`");
    } else {
        diag_error(u->diags, quota_at(r, "timeout"), "out-of-range",
                   "an execution ends after a year, whatever the `timeout` is");
        diag_help(u->diags, "set it to 1y or less");
    }
}

// What ends after its timeout never takes longer.
static void check_slow(Unit *u, const Resource *r) {
    const Node *limit = node_get(resource_get(r, S("alarms")), S("duration"));
    long long timeout, slow;
    if (!quota_seconds(r, "timeout", &timeout) || !unit_duration(node_str(limit), &slow) ||
        slow <= timeout)
        return;
    diag_error(u->diags, limit->loc, "field-without-effect",
               "this alarm never goes off: `%.*s` ends after %.*s", SFMT(r->path),
               SFMT(unit_write_duration(u->arena, timeout)));
    diag_also(u->diags, quota_at(r, "timeout"), "its timeout");
    diag_help(u->diags, "write less than that");
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
    quota_suggest(u, table, tables);
}

// SNS developer guide, FIFO topics: queues are all that can subscribe to one.
static void check_fifo_topic(Unit *u, const Resource *r) {
    static const char *const others[] = {"email", "https", "functions"};
    for (size_t i = 0; i < COUNT(others) && quota_true(r, "fifo"); i++) {
        if (!quota_true(r, others[i]))
            continue;
        diag_error(u->diags, quota_at(r, others[i]), "fifo-subscription",
                   "only queues can subscribe to FIFO topic `%.*s`", SFMT(r->path));
        diag_help(u->diags, "make the topic standard, or let a queue stand between");
    }
}

static void check_topic(Unit *u, const Resource *r) {
    const Node *queues = resource_get(r, S("queues"));
    check_fifo_topic(u, r);
    for (uint32_t i = 0; queues && i < queues->count; i++) {
        const Node *queue = queues->items[i];
        if (!queue || queue->type != NODE_REF ||
            quota_true(queue->res, "fifo") == quota_true(r, "fifo") || quota_true(r, "fifo"))
            continue;
        diag_error(u->diags, queue->loc, "fifo-subscription",
                   "FIFO queue `%.*s` cannot subscribe to standard topic `%.*s`",
                   SFMT(queue->res->path), SFMT(r->path));
        diag_help(u->diags, "make the topic FIFO, or the queue standard");
    }
}

enum { API_TIMEOUT_SECONDS = 30 }; // API Gateway quotas, HTTP API: maximum integration timeout

// Fetch standard, CORS protocol and credentials: a browser refuses the answer.
static void check_credentials(Unit *u, const Node *origins) {
    for (uint32_t i = 0; node_is_list(origins) && i < origins->count; i++) {
        if (!str_eq(node_str(origins->items[i]), S("*")))
            continue;
        diag_error(u->diags, origins->items[i]->loc, "field-without-effect",
                   "`*` means nothing beside `credentials`: browsers send none to everywhere");
        diag_help(u->diags, "name the origins, or remove `credentials`");
    }
}

// What is open is one of its routes.
static void check_open(Unit *u, const Node *open, const Node *routes) {
    for (uint32_t i = 0; open && routes && i < open->count; i++) {
        const Node *route = open->items[i];
        if (node_lists(routes, node_str(route)))
            continue;
        diag_error(u->diags, route->loc, "unknown-value", "the API has no route `%.*s`",
                   SFMT(node_str(route)));
        quota_suggest(u, route, routes);
    }
}

static void check_api(Unit *u, const Resource *r) {
    const Resource *function = resource_ref(r, S("function"));
    const Node *stage = resource_get(r, S("stage")), *cors = resource_get(r, S("cors"));
    long long timeout;
    if (node_is_scalar(stage) &&
        !regex_matches(S("\\$default|[A-Za-z0-9_-]{1,128}"), stage->text)) {
        diag_error(u->diags, quota_at(r, "stage"), "name-characters",
                   "the stage of an API cannot be called `%.*s`", SFMT(stage->text));
        diag_help(u->diags, "use letters, digits, `-` and `_`");
    }
    check_open(u, node_get(resource_get(r, S("auth")), S("open")), resource_get(r, S("routes")));
    if (template_truth(node_get(cors, S("credentials"))))
        check_credentials(u, node_get(cors, S("origins")));
    if (!function || !quota_seconds(function, "timeout", &timeout) ||
        timeout <= API_TIMEOUT_SECONDS)
        return;
    diag_error(u->diags, quota_at(function, "timeout"), "api-timeout",
               "function `%.*s` may take %.*s, and an HTTP API waits 30 seconds",
               SFMT(function->path), SFMT(unit_write_duration(u->arena, timeout)));
    diag_also(u->diags, r->loc, "this API is in front of it");
    diag_help(u->diags, "set `timeout` to 30s or less, and do longer work in a workflow");
}

enum { TAGS = 50, TAG_KEY = 128 }; // AWS tagging: per resource, and the length of a key

// Resource Groups Tagging API: letters, blanks and digits of any language, and `_.:/=+-@`.
static void check_tag_text(Unit *u, const Node *text) {
    static const char *const forbidden = "!\"#$%&'()*,;<>?[\\]^`{|}~";
    for (size_t i = 0; i < text->text.len; i++) {
        char c = text->text.ptr[i];
        if (!c || !strchr(forbidden, c))
            continue;
        diag_error(u->diags, text->loc, "tag-key", "a tag cannot have `%c`", c);
        diag_help(u->diags, "use letters, digits, blanks and `_.:/=+-@`");
        return;
    }
}

static void check_tags(Unit *u, const Resource *r) {
    const Node *tags = resource_get(r, S("tags"));
    if (!tags || tags->type != NODE_MAP)
        return;
    if (tags->count > TAGS - 6) // wgen adds up to six
        diag_error(u->diags, tags->loc, "too-many-tags",
                   "%u tags are more than a resource can have", tags->count);
    for (uint32_t i = 0; i < tags->count; i++) {
        const Node *key = tags->entries[i].key, *value = tags->entries[i].value;
        check_tag_text(u, key);
        if (node_is_scalar(value))
            check_tag_text(u, value);
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
    diag_error(u->diags, quota_at(r, "existing"), "key-alias",
               "key `%.*s` is not named by its alias", SFMT(r->path));
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
    {NULL,       quota_raw                },
    {NULL,       quota_existing           },
    {NULL,       quota_usage              },
    {"alarm",    quota_alarm              },
    {"api",      check_api                },
    {"bucket",   quota_bucket             },
    {"function", check_environment        },
    {"function", check_targets_of_function},
    {"function", check_slow               },
    {"key",      check_key                },
    {"mail",     quota_mail               },
    {"mapping",  check_mapping            },
    {"pipe",     quota_pipe               },
    {"quality",  check_quality            },
    {"queue",    check_dead_letter        },
    {"queue",    check_made_by_code       },
    {"queue",    check_times              },
    {"role",     quota_role               },
    {"rule",     quota_rule               },
    {"schedule", quota_schedule           },
    {"system",   quota_system             },
    {"table",    quota_table              },
    {"topic",    check_topic              },
    {"worker",   check_environment        },
    {"worker",   quota_worker             },
    {"workflow", check_timeout            },
    {"workflow", check_slow               },
};

void quota_unit(Unit *u) {
    Unit brief = *u; // what a check makes is needed no longer than the check
    brief.arena = u->scratch;
    for (size_t i = 0; i < u->count; i++) {
        for (size_t j = 0; j < COUNT(checks); j++)
            if (!checks[j].kind || quota_is(u->resources[i], checks[j].kind))
                checks[j].check(&brief, u->resources[i]);
        unit_forget(&brief);
    }
}

// A warning: the first user makes it right.
static void warn_of_nobody(Unit *u, const Resource *r) {
    bool by_user = r->axis == AXIS_USER;
    if (r->owner || !resource_is_fanned(r) || unit_items_unasked(u, r->axis).count)
        return;
    diag_warn(u->diags, quota_at(r, "per"), "nobody", "there are no %s, so that no `%.*s` is made",
              by_user ? "users" : "projects", SFMT(r->path));
    diag_help(u->diags, by_user ? "`wgen add user PROJECT/NAME`, or `projects: {PROJECT: [NAME]}`"
                                : "`wgen add project NAME`, or `projects: {NAME: []}`");
}

void nobody_unit(Unit *u) {
    for (size_t i = 0; i < u->count && u->diags->errors == 0; i++)
        warn_of_nobody(u, u->resources[i]);
}
