// cmd_rename.c - wgen rename: another name in the spec for what stays the same where it is
// deployed. What refers to it is found by trying: of all places where its name is written, those
// where another word would be an error.
#include "cmd_parts.h"

#include <string.h>

static const Loc nowhere = {0};

typedef struct NamePlace {
    size_t file;
    size_t at; // of the name, in the text of that file
} NamePlace;

typedef struct Rename {
    SpecEdit e;
    const Kind *kind;
    Str from, to;
    NamePlace *places; // where the name is written, besides comments
    size_t count, cap;
    bool *refers; // of each place
} Rename;

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static void add_place(Rename *r, size_t file, size_t at) {
    r->places = arena_room(r->e.arena, r->places, sizeof *r->places, r->count, &r->cap);
    r->places[r->count++] = (NamePlace){file, at};
}

// Every time that `word` is a whole word of a scalar.
static void find_in(Rename *r, size_t file, const Cst *n, Str word) {
    Str text = r->e.texts[file];
    if (n->key)
        find_in(r, file, n->key, word);
    for (size_t i = n->from; n->type == CST_SCALAR && i + word.len <= n->to; i++) {
        bool begins = i == n->from || !is_name_char(text.ptr[i - 1]);
        bool ends = i + word.len == n->to || !is_name_char(text.ptr[i + word.len]);
        if (begins && ends && memcmp(text.ptr + i, word.ptr, word.len) == 0)
            add_place(r, file, i);
    }
    for (uint32_t i = 0; i < n->count; i++)
        find_in(r, file, n->items[i], word);
}

static Str with_at(Rename *r, size_t place, Str word) {
    const NamePlace *p = &r->places[place];
    Splice s = {p->at, p->at + r->from.len, word};
    return edit_splice(r->e.arena, r->e.texts[p->file], &s, 1);
}

// A word of the same length that is written nowhere.
static Str nonsense(Rename *r) {
    Str word = arena_str(r->e.arena, r->from);
    char *last = (char *)word.ptr + word.len - 1;
    for (char c = 'a'; c <= 'z'; c++) {
        bool taken = false;
        *last = c;
        for (size_t i = 0; i < r->e.path.count; i++)
            taken = taken || str_find(r->e.texts[i], word) >= 0;
        if (!taken)
            break;
    }
    return word;
}

// The keys that define it: in its section, and in what environments change of that.
static void find_definitions(Rename *r) {
    for (size_t file = 0; file < r->e.path.count; file++) {
        const Cst *root = cst_read(r->e.arena, r->e.texts[file]);
        const Cst *envs = cst_get(root, S("environments"));
        for (uint32_t i = 0; i <= (cst_is_map(envs) ? envs->count : 0); i++) {
            const Cst *home = i == 0 ? root : envs->items[i - 1];
            const Cst *n = cst_get(cst_get(home, r->kind->section), r->from);
            for (size_t p = 0; n && p < r->count; p++)
                if (r->places[p].file == file && r->places[p].at >= n->key->from &&
                    r->places[p].at < n->key->to)
                    r->refers[p] = true;
        }
    }
}

// What is said of a name that is not there, and not of a key or a text that only looks like one.
static bool is_missed(const Diags *said) {
    static const char *const ids[] = {"unknown-resource", "unknown-field", "unknown-hole",
                                      "unknown-attribute", "unknown-blueprint"};
    for (const Diag *diag = said->first; diag; diag = diag->next)
        for (size_t i = 0; i < COUNT(ids); i++)
            if (strcmp(diag->id, ids[i]) == 0)
                return true;
    return false;
}

// A place refers to it if another word there would be an error.
static void find_references(Rename *r) {
    Str other = nonsense(r);
    for (size_t i = 0; i < r->count; i++) {
        if (r->refers[i])
            continue;
        size_t file = r->places[i].file;
        Str kept = r->e.texts[file];
        Diags said = {.arena = r->e.arena};
        r->e.texts[file] = with_at(r, i, other);
        r->refers[i] = !spec_edit_compile(&r->e, &said) && is_missed(&said);
        r->e.texts[file] = kept;
    }
}

