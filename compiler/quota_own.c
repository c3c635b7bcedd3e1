// quota_own.c - what a spec says in the words of AWS: raw properties, what exists already,
// statements, metrics.
#include "build.h"
#include "quota_parts.h"
#include "regex.h"
#include "scope.h"
#include "unit.h"

// The parts that `r` has on a target; the one without a name is `main`.
static size_t part_names(Unit *u, const Resource *r, const Node *headers, Str **names) {
    const Node *parts = scope_render(u, (Resource *)r, headers);
    size_t count = parts ? parts->count : 0;
    *names = arena_new(u->arena, Str, count + 1);
    for (size_t i = 0; i < count; i++) {
        Str name = node_get_str(parts->items[i], S("part"));
        (*names)[i] = name.len ? name : S("main");
    }
    return count;
}

static void check_parts(Unit *u, const Resource *r, const Node *raw, const Node *headers) {
    Str *names;
    size_t count = part_names(u, r, headers, &names);
    for (uint32_t i = 0; raw->type == NODE_MAP && i < raw->count; i++) {
        const Node *key = raw->entries[i].key;
        bool known = false;
        for (size_t j = 0; j < count && !known; j++)
            known = str_eq(names[j], key->text);
        if (known)
            continue;
        diag_error(u->diags, key->loc, "unknown-part", "`%.*s` is no part of %.*s", SFMT(key->text),
                   SFMT(resource_what(u->arena, r)));
        diag_suggest(u->diags, key->loc, key->text, names, count);
        diag_help(u->diags, "`main: {%.*s: ...}` is a property of the thing itself",
                  SFMT(key->text));
    }
}

// What is in no part of a target would be left out in silence.
void quota_raw(Unit *u, const Resource *r) {
    static const Str targets[] = {
        {"cloudformation", 14},
        {"terraform",      9 }
    };
    const Node *raw = resource_get(r, S("raw"));
    for (uint32_t i = 0; raw && raw->type == NODE_MAP && i < raw->count; i++) {
        const Node *key = raw->entries[i].key;
        bool cfn = str_eq(key->text, targets[0]);
        if (cfn || str_eq(key->text, targets[1])) {
            check_parts(u, r, raw->entries[i].value,
                        cfn ? r->kind->cfn_headers : r->kind->tf_headers);
        } else {
            diag_error(u->diags, key->loc, "unknown-part", "no target is called `%.*s`",
                       SFMT(key->text));
            diag_suggest(u->diags, key->loc, key->text, targets, COUNT(targets));
        }
    }
}

// `sqs` of `arn:$(partition):sqs:...`; empty: the kind has no such ARN.
static Str service_of(Unit *u, const Resource *r) {
    const Attr *arn = kind_attr(r->kind, S("arn"));
    const Node *text = arn ? scope_render(u, (Resource *)r, arn->spelled) : NULL;
    Str rest = {0}, service = {0};
    for (uint32_t i = 0; text && text->type == NODE_TEXT && i < text->count && !rest.len; i++)
        if (str_starts(text->pieces[i].text, S(":")))
            rest = str_cut(text->pieces[i].text, 1, text->pieces[i].text.len);
    return rest.len && str_split(&rest, ':', &service) ? service : (Str){0};
}

static Str service_in(Str arn) {
    Str part = {0};
    for (int i = 0; i < 3; i++)
        str_split(&arn, ':', &part);
    return part;
}

// Grants and references are spelled from it, so that a wrong one is seen at run time only.
void quota_existing(Unit *u, const Resource *r) {
    Str name = r->existing;
    if (str_find(name, S("://")) >= 0) {
        diag_error(u->diags, quota_at(r, "existing"), "existing-name", "`%.*s` is an address",
                   SFMT(name));
        diag_help(u->diags, "write its name or its ARN");
    } else if (str_starts(name, S("arn:"))) {
        Str wanted = service_of(u, r), found = service_in(name);
        if (!wanted.len || str_eq(wanted, found))
            return;
        diag_error(u->diags, quota_at(r, "existing"), "existing-name",
                   "this is the ARN of something in `%.*s`, and %s %.*s is in `%.*s`", SFMT(found),
                   str_article(r->kind->name), SFMT(r->kind->name), SFMT(wanted));
        diag_help(u->diags, "write the ARN of %s %.*s", str_article(r->kind->name),
                  SFMT(r->kind->name));
    }
}

