// yaml_words.h - what libyaml says of a mistake, as people are told.
#ifndef YAML_WORDS_H
#define YAML_WORDS_H

#include <stdbool.h>

typedef struct YamlWording {
    const char *theirs, *ours, *help;
} YamlWording;

const YamlWording *yaml_wording(const char *problem); // NULL: theirs is clear enough
// Whether what is wrong begins at libyaml's context: it is noticed lines behind that.
bool yaml_is_seen_late(const char *problem);
const char *yaml_begin_of(const char *context); // what an error is in the middle of

#endif
