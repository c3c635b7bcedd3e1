// import.c - definitions of the States Language -> a spec.
#include "import.h"

#include "asl_check.h"
#include "build.h"
#include "import_parts.h"
#include "root.h"
#include "service.h"
#include "spec.h"

enum { NAME_BYTES = 27 }; // so that SYSTEM-NAME-role is no longer than a role's name may be (64)

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

static bool is_name_char(char c) {
    return is_alnum(c) || c == '-' || c == '_';
}

static char lower_case(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// Letters, digits, `-` and `_`, and no more of them than fit.
static Str clean_name(Arena *a, Str s, size_t most) {
    Buf b = {.arena = a};
    if (s.len && !is_letter(s.ptr[0]))
        buf_char(&b, 'w');
    for (size_t i = 0; i < s.len && b.len < most; i++)
        buf_char(&b, is_name_char(s.ptr[i]) ? s.ptr[i] : '-');
    while (b.len > 1 && (b.ptr[b.len - 1] == '-' || b.ptr[b.len - 1] == '_'))
        b.len--;
    Str name = buf_keep(&b, a);
    buf_free(&b);
    return name;
}

// Two names that differ in signs and capitals only would give one logical id.
static bool same_name(Str a, Str b) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.len && !is_alnum(a.ptr[i]))
            i++;
        while (j < b.len && !is_alnum(b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (lower_case(a.ptr[i]) != lower_case(b.ptr[j]))
            return false;
    }
}

