// emit_deploy.c - how a system gets to AWS: the stacks in their order, what goes beside them, and
// the scripts that do it. What a kind needs beside its parts is its `deploy`:
//   steps:    commands at the end, {say, run}, in the system's own folder
//   image:    {file, arch, repository}, built and pushed before the stacks
//   alias:    of a function, which moves to new code
//   endpoint: {run, base}: the command that tells where it answers
#include "build.h"
#include "cfn_value.h"
#include "copy.h"
#include "emit.h"
#include "scope.h"
#include "shown.h"
#include "spec.h"
#include "text.h"

#include <string.h>

// --- Words of a shell ---

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_./:=@%+,-", c));
}

static void quote(Buf *out, Str text) {
    bool plain = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        plain = plain && is_plain(text.ptr[i]);
    if (plain)
        buf_put(out, text);
    else
        shown_quoted(out, text);
}

// What is known only at deployment is a variable of deploy.sh.
static void put_piece(Unit *u, Buf *out, const Piece *p, const Item *item) {
    if (p->kind == PIECE_ITEM && item)
        quote(out, item_value(u->arena, item, p->text));
    else if (p->kind == PIECE_PARAM)
        quote(out, cfn_param_id(u->arena, p->param));
    else if (p->kind == PIECE_DEPLOY)
        buf_put(out, str_eq(p->text, S("account"))  ? S("\"$ACCOUNT\"")
                     : str_eq(p->text, S("region")) ? S("\"$AWS_REGION\"")
                                                    : S("\"$PARTITION\""));
    else
        quote(out, p->text);
}

static void put_word(Unit *u, Buf *out, Node *value, const Item *item) {
    Emitter e = {.unit = u};
    Node *text = value && value->type == NODE_TEXT ? emit_spell(&e, value) : value;
    if (!text)
        buf_char(out, '-');
    for (uint32_t i = 0; text && text->type == NODE_TEXT && i < text->count; i++)
        put_piece(u, out, &text->pieces[i], item);
    if (text && text->type != NODE_TEXT)
        quote(out, node_str(text));
}

static void put_words(Unit *u, Buf *out, const Node *words, const Item *item) {
    for (uint32_t i = 0; words && i < words->count; i++) {
        if (i)
            buf_char(out, ' ');
        put_word(u, out, words->items[i], item);
    }
}

// --- What resources need ---

typedef enum Need { NEED_IMAGE, NEED_ALIAS, NEED_STEPS, NEED_COUNT } Need;
static const struct {
    const char *key, *command;
    const char *words[7];
} needs[NEED_COUNT] = {
    [NEED_IMAGE] = {"image", "image", {"file", "arch", "repository"}                                       },
    [NEED_ALIAS] = {"alias",
                    "alias_row",      {"function", "name", "package", "parameter", "repository", "rollout"}},
    [NEED_STEPS] = {"steps", "step",  {NULL}                                                               },
};

static void put_row(Unit *u, Buf *out, Need need, const Node *body, const Item *item) {
    buf_fmt(out, "    %s", needs[need].command);
    if (need == NEED_STEPS) {
        buf_char(out, ' ');
        put_word(u, out, node_get(body, S("say")), item);
        buf_char(out, ' ');
        put_words(u, out, node_get(body, S("run")), item);
    }
    for (size_t i = 0; i < COUNT(needs[need].words) && needs[need].words[i]; i++) {
        buf_char(out, ' ');
        put_word(u, out, node_get(body, str_from(needs[need].words[i])), item);
    }
    buf_char(out, '\n');
}

// A step that several things need is taken once.
static void put_step(Unit *u, Buf *out, const Node *body, const Item *item) {
    size_t before = out->len;
    put_row(u, out, NEED_STEPS, body, item);
    Str row = str_cut(buf_str(out), before, out->len);
    if (str_find(str_cut(buf_str(out), 0, before), row) >= 0)
        out->len = before;
}

static void put_rows(Unit *u, Buf *out, Need need, const Node *body, const Item *item) {
    if (need != NEED_STEPS)
        put_row(u, out, need, body, item);
    for (uint32_t i = 0; need == NEED_STEPS && i < body->count; i++)
        put_step(u, out, body->items[i], item);
}

static void put_need(Unit *u, Buf *out, Need need, Resource *r) {
    const Node *body = node_get(scope_render(u, r, r->kind->deploy), str_from(needs[need].key));
    bool fanned = resource_is_fanned(r);
    if (!body || r->axis == AXIS_RUNTIME)
        return;
    Items items = fanned ? unit_items(u, r->axis) : (Items){0};
    for (size_t i = 0; i < items.count; i++)
        put_rows(u, out, need, body, &items.list[i]);
    if (!fanned)
        put_rows(u, out, need, body, NULL);
}