// IAM user guide, best practices: each action by its name, and on everything only with a reason.
static void check_action(Unit *u, const Node *action, bool because) {
    Str s = node_str(action);
    if (node_is_scalar(action) && !regex_matches(S("[a-z0-9-]+:[A-Za-z0-9*?]+|\\*"), s)) {
        diag_error(u->diags, action->loc, "statement", "`%.*s` is no action", SFMT(s));
        diag_help(u->diags, "write `SERVICE:ACTION`, such as `s3:GetObject`");
    } else if (!because && str_find(s, S("*")) >= 0) {
        diag_error(u->diags, action->loc, "wild-action",
                   "`%.*s` allows actions that nobody has named", SFMT(s));
        diag_help(u->diags, "name the actions, or say why it needs all: `because: REASON`");
    }
}

static void check_on(Unit *u, const Node *on) {
    Str s = node_str(on);
    if (!node_is_scalar(on) || str_eq(s, S("*")) || str_starts(s, S("arn:")))
        return;
    diag_error(u->diags, on->loc, "statement", "`%.*s` is no ARN", SFMT(s));
    diag_help(u->diags, "write an ARN, or a hole such as `$(orders.arn)`");
}

static void check_keys(Unit *u, const Node *statement) {
    static const Str keys[] = {
        {"actions",   7},
        {"on",        2},
        {"because",   7},
        {"condition", 9},
    };
    for (uint32_t i = 0; i < statement->count; i++) {
        const Node *key = statement->entries[i].key;
        bool known = false;
        for (size_t j = 0; j < COUNT(keys); j++)
            known = known || str_eq(key->text, keys[j]);
        if (known)
            continue;
        diag_error(u->diags, key->loc, "statement", "a statement has no `%.*s`", SFMT(key->text));
        diag_suggest(u->diags, key->loc, key->text, keys, COUNT(keys));
    }
}

static void check_statement(Unit *u, const Node *s) {
    const Node *actions = node_get(s, S("actions")), *on = node_get(s, S("on"));
    if (!node_is_map(s)) {
        diag_error(u->diags, s->loc, "statement", "a statement is a map");
        diag_help(u->diags, "write `{actions: [...], on: [...]}`");
        return;
    }
    check_keys(u, s);
    if (!actions || !on) {
        diag_error(u->diags, s->loc, "statement", "a statement needs `actions` and `on`");
        diag_help(u->diags, "write `{actions: [s3:GetObject], on: [ARN]}`");
    }
    for (uint32_t i = 0; node_is_list(actions) && i < actions->count; i++)
        check_action(u, actions->items[i], node_get(s, S("because")));
    for (uint32_t i = 0; node_is_list(on) && i < on->count; i++)
        check_on(u, on->items[i]);
}

void quota_role(Unit *u, const Resource *r) {
    const Node *statements = r->owner ? NULL : resource_get(r, S("statements"));
    for (uint32_t i = 0; node_is_list(statements) && i < statements->count; i++)
        check_statement(u, statements->items[i]);
}

enum {
    DIMENSIONS = 30, // CloudWatch API, PutMetricAlarm: of a metric
    HOUR = 3600,
    QUERY = 3 * HOUR,
    DAY = 24 * HOUR,
    WEEK = 7 * DAY
};