static void replace_all(Rename *r) {
    for (size_t file = 0; file < r->e.path.count; file++) {
        Splice *splices = arena_new(r->e.arena, Splice, r->count + 1);
        size_t count = 0;
        for (size_t i = 0; i < r->count; i++)
            if (r->places[i].file == file && r->refers[i])
                splices[count++] = (Splice){r->places[i].at, r->places[i].at + r->from.len, r->to};
        r->e.texts[file] = edit_splice(r->e.arena, r->e.texts[file], splices, count);
    }
}

// Stages that are named after a function that they call have a new name then, and what goes to
// them must say it.
static void follow_stages(Rename *r) {
    Arena *a = r->e.arena;
    Str from = pascal_case(a, r->from), to = pascal_case(a, r->to);
    Diags said = {.arena = a};
    if (str_eq(from, to) || spec_edit_compile(&r->e, &said))
        return;
    Rename stages = {.e = r->e, .kind = r->kind, .from = from, .to = to};
    for (size_t i = 0; i < r->e.path.count; i++)
        find_in(&stages, i, cst_read(a, r->e.texts[i]), from);
    stages.refers = arena_new(a, bool, stages.count + 1);
    for (size_t i = 0; i < stages.count; i++)
        stages.refers[i] = true;
    Str *kept = arena_new(a, Str, r->e.path.count);
    memcpy(kept, r->e.texts, r->e.path.count * sizeof *kept);
    replace_all(&stages);
    Diags after = {.arena = a};
    if (!spec_edit_compile(&r->e, &after))
        memcpy(r->e.texts, kept, r->e.path.count * sizeof *kept);
}

// `path` begins with the old name, as a whole.
static bool is_of(const Rename *r, Str path) {
    return str_starts(path, r->from) && (path.len == r->from.len || path.ptr[r->from.len] == '.');
}

// The lock's lines under the new name, and one that says what it was.
static Str lock_text(Rename *r, Lock *lock) {
    Arena *a = r->e.arena;
    Lock changed = {.arena = a};
    Str *names;
    size_t former = lock_former(lock, r->from, &names);
    for (size_t i = 0; i < lock->count; i++) {
        Str key = lock_at(lock, i)->key, path = key, word;
        str_split(&path, ' ', &word);
        bool set = str_eq(word, S("shared")) || str_ends(word, S("-set"));
        if (str_eq(word, S("was")) && str_starts(path, str_fmt(a, "%.*s ", SFMT(r->from))))
            continue;
        if (set && is_of(r, path))
            key = str_fmt(a, "%.*s %.*s%.*s", SFMT(word), SFMT(r->to),
                          SFMT(str_cut(path, r->from.len, path.len)));
        lock_put(&changed, key, lock_at(lock, i)->number);
    }
    uint32_t number = 0;
    for (size_t i = 0; i <= former; i++) {
        Str name = i < former ? names[i] : r->from;
        if (i == 0 ||
            !str_eq(name, r->to)) // its first name is what AWS knows it by, whatever comes
            lock_put(&changed, str_fmt(a, "was %.*s %.*s", SFMT(r->to), SFMT(name)), ++number);
    }
    Buf text = {.arena = a};
    lock_write(&changed, &text, true);
    Str kept = buf_keep(&text, a);
    buf_free(&text);
    return kept;
}

// Nothing is deployed yet if there is no lock: then there is nothing to remember.
static bool change_lock(Rename *r) {
    Arena *a = r->e.arena;
    Str path = str_fmt(a, "%.*s/wgen.lock", SFMT(r->e.path.dir));
    Lock lock;
    const Source *src = spec_edit_read(&r->e, path);
    if (!src)
        return false;
    if (!lock_read(&lock, a, r->e.cli->diags, src))
        return false;
    r->e.lock = lock_text(r, &lock);
    spec_edit_more(&r->e, (FileChange){.path = path, .old = src->text, .text = r->e.lock});
    return true;
}

// The user's own code goes by the name of its function.
static void move_code(Rename *r) {
    Str from = spec_edit_code(&r->e, r->kind->name, r->from);
    Str to = spec_edit_code(&r->e, r->kind->name, r->to);
    const Source *src = from.len ? spec_edit_read(&r->e, from) : NULL;
    if (!src)
        return;
    spec_edit_more(&r->e, (FileChange){.path = to, .text = src->text, .is_new = true});
    spec_edit_more(&r->e, (FileChange){.path = from, .old = src->text, .is_gone = true});
}

