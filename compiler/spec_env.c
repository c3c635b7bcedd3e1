// spec_env.c - which account an environment is in, and what it may not change: what code is
// compiled for.
#include "spec.h"

static const Field *field_of(const Kind *kind, Str name) {
    ptrdiff_t i = kind ? kind_field(kind, name) : -1;
    return i < 0 ? NULL : &kind->shape.fields[i];
}

static void check_fields(Diags *d, const Kind *kind, const Node *base, const Node *changes) {
    for (uint32_t i = 0; node_is_map(changes) && i < changes->count; i++) {
        const Entry *e = &changes->entries[i];
        const Field *field = field_of(kind, e->key->text);
        const Entry *before = node_find(base, e->key->text);
        if (!field || !field->compiled || (before && node_equal(before->value, e->value)))
            continue;
        diag_error(d, e->key->loc, "compiled-once", "an environment cannot change `%.*s`",
                   SFMT(e->key->text));
        if (before)
            diag_also(d, before->key->loc, "it is this everywhere");
        diag_help(d, "code is compiled once for all environments: say it of the %.*s itself",
                  SFMT(kind->name));
    }
}

bool spec_is_everywhere(const Node *root, Str section, Str name) {
    const Node *envs = node_get(root, S("environments"));
    bool all = node_is_map(envs) && envs->count > 1;
    for (uint32_t i = 0; all && i < envs->count; i++) {
        const Node *there = node_get(envs->entries[i].value, section);
        all = there && (!name.len || node_find(there, name));
    }
    return all;
}

// What an environment says of the things of a section, of which `base` has those of all.
static void check_section(Diags *d, const Kind *kind, const Node *root, const Node *base,
                          const Node *changes) {
    for (uint32_t i = 0; kind && node_is_map(changes) && i < changes->count; i++) {
        const Entry *e = &changes->entries[i], *before = node_find(base, e->key->text);
        if (before) {
            check_fields(d, kind, before->value, e->value);
            continue;
        }
        if (spec_is_everywhere(root, kind->section, e->key->text))
            continue;
        uint32_t count = base ? base->count : 0;
        Str *names = arena_new(d->arena, Str, count + 1);
        for (uint32_t j = 0; j < count; j++)
            names[j] = base->entries[j].key->text;
        diag_warn(d, e->key->loc, "only-in-environment", "`%.*s` is in this environment only",
                  SFMT(e->key->text));
        diag_guess(d, e->key->text, names, count);
    }
}

// IAM user guide, ARNs: an account has twelve digits.
static void check_account(Diags *d, const Node *account) {
    Str digits = node_str(account);
    bool fine = !account || digits.len == 12;
    for (size_t i = 0; fine && i < digits.len; i++)
        fine = digits.ptr[i] >= '0' && digits.ptr[i] <= '9';
    if (fine)
        return;
    diag_error(d, account->loc, "wrong-type", "an account has twelve digits");
    diag_help(d, "write it in quotes, so that no zero at its beginning is lost");
}

static void check_env(Kinds *kinds, Diags *d, const Node *root, const Node *env) {
    for (uint32_t i = 0; node_is_map(env) && i < env->count; i++) {
        const Entry *e = &env->entries[i];
        const Node *base = node_get(root, e->key->text);
        bool defaults = str_eq(e->key->text, S("defaults"));
        bool compared = node_is_map(base) || spec_is_everywhere(root, e->key->text, S(""));
        if (compared && !defaults)
            check_section(d, kind_of_section(kinds, e->key->text), root, base, e->value);
        for (uint32_t j = 0; defaults && node_is_map(e->value) && j < e->value->count; j++) {
            Str kind = e->value->entries[j].key->text;
            check_fields(d, kind_find(kinds, kind), node_get(base, kind),
                         e->value->entries[j].value);
        }
    }
    check_account(d, node_get(env, S("account")));
}

void spec_check_envs(Kinds *kinds, Diags *d, const Node *root) {
    const Node *envs = node_get(root, S("environments"));
    for (uint32_t i = 0; node_is_map(envs) && i < envs->count; i++)
        check_env(kinds, d, root, envs->entries[i].value);
}
