// test_charset.c - which characters a class has.
#include "unit.h"

#include "../../compiler/charset.h"

static const struct Row {
    const char *class;
    const char *has, *lacks;
} rows[] = {
    {"A-Za-z0-9_-", "AMZamz059_-",        "@[`{/:. \x80\xFF"},
    {"a-z0-9.-",    "az09.-",             "AZ_,/"           },
    {"0-9",         "0123456789",         "-/:"             },
    {"-",           "-",                  "+.0"             },
    {"-a",          "-a",                 "b"               },
    {"a-",          "a-",                 "b"               },
    {"\x01-\xFF",   "\x01 z\x7F\x80\xFF", ""                },
    {"",            "",                   "a-\xFF"          },
};

START_TEST(a_class_has_its_characters) {
    const struct Row *row = &rows[_i];
    Charset set = charset_of(str_from(row->class));
    for (const char *c = row->has; *c; c++)
        ck_assert_msg(charset_has(&set, *c), "`%s` has `%c`", row->class, *c);
    for (const char *c = row->lacks; *c; c++)
        ck_assert_msg(!charset_has(&set, *c), "`%s` lacks `%c`", row->class, *c);
}
END_TEST

UNIT({a_class_has_its_characters, COUNT(rows)})
