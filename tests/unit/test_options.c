// test_options.c - command lines, taken apart.
#include "unit.h"

#include "../../compiler/options.h"

static int none(Cli *cli) {
    return (int)cli->arg_count;
}

static const Command make = {
    .name = "make", .args = "[X]", .takes = {OPT_OUT, OPT_CHECK},
            .most_args = 2, .run = none
};
static const Command list = {.name = "list", .args = "", .run = none};
static const Command *const commands[] = {&make, &list, NULL};

static bool parse(Arena *a, Diags *d, Cli *cli, const char *line) {
    static char words[200];
    static char *argv[32];
    int argc = 1;
    strcpy(words, line);
    argv[0] = words + 199;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    *d = (Diags){.arena = a};
    *cli = (Cli){.arena = a, .diags = d, .commands = commands};
    return cli_parse(cli, argc, argv);
}

static const struct {
    const char *line, *message, *help; // without a message: fine
} rows[] = {
    {"make",                             NULL,                                               NULL                                  },
    {"make a b",                         NULL,                                               NULL                                  },
    {"make --out x a",                   NULL,                                               NULL                                  },
    {"--out=x make",                     NULL,                                               NULL                                  },
    {"-ox make",                         NULL,                                               NULL                                  },
    {"make -qv",                         NULL,                                               NULL                                  },
    {"make -- --check",                  NULL,                                               NULL                                  },
    {"make -",                           NULL,                                               NULL                                  },
    {"list --quiet",                     NULL,                                               NULL                                  },
    {"",                                 NULL,                                               NULL                                  },
    {"make --help extra words are fine", NULL,                                               NULL                                  },
    {"mkae",                             "there is no command `mkae`",                       "did you mean `make`?"                },
    {"dance",                            "there is no command `dance`",                      "`wgen help` lists them"              },
    {"make --chek",                      "there is no option `--chek`",                      "did you mean `--check`?"             },
    {"make --chec",                      "there is no option `--chec`",                      "did you mean `--check`?"             }, // no abbreviations
    {"make -z",                          "there is no option `-z`",                          NULL                                  },
    {"make --out",                       "`--out` needs a value: DIR",                       NULL                                  },
    {"make --check=yes",                 "`--check` takes no value",                         NULL                                  },
    {"make --color=red",                 "`--color` cannot be `red`",                        "it is one of auto|always|never"      },
    {"make --max-errors x",              "`--max-errors` needs a number, not `x`",           NULL                                  },
    {"make --max-errors=",               "`--max-errors` needs a number, not ``",            NULL                                  },
    {"make --max-errors 99999999999",    "`--max-errors` needs a number, not `99999999999`", NULL                                  },
    {"list --out x",                     "`wgen list` takes no `--out`",                     "`wgen help list` lists what it takes"},
    {"list a",                           "`wgen list` has no use for `a`",                   NULL                                  },
    {"make a b c",                       "`wgen make` has no use for `c`",                   "usage: wgen make [X]"                },
};

START_TEST(takes_lines_apart) {
    Arena a = {0};
    Diags d;
    Cli cli;
    bool ok = parse(&a, &d, &cli, rows[_i].line);
    ck_assert_int_eq(ok, rows[_i].message == NULL);
    if (!ok) {
        ck_assert_str_eq(d.first->id, "usage");
        ck_str(d.first->message, rows[_i].message);
        if (rows[_i].help)
            ck_str(d.first->helps[0].text, rows[_i].help);
    }
    arena_free(&a);
}
END_TEST

START_TEST(knows_what_was_given) {
    Arena a = {0};
    Diags d;
    Cli cli;
    const char **all;
    ck_assert(parse(&a, &d, &cli, "-o one make a --out=two -- -b"));
    ck_assert_str_eq(cli_value(&cli, OPT_OUT), "two");
    ck_assert_uint_eq(cli_values(&cli, OPT_OUT, &all), 2);
    ck_assert_str_eq(all[0], "one");
    ck_assert(!cli_has(&cli, OPT_CHECK));
    ck_assert_uint_eq(cli.arg_count, 2);
    ck_assert_str_eq(cli.args[1], "-b");
    ck_assert_uint_eq(cli_number(&cli, OPT_MAX_ERRORS, 20), 20);
    ck_assert(parse(&a, &d, &cli, "make --max-errors 0"));
    ck_assert_uint_eq(cli_number(&cli, OPT_MAX_ERRORS, 20), 0);
    arena_free(&a);
}
END_TEST

START_TEST(the_table_is_whole) {
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++) {
        ck_assert_ptr_nonnull(options[i].name);
        ck_assert_ptr_nonnull(options[i].doc);
        for (int j = OPT_NONE + 1; j < i; j++) {
            ck_assert_str_ne(options[i].name, options[j].name);
            ck_assert(!options[i].letter || options[i].letter != options[j].letter);
        }
    }
}
END_TEST

UNIT({takes_lines_apart, COUNT(rows)}, {knows_what_was_given}, {the_table_is_whole})
