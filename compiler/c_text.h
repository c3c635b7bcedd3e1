// c_text.h - text of a spec as C: nothing in it is code, whatever it says.
#ifndef C_TEXT_H
#define C_TEXT_H

#include "base.h"

// Between the quotes of a string: everything but harmless ASCII in octal. For names and such, which
// are short; harmless within a comment as well.
void c_escape(Buf *out, Str text);
// A whole string, quotes and all; an array if it is too long to be one.
void c_literal(Buf *out, Str text);
// As the lines of a comment: `// ` and at most so many columns each.
void c_comment(Buf *out, Str text, size_t columns);
// A name for a member, a variable or a function: what can't stand in one is `_`, and what is a word
// of the language or may be a macro has a `_` behind it.
Str c_word(Arena *a, Str name);
Str c_macro(Arena *a, Str name); // JobAlreadyClaimed, check-active-job: JOB_ALREADY_CLAIMED

#endif
