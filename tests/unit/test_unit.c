// test_unit.c - values with units, on both sides of what is one.
#include "unit.h"

#include "../../compiler/unit.h"

static const struct {
    const char *text;
    long long value; // -1: it is none
} durations[] = {
    {"5m",                    300     },
    {"1h30m",                 5400    },
    {"0s",                    0       },
    {"14d",                   1209600 },
    {"2w",                    1209600 },
    {"1y",                    31536000},
    {"1d12h",                 129600  },
    {"90s",                   90      },
    {"1h1m1s",                3661    },
    {"",                      -1      },
    {"5",                     -1      },
    {"m",                     -1      },
    {"5 m",                   -1      },
    {"5M",                    -1      },
    {"1m1h",                  -1      },
    {"1m1m",                  -1      },
    {"-1s",                   -1      },
    {"1.5h",                  -1      },
    {"5ms",                   -1      },
    {"99999999999999999999s", -1      },
    {"9223372036854775807d",  -1      },
    {"5mx",                   -1      },
};

START_TEST(reads_durations) {
    long long seconds;
    bool ok = unit_duration(str_from(durations[_i].text), &seconds);
    ck_assert_int_eq(ok, durations[_i].value >= 0);
    if (ok)
        ck_assert_int_eq(seconds, durations[_i].value);
}
END_TEST

static const struct {
    const char *text;
    long long value;
} sizes[] = {
    {"1B",              1            },
    {"128MB",           134217728    },
    {"1GB",             1073741824   },
    {"2KB",             2048         },
    {"1TB",             1099511627776},
    {"0B",              0            },
    {"",                -1           },
    {"128",             -1           },
    {"MB",              -1           },
    {"1.5GB",           -1           },
    {"128MiB",          -1           },
    {"128mb",           -1           },
    {"1MBx",            -1           },
    {"9999999999999TB", -1           },
};

START_TEST(reads_sizes) {
    long long bytes;
    bool ok = unit_size(str_from(sizes[_i].text), &bytes);
    ck_assert_int_eq(ok, sizes[_i].value >= 0);
    if (ok)
        ck_assert_int_eq(bytes, sizes[_i].value);
}
END_TEST

static bool percent(Str text, double *value) {
    return unit_percent(text, value);
}

static bool money(Str text, double *value) {
    Str currency;
    return unit_money(text, value, &currency) && str_eq(currency, S("USD"));
}

static const struct {
    bool (*read)(Str text, double *value);
    const char *text;
    double value; // below 0: it is none
} numbers[] = {
    {percent,     "70%",      70     },
    {percent,     "0.5%",     0.5    },
    {percent,     "100%",     100    },
    {percent,     "%",        -1     },
    {percent,     "5",        -1     },
    {percent,     ".5%",      -1     },
    {percent,     "5.%",      -1     },
    {percent,     "1.2.3%",   -1     },
    {percent,     "-5%",      -1     },
    {money,       "50USD",    50     },
    {money,       "0.01USD",  0.01   },
    {money,       "50",       -1     },
    {money,       "USD50",    -1     },
    {money,       "50usd",    -1     },
    {money,       "50USDX",   -1     },
    {unit_count,  "1000",     1000   },
    {unit_count,  "2.5k",     2500   },
    {unit_count,  "1M",       1e6    },
    {unit_count,  "3G",       3e9    },
    {unit_count,  "1K",       -1     },
    {unit_count,  "k",        -1     },
    {unit_count,  "1kk",      -1     },
    {unit_amount, "1000/day", 30000  },
    {unit_amount, "2m",       120    },
    {unit_amount, "50ms",     0.05   },
    {unit_amount, "512MB",    0.5    },
    {unit_amount, "1.5",      1.5    },
    {unit_amount, "often",    -1     },
    {unit_rate,   "1000/day", 30000  },
    {unit_rate,   "1/second", 2592000},
    {unit_rate,   "1k/month", 1000   },
    {unit_rate,   "2/minute", 86400  },
    {unit_rate,   "1/hour",   720    },
    {unit_rate,   "1000",     -1     },
    {unit_rate,   "/day",     -1     },
    {unit_rate,   "1/week",   -1     },
    {unit_rate,   "1/",       -1     },
};

START_TEST(reads_numbers) {
    double value = 0;
    bool ok = numbers[_i].read(str_from(numbers[_i].text), &value);
    ck_assert_int_eq(ok, numbers[_i].value >= 0);
    if (ok)
        ck_assert_double_eq_tol(value, numbers[_i].value, 1e-9);
}
END_TEST

static const struct {
    long long value;
    const char *duration, *size;
} written[] = {
    {0,       "0s",          "0B"    },
    {59,      "59s",         "59B"   },
    {5400,    "1h30m",       "5400B" },
    {86400,   "1d",          "86400B"},
    {1048576, "12d3h16m16s", "1MB"   },
    {1024,    "17m4s",       "1KB"   },
    {1536,    "25m36s",      "1536B" },
};

START_TEST(writes_them_shortly) {
    Arena a = {0};
    long long again;
    ck_str(unit_write_duration(&a, written[_i].value), written[_i].duration);
    ck_str(unit_write_size(&a, written[_i].value), written[_i].size);
    ck_assert(unit_duration(unit_write_duration(&a, written[_i].value), &again));
    ck_assert_int_eq(again, written[_i].value);
    arena_free(&a);
}
END_TEST

UNIT({reads_durations, COUNT(durations)}, {reads_sizes, COUNT(sizes)},
     {reads_numbers, COUNT(numbers)}, {writes_them_shortly, COUNT(written)})
