// cmd_fix.c - wgen check --fix: makes the edits that diagnostics propose, until nothing is left of
// them. Safe ones keep what is generated; others need --unsafe-fixes.
#include "cmd_parts.h"

#include <string.h>

enum { ROUNDS = 20 }; // one fix may show the next mistake

static size_t byte_after(Loc at) {
    at.col += at.len;
    return loc_offset(at);
}

static bool is_wanted(const Cli *cli, const Help *help) {
    return help->is_edit &&
           (help->tier == FIX_SAFE || (help->tier == FIX_UNSAFE && cli_has(cli, OPT_UNSAFE_FIXES)));
}

static bool overlaps(const Splice *splices, size_t count, Splice s) {
    for (size_t i = 0; i < count; i++)
        if (s.from < splices[i].to && splices[i].from < s.to)
            return true;
    return false;
}

// In the order of the text. Of two at one place the first is made, the other one next time.
static void insert(Splice *splices, size_t *count, Splice s) {
    size_t i = (*count)++;
    for (; i > 0 && splices[i - 1].from > s.from; i--)
        splices[i] = splices[i - 1];
    splices[i] = s;
}

static size_t fix_file(SpecEdit *e, size_t file, const Diags *said) {
    size_t count = 0, most = 0;
    for (const Diag *diag = said->first; diag; diag = diag->next)
        most += DIAG_HELPS;
    Splice *splices = arena_new(e->arena, Splice, most + 1);
    for (const Diag *diag = said->first; diag; diag = diag->next) {
        for (uint32_t i = 0; i < diag->help_count && !diag->suppressed; i++) {
            const Help *help = &diag->helps[i];
            if (!is_wanted(e->cli, help) || !str_eq(help->at.src->path, e->path.files[file]))
                continue;
            Splice s = {loc_offset(help->at), byte_after(help->at), help->replacement};
            if (!overlaps(splices, count, s)) {
                insert(splices, &count, s);
                break; // one is enough
            }
        }
    }
    if (count)
        e->texts[file] = edit_splice(e->arena, e->texts[file], splices, count);
    return count;
}

static size_t fix_system(Cli *cli, const SpecPath *path, FileChange *changes, size_t *changed) {
    SpecEdit e;
    size_t fixes = 0, made = 1;
    if (!spec_edit_load(&e, cli, path))
        return 0;
    for (int round = 0; round < ROUNDS && made; round++) {
        Diags said = {.arena = cli->arena};
        spec_edit_compile(&e, &said);
        made = 0;
        for (size_t i = 0; i < path->count; i++)
            made += fix_file(&e, i, &said);
        fixes += made;
    }
    *changed += spec_edit_changes(&e, changes + *changed);
    return fixes;
}

// Standard input goes on to standard output, and what is still wrong is of that. The other changes.
static size_t put_piped(Cli *cli, const Batch *b, FileChange *changes, size_t count) {
    size_t others = 0;
    Source *now = arena_new(cli->arena, Source, 1);
    *now = *cli->piped;
    for (size_t i = 0; i < count; i++)
        if (str_eq(changes[i].path, now->path))
            now->text = changes[i].text;
        else
            changes[others++] = changes[i];
    cmd_print(cli, now->text);
    for (size_t i = 0; i < b->count; i++)
        if (b->paths[i].given)
            b->paths[i].given = now;
    cli->piped = now;
    return others;
}

bool cmd_fix(Cli *cli, const Batch *b) {
    size_t files = 0, changed = 0, fixes = 0;
    for (size_t i = 0; i < b->count; i++)
        files += b->paths[i].count;
    FileChange *changes = arena_new(cli->arena, FileChange, files + 1);
    for (size_t i = 0; i < b->count; i++)
        fixes += fix_system(cli, &b->paths[i], changes, &changed);
    bool ok = true;
    size_t of = changed; // files
    if (cli->piped && !cli_has(cli, OPT_DIFF))
        changed = put_piped(cli, b, changes, changed);
    if (cli_has(cli, OPT_DIFF))
        cmd_show_changes(cli, changes, changed);
    else
        ok = cmd_change_files(cli, changes, changed);
    if (ok && fixes)
        cmd_say(cli, "%zu fix%s in %zu file%s%s", fixes, fixes == 1 ? "" : "es", of, plural(of),
                cli_has(cli, OPT_DIFF) ? " could be made" : "");
    return ok;
}