static Str deployed_name(Rename *r) {
    Diags said = {.arena = r->e.arena};
    const Compilation *c = spec_edit_compile(&r->e, &said);
    const Resource *res = c ? unit_find(c->units[0], r->from) : NULL;
    return res && res->name && res->name->type == NODE_SCALAR ? res->name->text : (Str){0};
}

static const char *tell(Rename *r, Str name, bool deployed) {
    Arena *a = r->e.arena;
    size_t references = 0;
    for (size_t i = 0; i < r->count; i++)
        references += r->refers[i];
    Buf b = {.arena = a};
    buf_fmt(&b, "%.*s `%.*s` is now `%.*s`, in %zu place%s\n", SFMT(r->kind->name), SFMT(r->from),
            SFMT(r->to), references, plural(references));
    if (deployed)
        buf_fmt(&b,
                "deployed it keeps its logical id%s%.*s%s: AWS renames nothing without making it "
                "anew\n",
                name.len ? " and its name, `" : "", SFMT(name), name.len ? "`" : "");
    if (deployed)
        buf_fmt(&b, "next: `wgen build`; Terraform is told with `moved`, CloudFormation changes "
                    "no more of it than tags\n");
    else
        buf_put(&b, S("next: `wgen build`\n"));
    buf_fmt(&b, "code that names it in C (its client, its variables) has to follow\n");
    const char *text = buf_keep(&b, a).ptr;
    buf_free(&b);
    return text;
}

static bool find_it(Rename *r, Str word) {
    Cli *cli = r->e.cli;
    if (str_eq(word, S("project")) || str_eq(word, S("user"))) {
        diag_error(cli->diags, nowhere, "usage",
                   "the names of projects and users are part of what AWS knows, and cannot change");
        diag_help(cli->diags,
                  "`wgen add %.*s %sNAME`, move what is in its queues, then `wgen remove`",
                  SFMT(word), str_eq(word, S("user")) ? "PROJECT/" : "");
        return false;
    }
    r->kind = spec_edit_kind(&r->e, word);
    if (!r->kind || !spec_edit_is_name(cli, r->to, r->kind->name))
        return false;
    const Str path[] = {r->kind->section, r->from}, taken[] = {r->kind->section, r->to};
    if (spec_edit_file(&r->e, path, 2) < 0) {
        spec_edit_not_there(&r->e, path, 2, r->kind->name);
        return false;
    }
    if (spec_edit_is_taken(&r->e, taken, 2, r->kind->name))
        return false;
    if (r->e.before->errors) // references are found by errors: first, the spec must be right
        diags_take(cli->diags, r->e.before);
    return !r->e.before->errors;
}

static int run(Cli *cli) {
    Rename r = {0};
    if (cli->arg_count < 3) {
        diag_error(cli->diags, nowhere, "usage", "what is renamed, and how, is not said");
        spec_edit_usage(cli, "OLD NEW");
        return cmd_end(cli, NULL);
    }
    r.from = str_from(cli->args[1]);
    r.to = str_from(cli->args[2]);
    if (!spec_edit_open(&r.e, cli) || !find_it(&r, str_from(cli->args[0])))
        return cmd_end(cli, "nothing was written");
    for (size_t i = 0; i < r.e.path.count; i++)
        find_in(&r, i, cst_read(r.e.arena, r.e.texts[i]), r.from);
    r.refers = arena_new(r.e.arena, bool, r.count + 1);
    Str name = deployed_name(&r);
    find_definitions(&r);
    find_references(&r);
    replace_all(&r);
    bool deployed = change_lock(&r);
    follow_stages(&r);
    move_code(&r);
    return spec_edit_end(&r.e, tell(&r, name, deployed));
}

const Command command_rename = {
    .name = "rename",
    .args = "KIND OLD NEW",
    .doc = "give something another name, and keep what is deployed",
    .about =
        "Changes its name and everything that refers to it. No service can rename a resource: "
        "what\n"
        "is deployed keeps its name and its logical id, which wgen.lock remembers, and Terraform\n"
        "is told with `moved` blocks. The file of a function's code is moved as well.",
    .examples = "wgen rename queue orders purchases             # the queue itself stays\n"
                "wgen rename function bill charge --dry-run     # show it only\n",
    .takes = {OPT_SPEC, OPT_DRY_RUN},
    .most_args = 3,
    .run = run,
};