// The needs of what belongs to one workflow; of everything that is there, if `workflow` is NULL.
static void put_needs(Unit *u, Buf *out, Need need, const Resource *workflow) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->kind->deploy && !r->existing.len && (!workflow || r->workflow == workflow))
            put_need(u, out, need, r);
    }
}

// And of the workflows that are copies of two others.
static void put_copied_needs(Unit *u, Buf *out, Need need) {
    Buf of[2] = {{.arena = u->arena}, {.arena = u->arena}};
    Spelled spelled[2];
    for (size_t i = 0; i < u->copy_count; i++) {
        const Copy *c = &u->copies[i];
        bool same = i && u->copies[i - 1].like[0] == c->like[0];
        for (int j = 0; j < 2 && !same; j++) {
            of[j].len = 0;
            put_needs(u, &of[j], need, c->like[j]);
            spelled[j] = copy_spell(u->arena, c->like[j]->id);
        }
        Spelled own = copy_spell(u->arena, c->id);
        buf_put(out, copy_text(u->arena, buf_str(&of[0]), buf_str(&of[1]), &spelled[0], &spelled[1],
                               &own));
    }
    buf_free(&of[0]);
    buf_free(&of[1]);
}

static void put_all_needs(Unit *u, Node *data, const char *key, Need need) {
    Buf b = {.arena = u->arena};
    put_needs(u, &b, need, NULL);
    put_copied_needs(u, &b, need);
    node_put(u->arena, data, key, buf_keep(&b, u->arena));
    buf_free(&b);
}

static void put_endpoint(Unit *u, Node *data) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        const Node *body = r->kind->deploy && !r->existing.len && r->axis == AXIS_NONE
                               ? node_get(scope_render(u, r, r->kind->deploy), S("endpoint"))
                               : NULL;
        if (!body)
            continue;
        Node *endpoint = node_map(u->arena, r->loc);
        Buf words = {.arena = u->arena}, base = {.arena = u->arena};
        put_words(u, &words, node_get(body, S("run")), NULL);
        Node *path = node_get(body, S("base"));
        if (path && !str_eq(node_str(path), S("/$default")))
            put_word(u, &base, path, NULL);
        node_put(u->arena, endpoint, "words", buf_keep(&words, u->arena));
        node_put(u->arena, endpoint, "base", buf_keep(&base, u->arena));
        node_set(u->arena, data, S("endpoint"), endpoint);
        buf_free(&words);
        buf_free(&base);
        return;
    }
}

static Resource *code_bucket(const Unit *u) {
    Resource *r = unit_find(u, S("code"));
    return r && r->stack ? r : NULL;
}

static const Source *find_template(void *ctx, Str name) {
    Unit *u = ctx;
    return template_source(u->kinds, str_fmt(u->arena, "deploy/%.*s.mustache", SFMT(name)));
}

static void render(Unit *u, const char *template, const Node *data, Buf *out) {
    TextRules rules = {.partial = find_template, .ctx = u, .strict = true};
    const Source *src = find_template(u, str_from(template));
    if (src)
        text_render(u->arena, u->diags, &rules, src, data, out);
}

// --- The stacks in their order ---

static void put_waves(const Unit *u, Buf *out) {
    buf_put(out, S("wave,stack\n"));
    for (size_t i = 0; i < u->stack_count; i++)
        buf_fmt(out, "%d,%.*s\n", u->stacks[i]->wave, SFMT(u->stacks[i]->name));
}

static int last_wave(const Unit *u) {
    int last = 0;
    for (size_t i = 0; i < u->stack_count; i++)
        last = u->stacks[i]->wave > last ? u->stacks[i]->wave : last;
    return last;
}

void emit_settings(Unit *u, Stacks stacks, Outbox *box) {
    if (!stacks.count)
        return;
    Node *data = node_map(u->arena, (Loc){0});
    Str region = u->self ? node_str(resource_get(u->self, S("region"))) : (Str){0};
    Resource *code = code_bucket(u);
    node_put(u->arena, data, "deployment",
             u->env.len ? str_fmt(u->arena, "%.*s in %.*s", SFMT(u->system), SFMT(u->env))
                        : u->system);
    node_put(u->arena, data, "region",
             region.len ? region : S("${AWS_REGION:-${AWS_DEFAULT_REGION:?which Region?}}"));
    node_put(u->arena, data, "account", spec_account(u->root, u->env));
    Buf bucket = {.arena = u->arena};
    if (code)
        put_word(u, &bucket,
                 code->existing.len ? node_string(u->arena, code->existing, code->loc) : code->name,
                 NULL);
    node_put(u->arena, data, "bucket", buf_keep(&bucket, u->arena));
    buf_free(&bucket);
    put_all_needs(u, data, "images", NEED_IMAGE);
    put_all_needs(u, data, "aliases", NEED_ALIAS);
    put_all_needs(u, data, "steps", NEED_STEPS);
    put_endpoint(u, data);
    put_waves(u, outbox_add(box, S("deploy/stacks.csv")));
    render(u, "settings.sh", data, outbox_add(box, S("deploy/settings.sh")));
}

