// regex.h - regular expressions, bounded: limits.h says how long a pattern and its subject may be.
#ifndef REGEX_H
#define REGEX_H

#include "base.h"

bool regex_is_valid(Str pattern);
// All of `subject` matches. A subject over the limit, or a match that costs too much, does not.
bool regex_matches(Str pattern, Str subject);
// The same for many subjects. NULL: the pattern is not valid, and nothing matches.
typedef struct Regex Regex;
Regex *regex_new(Str pattern);
bool regex_match(Regex *r, Str subject); // by one thread at a time
void regex_free(Regex *r);
Str regex_version(Arena *a); // of the library

#endif
