// yaml_words.c - libyaml's words for what is wrong, in ours.
#include "yaml_words.h"

#include "base.h"

#include <string.h>

static const YamlWording wordings[] = {
    {.theirs = "did not find expected ',' or '}'",
     .ours = "this flow map is not closed where its value ends",
     .help = "an unquoted value ends at `,` `[` `]` `{` `}` `: ` and ` #`: put it in quotes"  },
    {.theirs = "did not find expected ',' or ']'",
     .ours = "this flow list is not closed where its item ends",
     .help = "an unquoted item ends at `,` `[` `]` `{` `}` `: ` and ` #`: put it in quotes"   },
    {.theirs = "mapping values are not allowed in this context",
     .ours = "a `: ` where no key can be",
     .help = "quote the value if the colon belongs to it, or check the indentation"           },
    {.theirs = "could not find expected ':'",
     .ours = "this line is no `key: value`",
     .help = "put `: ` behind the key, or quote a text of several lines"                      },
    {.theirs = "found character that cannot start any token",
     .ours = "this character cannot begin a value",
     .help = "indent with spaces, never tabs, and quote what begins with `@`, `` ` `` or `%`" },
    {.theirs = "did not find expected key",
     .ours = "this line does not fit the block it stands in",
     .help = "check its indentation"                                                          },
    {.theirs = "did not find expected '-' indicator",
     .ours = "this line does not fit the list it stands in",
     .help = "check its indentation"                                                          },
    {.theirs = "did not find expected alphabetic or numeric character",
     .ours = "`*` and `&` begin the name of an anchor here",
     .help = "put the value in quotes"                                                        },
    {.theirs = "control characters are not allowed",
     .ours = "a control character",
     .help = "write it as an escape in double quotes: \"\\u00XX\""                            },
    {.theirs = "invalid leading UTF-8 octet",
     .ours = "this is not UTF-8",
     .help = "save the file as UTF-8"                                                         },
    {.theirs = "invalid trailing UTF-8 octet",
     .ours = "this is not UTF-8",
     .help = "save the file as UTF-8"                                                         },
    {.theirs = "found unexpected end of stream",
     .ours = "a quoted text that never ends",
     .help = "close the quotes; an expression that has `,` or `{` stands in quotes as a whole"},
};

const YamlWording *yaml_wording(const char *problem) {
    for (size_t i = 0; i < COUNT(wordings); i++)
        if (strcmp(problem, wordings[i].theirs) == 0)
            return &wordings[i];
    return NULL;
}

bool yaml_is_seen_late(const char *problem) {
    return strcmp(problem, "could not find expected ':'") == 0 ||
           strcmp(problem, "found unexpected end of stream") == 0;
}

const char *yaml_begin_of(const char *context) {
    bool map = strstr(context, "mapping") != NULL;
    return map                           ? "of the map that begins here"
           : strstr(context, "sequence") ? "of the list that begins here"
                                         : "it begins here";
}