// --- What is the same in all environments ---

static const Node *github_of(const Unit *u) {
    return u->self ? node_get(resource_get(u->self, S("deploy")), S("github")) : NULL;
}

static Str joined(Unit *u, const Str *words, size_t count) {
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < count; i++)
        buf_fmt(&b, "%s%.*s", i ? " " : "", SFMT(words[i]));
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

// One whose processor packages are built for, if there is one.
static const Resource *first_program(const Unit *u, bool *packages) {
    const Resource *first = NULL;
    *packages = false;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (r->existing.len || kind_field(r->kind, S("architecture")) < 0)
            continue;
        bool zip = node_get(resource_get(r, S("package")), S("zip")) != NULL;
        first = !first || (zip && !*packages) ? r : first;
        *packages = *packages || zip;
    }
    return first;
}

static Node *common_data(Unit *u, const Str *envs, size_t count) {
    Node *data = node_map(u->arena, (Loc){0});
    const Node *github = github_of(u);
    Str target = node_get_str(github, S("target")), path = node_get_str(github, S("smoke")), method;
    bool packages;
    const Resource *program = first_program(u, &packages);
    node_put(u->arena, data, "system", u->system);
    node_put(u->arena, data, "arch",
             program ? node_str(resource_get(program, S("architecture"))) : S("arm64"));
    node_put_flag(u->arena, data, "packages", packages);
    node_put_flag(u->arena, data, "code", code_bucket(u) != NULL);
    node_put(u->arena, data, "target", target.len ? target : S("cloudformation"));
    node_put_flag(u->arena, data, "terraform", str_eq(target, S("terraform")));
    node_put_flag(u->arena, data, "envs", count > 0);
    node_put(u->arena, data, "first", count ? envs[0] : S(""));
    node_put(u->arena, data, "environments", joined(u, envs, count));
    node_put_flag(u->arena, data, "smoke", path.len > 0);
    if (str_split(&path, ' ', &method)) {
        Buf b = {.arena = u->arena};
        quote(&b, path);
        node_put(u->arena, data, "method", method);
        node_put(u->arena, data, "path", buf_keep(&b, u->arena));
        node_put_flag(u->arena, data, "is_head", str_eq(method, S("HEAD")));
        buf_free(&b);
    }
    return data;
}

static Str upper_snake(Unit *u, Str name) {
    Str snake = snake_case(u->arena, name);
    char *text = arena_new(u->arena, char, snake.len + 1);
    for (size_t i = 0; i < snake.len; i++)
        text[i] =
            snake.ptr[i] >= 'a' && snake.ptr[i] <= 'z' ? (char)(snake.ptr[i] - 32) : snake.ptr[i];
    return (Str){text, snake.len};
}

