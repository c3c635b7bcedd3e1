// quota_schedule.c - times at which something is started, as EventBridge Scheduler takes them.
// Source: EventBridge Scheduler user guide, Schedule types.
#include "quota_parts.h"

#include <string.h>

typedef struct CronField {
    const char *what;
    long long least, most;
    const char *names; // three letters for each value from `least` on; NULL: there are none
    const char *says;
} CronField;

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY, YEAR, CRON_FIELDS };
static const CronField fields[CRON_FIELDS] = {
    [MINUTE] = {"minute",  0,    59,   NULL,                                   "0 to 59"                          },
    [HOUR] = {"hour",    0,    23,   NULL,                                   "0 to 23"                          },
    [DAY] = {"day",     1,    31,   NULL,                                   "1 to 31, `L` for the last, `15W`" },
    [MONTH] = {"month",   1,    12,   "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", "1 to 12 or JAN to DEC"            },
    [WEEKDAY] = {"weekday", 1,    7,    "SUNMONTUEWEDTHUFRISAT",                "1 (SUN) to 7 (SAT), `6L`, `MON#2`"},
    [YEAR] = {"year",    1970, 2199, NULL,                                   "1970 to 2199"                     },
};

// One value; 0 to 23, or MON. False: it is none.
static bool take_value(const CronField *f, Str text, long long *value) {
    for (long long i = 0; f->names && text.len == 3 && i <= f->most - f->least; i++)
        if (memcmp(f->names + 3 * i, text.ptr, 3) == 0) {
            *value = f->least + i;
            return true;
        }
    return str_to_int(text, value) && *value >= f->least && *value <= f->most;
}

static bool is_number_to(Str text, long long least, long long most) {
    long long value;
    return str_to_int(text, &value) && value >= least && value <= most;
}

// `L`, `LW`, `L-3`, `15W`; `L`, `6L`, `FRIL`, `MON#2`.
static bool is_of_days(int field, Str text) {
    long long value;
    Str head, rest = text;
    if ((field != DAY && field != WEEKDAY) || !text.len)
        return false;
    if (str_eq(text, S("L")))
        return true;
    if (field == WEEKDAY && str_find(text, S("#")) > 0)
        return str_split(&rest, '#', &head) && take_value(&fields[field], head, &value) &&
               is_number_to(rest, 1, 5);
    if (field == WEEKDAY)
        return str_ends(text, S("L")) &&
               take_value(&fields[field], str_cut(text, 0, text.len - 1), &value);
    if (str_starts(text, S("L-")))
        return is_number_to(str_cut(text, 2, text.len), 1, 30);
    return str_eq(text, S("LW")) ||
           (str_ends(text, S("W")) &&
            take_value(&fields[field], str_cut(text, 0, text.len - 1), &value));
}

// `*`, a value, or `from-to`.
static bool is_range(const CronField *f, Str text) {
    long long value;
    Str head, rest = text;
    if (str_eq(text, S("*")) || take_value(f, text, &value))
        return true;
    return str_split(&rest, '-', &head) && rest.ptr && take_value(f, head, &value) &&
           take_value(f, rest, &value);
}

static bool is_cron_item(int field, Str item) {
    Str range, step = item;
    if (is_of_days(field, item))
        return true;
    return str_split(&step, '/', &range) && is_range(&fields[field], range) &&
           (!step.ptr || is_number_to(step, 1, fields[field].most));
}

static int days_of(long long month) { // in a leap year
    return month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// The longest of the months, if each is named.
static int longest(Str months) {
    int most = 0;
    Str one;
    while (str_split(&months, ',', &one)) {
        long long month;
        if (!take_value(&fields[MONTH], one, &month))
            return 31;
        most = days_of(month) > most ? days_of(month) : most;
    }
    return most;
}

static void check_cron(Unit *u, Loc at, Str cron) {
    Str parts[CRON_FIELDS];
    long long day;
    for (int i = 0; i < CRON_FIELDS; i++) {
        if (!str_split(&cron, ' ', &parts[i]))
            return; // its field's pattern says so
        Str rest = str_eq(parts[i], S("?")) ? (Str){0} : parts[i], item;
        while (str_split(&rest, ',', &item)) {
            if (is_cron_item(i, item))
                continue;
            diag_error(u->diags, at, "schedule-time", "`%.*s` is no %s", SFMT(item),
                       fields[i].what);
            diag_help(u->diags, "write %s, several with `,`, from one to another with `-`",
                      fields[i].says);
            return;
        }
    }
    if (take_value(&fields[DAY], parts[DAY], &day) && day > longest(parts[MONTH])) {
        diag_error(u->diags, at, "schedule-time", "there is no day %lld in month `%.*s`", day,
                   SFMT(parts[MONTH]));
        diag_help(u->diags, "write `L` for the last day of a month");
    }
}

// `2030-02-30T08:00:00`
static void check_at(Unit *u, Loc at, Str time) {
    long long year, month, day;
    if (!str_to_int(str_cut(time, 0, 4), &year) || !str_to_int(str_cut(time, 5, 7), &month) ||
        !str_to_int(str_cut(time, 8, 10), &day))
        return;
    bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day <= days_of(month) - (month == 2 && !leaps))
        return;
    diag_error(u->diags, at, "schedule-time", "there is no day `%.*s`", SFMT(str_cut(time, 0, 10)));
    diag_help(u->diags, "that month has %d", days_of(month) - (month == 2 && !leaps));
}

void quota_schedule(Unit *u, const Resource *r) {
    const Node *when = resource_get(r, S("at"));
    Str text = node_str(when), word, rest = text;
    if (!str_ends(text, S(")")) || !str_split(&rest, '(', &word))
        return;
    rest.len--;
    if (str_eq(word, S("cron")))
        check_cron(u, when->loc, rest);
    else if (str_eq(word, S("at")))
        check_at(u, when->loc, rest);
}
