// file.h - the one opener of paths to read. Only regular files; no device, pipe or directory.
#ifndef FILE_H
#define FILE_H

#include "diag.h"

// The file's bytes, or NULL after reporting why there are none. Over `limit` bytes is an error.
const Source *file_read(Arena *a, Diags *d, const char *path, size_t limit);
// The same, without a word if there is no such file.
const Source *file_read_if_there(Arena *a, Diags *d, const char *path, size_t limit);
// Names in a directory that end in `suffix`, sorted by bytes; 0 and no word if there is none.
size_t file_list(Arena *a, Diags *d, const char *dir, const char *suffix, Str **names);
bool file_is_dir(const char *path);

#endif