// The role's ARN, with GitHub's variable where the account is not known.
static Str role_in(Unit *u, Str env, Str account, bool *unknown) {
    Unit other = *u;
    other.env = env;
    const Field *github = shape_find(
        &u->self->kind->shape.fields[kind_field(u->self->kind, S("deploy"))].shape, S("github"));
    const Field *field = shape_find(&github->shape, S("role"));
    Node *given = node_get(node_get(node_get(u->root, S("deploy")), S("github")), S("role"));
    Node *role = scope_pattern(&other, u->self, given ? given : field->fallback, NULL);
    Buf b = {.arena = u->arena};
    for (uint32_t i = 0; role && role->type == NODE_TEXT && i < role->count; i++) {
        const Piece *p = &role->pieces[i];
        bool is_account = p->kind == PIECE_DEPLOY && str_eq(p->text, S("account"));
        *unknown = *unknown || (is_account && !account.len);
        buf_put(&b, p->kind == PIECE_LITERAL ? p->text
                    : !is_account            ? S("aws")
                    : account.len            ? account
                                             : S("${{ vars.AWS_ACCOUNT_ID }}"));
    }
    Str done = role && role->type != NODE_TEXT ? node_str(role) : buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

// One job has three hours; a stack takes some minutes, four of them at a time.
enum { MATRIX_STACKS = 40 };

static bool has_matrix(const Unit *u) {
    const Node *matrix = node_get(github_of(u), S("matrix"));
    return matrix ? node_is_word(matrix, S("true")) : u->stack_count >= MATRIX_STACKS;
}

// A job for each wave, with the jobs that it waits for. An environment that has more waves than
// this one does the rest in its last job.
static void put_wave_jobs(Unit *u, Node *job) {
    Node *waves = node_list(u->arena, (Loc){0});
    Str name = node_get_str(job, S("job")), before = str_fmt(u->arena, "%.*s-begin", SFMT(name));
    int last = has_matrix(u) ? last_wave(u) : 0;
    for (int i = 1; i <= last; i++) {
        Node *wave = node_map(u->arena, (Loc){0});
        node_put(u->arena, wave, "wave", str_fmt(u->arena, "%d", i));
        node_put(u->arena, wave, "before", before);
        node_push(u->arena, waves, wave);
        before = str_fmt(u->arena, "%.*s, %.*s-wave-%d", SFMT(before), SFMT(name), i);
    }
    node_put_flag(u->arena, job, "waves", last > 0);
    node_set(u->arena, job, S("each_wave"), waves);
    node_put(u->arena, job, "all_waves", before);
}

static Node *job_of(Unit *u, Str env, Str before, bool *unknown) {
    const Node *own = node_get(node_get(u->root, S("environments")), env);
    Node *job = node_map(u->arena, (Loc){0});
    Str region = node_get_str(own, S("region"));
    if (!region.len)
        region = node_get_str(u->root, S("region"));
    node_put(u->arena, job, "job",
             env.len ? str_fmt(u->arena, "deploy-%.*s", SFMT(env)) : S("deploy"));
    node_put(u->arena, job, "title",
             env.len ? str_fmt(u->arena, "Deploy to %.*s", SFMT(env)) : S("Deploy"));
    node_put(u->arena, job, "needs", before);
    node_put(u->arena, job, "env", env);
    node_put(u->arena, job, "environment", env.len ? env : u->system);
    node_put(u->arena, job, "region", region.len ? region : S("${{ vars.AWS_REGION }}"));
    node_put(u->arena, job, "role", role_in(u, env, spec_account(u->root, env), unknown));
    put_wave_jobs(u, job);
    return job;
}

static void put_jobs(Unit *u, Node *data, const Str *envs, size_t count) {
    Node *jobs = node_list(u->arena, (Loc){0}), *asking = node_list(u->arena, (Loc){0});
    const Node *order = node_get(github_of(u), S("order"));
    size_t total = order ? order->count : count ? count : 1;
    Str before = S("build");
    bool unknown = false;
    for (size_t i = 0; i < total; i++) {
        Str env = order ? node_str(order->items[i]) : count ? envs[i] : (Str){0};
        Node *job = job_of(u, env, before, &unknown);
        const Node *own = node_get(node_get(u->root, S("environments")), env);
        node_push(u->arena, jobs, job);
        if (node_is_word(node_get(own, S("approval")), S("required")))
            node_push(u->arena, asking, job);
        before = node_get_str(job, S("job"));
    }
    node_set(u->arena, data, S("environments"), jobs);
    node_set(u->arena, data, S("each_asking"), asking);
    node_put_flag(u->arena, data, "asks", asking->count > 0);
    node_put_flag(u->arena, data, "needs_account", unknown);
}

static void emit_pipeline(Unit *u, const Str *envs, size_t count, Outbox *box) {
    const Node *actions = template_tree(u->kinds, S("deploy/actions.yaml"));
    Node *data = node_map(u->arena, (Loc){0}), *common = common_data(u, envs, count);
    for (uint32_t i = 0; i < common->count; i++)
        if (!str_eq(common->entries[i].key->text, S("environments")))
            node_entry(u->arena, data, common->entries[i].key, common->entries[i].value);
    for (uint32_t i = 0; actions && i < actions->count; i++)
        node_entry(u->arena, data, actions->entries[i].key, actions->entries[i].value);
    node_put(u->arena, data, "branch", node_get_str(github_of(u), S("branch")));
    node_put(u->arena, data, "macro", upper_snake(u, u->system));
    node_put(u->arena, data, "runner",
             node_get_str(node_get(actions, S("runners")), node_get_str(data, S("arch"))));
    node_put_flag(u->arena, data, "matrix", has_matrix(u));
    put_jobs(u, data, envs, count);
    render(u, "github.yml", data, outbox_add(box, S("ci/deploy.yml")));
}

void emit_deploy(Unit *u, Stacks stacks, Outbox *box) {
    (void)stacks;
    if (!u->stack_count)
        return;
    Str *envs;
    size_t count = spec_envs(u->arena, u->root, &envs);
    Node *data = common_data(u, envs, count);
    render(u, "deploy.sh", data, outbox_add(box, S("deploy/deploy.sh")));
    render(u, "Makefile", data, outbox_add(box, S("deploy/Makefile")));
    if (github_of(u))
        emit_pipeline(u, envs, count, box);
}
