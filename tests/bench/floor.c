// floor.c - the least that a build can cost: writes the files that a pack holds below a folder, each
// with one write, and does nothing else. `floor pack FOLDER PACK` makes a pack of the files below
// FOLDER, `floor write PACK FOLDER` writes them, `floor read PACK FOLDER` reads them all and
// compares: what an unchanged build cannot do without, if it believes nothing.
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// A pack is records, one behind the other: how long the path is with its NUL (0: a folder follows),
// how long the text, the path, the text.
typedef struct Record {
    size_t path, text;
    int is_dir;
} Record;

static FILE *pack;
static size_t root_len;

static _Noreturn void fail(const char *what) {
    perror(what);
    exit(4);
}

static int add(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)at;
    if (strlen(path) == root_len)
        return 0;
    Record r = {strlen(path + root_len + 1) + 1, 0, type == FTW_D};
    r.text = r.is_dir ? 0 : (size_t)st->st_size;
    char *text = malloc(r.text + 1);
    FILE *f = r.is_dir ? NULL : fopen(path, "r");
    if (f && fread(text, 1, r.text, f) != r.text)
        fail(path);
    if (f)
        fclose(f);
    fwrite(&r, sizeof r, 1, pack);
    fwrite(path + root_len + 1, 1, r.path, pack);
    fwrite(text, 1, r.text, pack);
    free(text);
    return 0;
}

static void make_pack(const char *folder, const char *name) {
    pack = fopen(name, "w");
    root_len = strlen(folder);
    if (!pack || nftw(folder, add, 16, FTW_PHYS) || fclose(pack))
        fail(name);
}

static void write_one(const Record *r, const char *path, const char *text) {
    if (r->is_dir) {
        if (mkdir(path, 0777))
            fail(path);
        return;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, text, r->text) != (ssize_t)r->text || close(fd))
        fail(path);
}

static void read_one(const Record *r, const char *path, const char *text) {
    static char *space;
    static size_t room;
    if (r->is_dir)
        return;
    if (room < r->text + 1)
        space = realloc(space, room = 2 * r->text + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, space, r->text + 1) != (ssize_t)r->text || close(fd))
        fail(path);
    if (memcmp(space, text, r->text)) {
        fprintf(stderr, "%s: differs\n", path);
        exit(3);
    }
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    if (strcmp(argv[1], "pack") == 0) {
        make_pack(argv[2], argv[3]);
        return 0;
    }
    struct stat st;
    int fd = open(argv[2], O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st))
        fail(argv[2]);
    size_t size = (size_t)st.st_size;
    const char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (bytes == MAP_FAILED || (mkdir(argv[3], 0777) && argv[1][0] == 'w') || chdir(argv[3]))
        fail(argv[3]);
    for (size_t i = 0; i < size;) {
        Record r;
        memcpy(&r, bytes + i, sizeof r);
        const char *path = bytes + i + sizeof r, *text = path + r.path;
        (argv[1][0] == 'w' ? write_one : read_one)(&r, path, text);
        i += sizeof r + r.path + r.text;
    }
    return 0;
}
