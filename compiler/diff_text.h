// diff_text.h - two texts as a unified diff, as `diff -u` prints it.
#ifndef DIFF_TEXT_H
#define DIFF_TEXT_H

#include "base.h"

// Appends nothing if they are equal. `old_name` and `new_name` stand behind --- and +++.
void diff_text(Buf *out, Str old_text, Str new_text, Str old_name, Str new_name);

#endif