static void check_dimensions(Unit *u, const Resource *r, const char *metric) {
    const Node *all = node_get(resource_get(r, str_from(metric)), S("dimensions"));
    if (!all || all->count <= DIMENSIONS)
        return;
    diag_error(u->diags, all->loc, "out-of-range", "a metric has no %u dimensions", all->count);
    diag_help(u->diags, "write %d at most", DIMENSIONS);
}

// CloudWatch API, PutMetricAlarm: 10, 20 or 30 seconds, or whole minutes; all that is looked at is
// a week at most, and a day in periods below an hour. User guide, Metrics Insights: a query sees
// the last three hours.
static void check_periods(Unit *u, const Resource *r) {
    long long period, periods;
    if (!quota_seconds(r, "period", &period))
        return;
    if (period % 60 != 0 && period != 10 && period != 20 && period != 30) {
        diag_error(u->diags, quota_at(r, "period"), "out-of-range",
                   "no alarm has a `period` of %.*s", SFMT(unit_write_duration(u->arena, period)));
        diag_help(u->diags, "write 10s, 20s, 30s or whole minutes");
        return;
    }
    bool asks = resource_get(r, S("query")) != NULL;
    long long most = asks ? QUERY : period < HOUR ? DAY : WEEK;
    if (!quota_integer(r, "for", &periods) || periods <= most / period)
        return;
    diag_error(u->diags, quota_at(r, period > most ? "period" : "for"), "out-of-range",
               "no alarm looks at %.*s %lld times", SFMT(unit_write_duration(u->arena, period)),
               periods);
    diag_help(u->diags, "make it %.*s together%s", SFMT(unit_write_duration(u->arena, most)),
              asks            ? ": no query looks further back"
              : period < HOUR ? ", or write a `period` of an hour or more: then it may be a week"
                              : "");
}

void quota_alarm(Unit *u, const Resource *r) {
    static const char *const metrics[] = {"of", "share-of", "beside"};
    const Node *above = resource_get(r, S("above"));
    if (r->owner)
        return;
    if (node_is_scalar(above) && !node_is_number(above)) {
        diag_error(u->diags, above->loc, "wrong-type", "`above` needs a number, found `%.*s`",
                   SFMT(above->text));
        diag_help(u->diags, "write the value that it may not exceed");
    }
    for (size_t i = 0; i < COUNT(metrics); i++)
        check_dimensions(u, r, metrics[i]);
    check_periods(u, r);
}

static void check_heartbeat(Unit *u, const Resource *worker, const Node *stage, long long every) {
    const Node *send = node_get(stage, S("send")), *limit = node_get(stage, S("heartbeat"));
    long long most;
    if (!send || send->type != NODE_REF || send->res != resource_ref(worker, S("serves")) ||
        !unit_duration(node_str(limit), &most) || every < most)
        return;
    diag_error(u->diags, quota_at(worker, "heartbeat"), "heartbeat-over-timeout",
               "worker `%.*s` says every %.*s that it is alive, and the stage waits %.*s",
               SFMT(worker->path), SFMT(unit_write_duration(u->arena, every)),
               SFMT(unit_write_duration(u->arena, most)));
    diag_also(u->diags, limit->loc, "it gives up then");
    diag_help(u->diags, "say it several times in that time, or wait longer");
}

static void check_stages(Unit *u, const Resource *worker, const Node *tree, long long every) {
    if (!tree)
        return;
    if (tree->type == NODE_MAP)
        check_heartbeat(u, worker, tree, every);
    for (uint32_t i = 0; tree->type == NODE_MAP && i < tree->count; i++)
        check_stages(u, worker, tree->entries[i].value, every);
    for (uint32_t i = 0; tree->type == NODE_LIST && i < tree->count; i++)
        check_stages(u, worker, tree->items[i], every);
}

void quota_worker(Unit *u, const Resource *r) {
    const Resource *workflow = resource_ref(r, S("answers"));
    long long every;
    if (workflow && quota_seconds(r, "heartbeat", &every))
        check_stages(u, r, resource_get(workflow, S("stages")), every);
}
