// root.h - a directory that wgen writes below, and never outside of: nothing on the way to a file
// may be a symbolic link.
#ifndef ROOT_H
#define ROOT_H

#include "digest.h"

#include <sys/stat.h>
#include <time.h>

enum { ROOT_PATH_MAX = 1000 }; // bytes of a path below a root

// How a file looks to the file system: otherwise, once it was touched.
typedef struct Seen {
    int64_t inode, size, mode, device;
    struct timespec modified, changed;
} Seen;
Seen seen_of(const struct stat *st);
Digest seen_digest(const Seen *seen);

typedef struct Root {
    Str path;       // as the user would write it
    int fd;         // -1: not open
    int dir;        // the folder below it that was opened last, or -1
    size_t missing; // after root_dir failed with ENOENT: the length of what is not there
    Seen seen;      // the file that was read or written last
    size_t dir_len, absent_len;
    char dir_path[ROOT_PATH_MAX];
    char absent[ROOT_PATH_MAX]; // a folder that was not there when it was looked for last
} Root;

Root root_closed(Str path); // it has no files
// Each returns 0, or what errno says.
int root_open(Root *r, Str path, bool make); // follows links: this one path is the user's
int root_open_in(Root *r, const Root *above, const char *name); // a folder in it, or itself: "."
int root_write(Root *r, Str path, Str text);                    // a new file, with its folders
int root_remove(Root *r, Str path);                             // a file
void root_close(Root *r);

// Somebody may have made folders in other ways.
void root_look_again(Root *r);
// The descriptor of a folder below `r`, which keeps it until the next call; or -1 and errno.
int root_dir(Root *r, Str dir, bool make);

typedef enum RootFile { ROOT_ABSENT, ROOT_REGULAR, ROOT_OTHER, ROOT_ERROR } RootFile;
// Appends what is in a file. ROOT_OTHER is a link, a folder, a device; ROOT_ERROR sets errno. A
// root that is not open has no files.
RootFile root_read(Root *r, Str path, Buf *text);

// Removes `name` in the folder `dir` and all below it. It does not allocate.
int root_clear(int dir, const char *name);

Str path_dir(Str path); // "a/b" of "a/b/c", "" of "c"
Str path_base(Str path);
// A path that is the same file on every system: short plain names, none of them special anywhere.
bool path_is_portable(Str path);

#endif
