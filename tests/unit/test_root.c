// test_root.c - nothing is written or read outside of a root, and names are the same everywhere.
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../compiler/root.h"

static const struct {
    const char *path;
    bool ok;
} paths[] = {
    {"a",                                                                                 true },
    {"a/b.yaml",                                                                          true },
    {"A-Z_0.9",                                                                           true },
    {"Dockerfile",                                                                        true },
    {"console.c",                                                                         true },
    {"com0",                                                                              true },
    {"",                                                                                  false},
    {"/etc/passwd",                                                                       false},
    {"../x",                                                                              false},
    {"s/../../x",                                                                         false},
    {".",                                                                                 false},
    {"a/./b",                                                                             false},
    {"a//b",                                                                              false},
    {"a/",                                                                                false},
    {".git/config",                                                                       false},
    {".hidden",                                                                           false},
    {"git~1",                                                                             false},
    {"GIT~1",                                                                             false},
    {"a/-rf",                                                                             false},
    {"a.",                                                                                false},
    {"a b",                                                                               false},
    {"a\\b",                                                                              false},
    {"a:b",                                                                               false},
    {"a\nb",                                                                              false},
    {"\xC3\xBC",                                                                          false},
    {"con",                                                                               false},
    {"CON.txt",                                                                           false},
    {"a/Nul",                                                                             false},
    {"aux.h",                                                                             false},
    {"prn",                                                                               false},
    {"com1",                                                                              false},
    {"LPT9.x",                                                                            false},
    {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",  true },
    {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false},
};

START_TEST(names_are_portable) {
    ck_assert_int_eq(path_is_portable(str_from(paths[_i].path)), paths[_i].ok);
}
END_TEST

START_TEST(cuts_paths) {
    ck_str(path_dir(S("a/b/c")), "a/b");
    ck_str(path_dir(S("c")), "");
    ck_str(path_base(S("a/b/c")), "c");
    ck_str(path_base(S("c")), "c");
}
END_TEST

static char top[32];
static Root root;

static void shell(const char *command) {
    char line[500];
    snprintf(line, sizeof line, "cd %s && %s", top, command);
    ck_assert_int_eq(system(line), 0);
}

static void begin(void) {
    strcpy(top, "/tmp/wgen-root-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    shell("mkdir in out && echo secret >out/secret");
    char path[64];
    snprintf(path, sizeof path, "%s/in", top);
    ck_assert_int_eq(root_open(&root, str_from(strdup(path)), false), 0);
}

static void finish(void) {
    free((char *)root.path.ptr);
    root_close(&root);
    shell("rm -rf in out");
    rmdir(top);
}

START_TEST(writes_and_reads) {
    Buf b = {0};
    begin();
    ck_assert_int_eq(root_read(&root, S("a/b/c"), &b), ROOT_ABSENT);
    ck_assert_int_eq(root_write(&root, S("a/b/c"), S("hello")), 0);
    ck_assert_int_eq(root_write(&root, S("a/b/c"), S("again")), EEXIST);
    ck_assert_int_eq(root_read(&root, S("a/b/c"), &b), ROOT_REGULAR);
    ck_assert_int_eq(root_read(&root, S("a/b/c"), &b), ROOT_REGULAR);
    ck_str(buf_str(&b), "hellohello");
    ck_assert_int_eq(root_read(&root, S("a"), &b), ROOT_OTHER);
    ck_assert_int_eq(root_read(&root, S("a/b/c/d"), &b), ROOT_OTHER);
    ck_assert_int_lt(root_dir(&root, S("a/x/y"), false), 0);
    ck_assert_uint_eq(root.missing, 3);
    ck_assert_int_eq(root_remove(&root, S("a/b/c")), 0);
    ck_assert_int_eq(root_remove(&root, S("a/b/c")), ENOENT);
    ck_assert_int_eq(root_clear(root.fd, "a"), 0);
    ck_assert_int_eq(root_read(&root, S("a/b/c"), &b), ROOT_ABSENT);
    buf_free(&b);
    finish();
}
END_TEST

static const char *const traps[] = {
    "ln -s ../out in/link",        // a folder that is a link
    "ln -s ../out/secret in/link", // a file that is one
    "ln -s nowhere in/link",       // to nothing
    "ln -s link in/link",          // to itself
    "mkfifo in/link",              // would wait for a writer
};

START_TEST(follows_no_link) {
    Buf b = {0};
    begin();
    shell(traps[_i]);
    ck_assert_int_eq(root_read(&root, S("link"), &b), ROOT_OTHER);
    ck_assert_int_eq(root_read(&root, S("link/secret"), &b), ROOT_OTHER);
    ck_assert_uint_eq(b.len, 0);
    ck_assert_int_ne(root_write(&root, S("link"), S("x")), 0);
    ck_assert_int_ne(root_write(&root, S("link/new"), S("x")), 0);
    ck_assert_int_ne(root_remove(&root, S("link/secret")), 0);
    ck_assert_int_eq(root_clear(root.fd, "link"), 0); // the link, and not what it names
    shell("test \"$(cat out/secret)\" = secret && test ! -e out/new");
    buf_free(&b);
    finish();
}
END_TEST

START_TEST(paths_that_are_too_long_fail) {
    char path[1200];
    begin();
    memset(path, 'a', sizeof path);
    ck_assert_int_eq(root_write(&root, (Str){path, sizeof path}, S("x")), ENAMETOOLONG);
    path[600] = '/';
    ck_assert_int_eq(root_write(&root, (Str){path, 1100}, S("x")), ENAMETOOLONG);
    finish();
}
END_TEST

START_TEST(a_root_that_is_not_there_has_no_files) {
    Root none;
    Buf b = {0};
    ck_assert_int_eq(root_open(&none, S("/tmp/wgen-there-is-no-such-folder"), false), ENOENT);
    ck_assert_int_eq(root_read(&none, S("a"), &b), ROOT_ABSENT);
    root_close(&none);
}
END_TEST

UNIT({names_are_portable, COUNT(paths)}, {cuts_paths}, {writes_and_reads},
     {follows_no_link, COUNT(traps)}, {paths_that_are_too_long_fail},
     {a_root_that_is_not_there_has_no_files})
