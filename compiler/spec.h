// spec.h - from files to the tree of one system, and from that to the tree of one environment.
#ifndef SPEC_H
#define SPEC_H

#include "kind.h"

// Where a system was found. A system is one file, or a folder whose *.yaml parts are merged.
typedef struct SpecPath {
    Str name;
    Str dir; // its own folder, for handlers and kinds; it need not exist
    Str *files;
    size_t count;
    const Source *given; // the text of the first one, where it is not read
} SpecPath;

// The systems that the argument `path` means: a file, a system's folder, or a folder of systems.
// False after reporting that there are none. Sorted by name.
bool spec_find(Arena *a, Diags *d, const char *path, SpecPath **systems, size_t *count);

// The merged tree of one system, or NULL after reporting.
Node *spec_read(Arena *a, Diags *d, const SpecPath *path);

// The same from texts that stand for its files, in their order.
Node *spec_read_texts(Arena *a, Diags *d, const SpecPath *path, const Source *const *sources);

// The names of its environments; 0 if it has none.
size_t spec_envs(Arena *a, const Node *root, Str **names);

// The account that an environment belongs to, if the spec says.
Str spec_account(const Node *root, Str env);

// `root` with environment `env` merged in, or `root` if `env` is empty.
Node *spec_env(Arena *a, Diags *d, const Node *root, Str env);
// Whether each of several environments has that section, and `name` in it, if one is given.
bool spec_is_everywhere(const Node *root, Str section, Str name);
// Reports what environments change and may not, because code is compiled once for all of them.
void spec_check_envs(Kinds *kinds, Diags *d, const Node *root);

// `weak` with `strong` over it: maps merge, lists and scalars replace, null removes.
Node *spec_merge(Arena *a, Node *weak, Node *strong);

#endif
