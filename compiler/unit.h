// unit.h - values with units, as specs write them: 5m, 128MB, 70%, 50USD, 1000/day. Whole numbers
// only, no spaces; each function returns false when `text` is not such a value or does not fit.
#ifndef UNIT_H
#define UNIT_H

#include "base.h"

bool unit_duration(Str text, long long *seconds);         // s m h d w y, largest first: 1h30m
bool unit_size(Str text, long long *bytes);               // B KB MB GB TB, in steps of 1,024
bool unit_percent(Str text, double *percent);             // 70%, 0.5%
bool unit_money(Str text, double *amount, Str *currency); // 50USD
bool unit_count(Str text, double *count);                 // 1000, 1M, 2.5k, 1G
bool unit_rate(Str text, double *a_month);                // COUNT/second|minute|hour|day|month
// Any of what there can be so much of, in a month: a rate or a count, seconds, gigabytes.
bool unit_amount(Str text, double *value);

// The shortest way to write that many seconds or bytes, as messages and `import` do: 5400 is 1h30m.
Str unit_write_duration(Arena *a, long long seconds);
Str unit_write_size(Arena *a, long long bytes);

#endif
