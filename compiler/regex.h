// regex.h - regular expressions, bounded: limits.h says how long a pattern and its subject may be.
#ifndef REGEX_H
#define REGEX_H

#include "base.h"

bool regex_is_valid(Str pattern);
// All of `subject` matches. A subject over the limit, or a match that costs too much, does not.
bool regex_matches(Str pattern, Str subject);
Str regex_version(Arena *a); // of the library

#endif