// What says nothing of a workflow: its folder's name says more.
static bool is_generic(Str name) {
    static const char *const words[] = {
        "asl",      "definition",    "definitions",   "main",           "sfn",
        "src",      "state-machine", "step-function", "state-machines", "step-functions",
        "template", "workflow",      "workflows"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (same_name(name, str_from(words[i])))
            return true;
    return false;
}

static Str without_endings(Str name) {
    static const char *const endings[] = {".json", ".yaml", ".yml", ".asl"};
    for (size_t i = 0; i < COUNT(endings); i++)
        if (str_ends(name, str_from(endings[i])))
            name = str_cut(name, 0, name.len - str_from(endings[i]).len);
    return name;
}

// The part of `path` that tells this file from others: its last, or a folder's.
static Str telling_part(Str path) {
    Str last = without_endings(path_base(path));
    for (Str rest = path, part = path_base(path); part.len; part = path_base(rest)) {
        if (!is_generic(without_endings(part)))
            return is_letter(part.ptr[0]) ? without_endings(part) : last;
        rest = str_cut(rest, 0, rest.len - part.len - (rest.len > part.len));
    }
    return last;
}

Str import_name(Arena *a, Str path) {
    path = telling_part(path);
    if (path.len > NAME_BYTES) { // the last words of a long name say most
        size_t from = path.len - NAME_BYTES;
        while (from < path.len - 1 && is_name_char(path.ptr[from]) && path.ptr[from] != '-' &&
               path.ptr[from] != '_')
            from++;
        path = from < path.len - 4 ? str_cut(path, from + 1, path.len) : path;
    }
    while (path.len && !is_letter(path.ptr[0]))
        path = str_cut(path, 1, path.len);
    Str name = clean_name(a, path, NAME_BYTES);
    return name.len ? name : S("workflow");
}

static bool section_has(const Node *section, Str name) {
    for (uint32_t i = 0; node_is_map(section) && i < section->count; i++)
        if (same_name(section->entries[i].key->text, name))
            return true;
    return false;
}

static bool has_name(const Node *root, Str name) {
    for (uint32_t i = 0; root && i < root->count; i++)
        if (section_has(root->entries[i].value, name))
            return true;
    return false;
}

// Whether anything of the spec, of the one that it is added to, or of what comes with every system
// is called so.
static bool is_taken(const Importer *im, Str name) {
    const Kind *system = kind_find(im->kinds, S("system"));
    for (size_t i = 0; system && i < system->make_count; i++)
        if (same_name(system->makes[i].name, name))
            return true;
    return has_name(im->spec, name) || has_name(im->known, name) ||
           section_has(im->workflows, name);
}

static Str free_name(const Importer *im, Str name) {
    Str free = name;
    for (int i = 2; is_taken(im, free); i++)
        free = str_fmt(im->arena, "%.*s-%d", SFMT(name), i);
    return free;
}

static Node *section_of(const Importer *im, const char *name) {
    Node *section = node_get(im->spec, str_from(name));
    if (!section) {
        section = node_map(im->arena, (Loc){0});
        section->style = STYLE_BLOCK;
        node_set(im->arena, im->spec, str_from(name), section);
    }
    return section;
}

static Str last_part(Str arn) {
    for (size_t i = arn.len; i > 0; i--)
        if (arn.ptr[i - 1] == ':')
            return str_cut(arn, i, arn.len);
    return arn;
}

Node *import_resource(Importer *im, const char *section, Str arn, Loc at) {
    Node *known = strmap_get(&im->by_arn, arn);
    if (known)
        return known;
    Str name = last_part(arn);
    if (str_ends(name, S(".fifo")))
        name = str_cut(name, 0, name.len - 5);
    name = free_name(im, clean_name(im->arena, name, 64));
    Node *def = node_map(im->arena, at), *ref = node_string(im->arena, name, at);
    node_set(im->arena, def, S("existing"), node_string(im->arena, arn, at));
    node_set(im->arena, section_of(im, section), name, def);
    strmap_put(&im->by_arn, im->arena, arn, ref);
    return ref;
}

// What the spec that is added to has declared already.
static void know_resources(Importer *im) {
    for (uint32_t i = 0; im->known && i < im->known->count; i++) {
        const Node *section = im->known->entries[i].value;
        for (uint32_t j = 0; node_is_map(section) && j < section->count; j++) {
            Str arn = node_get_str(section->entries[j].value, S("existing"));
            if (arn.len)
                strmap_put(&im->by_arn, im->arena, arn, section->entries[j].key);
        }
    }
}

static void collect_variables(Importer *im, const Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        collect_variables(im, n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        const Entry *e = &n->entries[i];
        for (uint32_t j = 0; str_eq(e->key->text, S("Assign")) && j < e->value->count; j++) {
            Str name = e->value->entries[j].key->text;
            if (str_ends(name, S(".$")))
                name = str_cut(name, 0, name.len - 2);
            strmap_put(&im->probe.variables, im->arena, name, im);
        }
        collect_variables(im, e->value);
    }
}

// --- calls

static void check_calls(Importer *im, const Node *flow);

static void check_call(Importer *im, const Node *from, Str state, bool access) {
    const Node *resource = node_get(from, S("Resource"));
    const Node *parameters = node_get(from, S("Parameters"));
    Integration in;
    if (!resource || !integration_parse(resource, &in))
        return;
    Call call = {resource,
                 parameters ? parameters : node_get(from, S("Arguments")),
                 state,
                 access,
                 service_may_be_newer(im->kinds, &in),
                 true};
    if (!call.declared) {
        service_check(im->kinds, im->diags, &call);
    } else if (str_find(node_str(resource), S("${")) < 0) {
        if (service_sdk(im->kinds, in.service))
            diag_warn(im->diags, resource->loc, "unknown-action",
                      "`%.*s` has no action `%.*s` that is known here, which `%.*s` calls",
                      SFMT(in.service), SFMT(in.action), SFMT(state));
        else
            diag_warn(im->diags, resource->loc, "unknown-service",
                      "there is no service of the SDK called `%.*s`, which `%.*s` calls",
                      SFMT(in.service), SFMT(state));
        diag_help(im->diags,
                  "say in `needs` of its stage what the workflow's role must be allowed");
    }
}

static void check_calls_in(Importer *im, const Entry *e) {
    const Node *state = e->value, *branches = node_get(state, S("Branches"));
    check_call(im, state, e->key->text, false);
    check_call(im, node_get(state, S("ItemReader")), e->key->text, true);
    check_call(im, node_get(state, S("ResultWriter")), e->key->text, true);
    check_calls(im, node_get(state, S("ItemProcessor")));
    check_calls(im, node_get(state, S("Iterator")));
    for (uint32_t i = 0; branches && i < branches->count; i++)
        check_calls(im, branches->items[i]);
}

static void check_calls(Importer *im, const Node *flow) {
    const Node *states = node_get(flow, S("States"));
    for (uint32_t i = 0; states && i < states->count; i++)
        check_calls_in(im, &states->entries[i]);
}

static Node *import_workflow(Importer *im, Node *definition) {
    static const struct {
        const char *name, *key;
    } fields[] = {
        {"Comment",        "comment"},
        {"Version",        "version"},
        {"TimeoutSeconds", "timeout"}
    };
    Machine machine = {.definition = definition};
    im->probe = (Lower){.arena = im->arena, .machine = &machine, .exact = true};
    collect_variables(im, definition);
    Node *out = node_map(im->arena, definition->loc), *value;
    Str query = node_get_str(definition, S("QueryLanguage"));
    im->query = str_eq(query, S("JSONata")) ? QUERY_JSONATA : QUERY_PATH;
    for (size_t i = 0; i < COUNT(fields); i++)
        if ((value = node_get(definition, str_from(fields[i].name))))
            import_put(im, out, fields[i].key,
                       i == 2 ? import_seconds(im, value) : import_expression(im, value));
    import_put(im, out, "exact", import_word(im, "true", definition->loc));
    if (query.len)
        import_put(
            im, out, "query",
            import_word(im, im->query == QUERY_JSONATA ? "jsonata" : "jsonpath", definition->loc));
    import_put(im, out, "stages", import_stages(im, definition));
    out->style = STYLE_BLOCK;
    return out;
}

Node *import_asl(Arena *a, Diags *d, Kinds *kinds, const ImportFile *files, size_t count,
                 const Node *known) {
    size_t before = d->errors;
    Importer im = {.arena = a, .diags = d, .kinds = kinds, .known = known};
    im.spec = node_map(a, (Loc){0});
    im.spec->style = STYLE_BLOCK;
    know_resources(&im);
    im.workflows = node_map(a, (Loc){0});
    im.workflows->style = STYLE_BLOCK;
    for (size_t i = 0; i < count; i++) {
        Node *definition = import_read(a, d, files[i].src);
        AslCheck check = {.arena = a, .diags = d, .imported = true, .placeholders = true};
        if (definition)
            asl_check(&check, definition);
        if (definition && d->errors == before)
            check_calls(&im, definition);
        if (!definition || d->errors > before)
            continue;
        Node *workflow = import_workflow(&im, definition);
        node_set(a, im.workflows, free_name(&im, files[i].name), workflow);
    }
    node_set(a, im.spec, S("workflows"), im.workflows);
    return d->errors > before ? NULL : im.spec;
}
