// wgen_type.c - reading and printing structs by the tables that describe them.
#include "wgen_type.h"

#include <math.h>
#include <string.h>

const WgType wg_string_type = {WG_KIND_STRING, sizeof(const char *), NULL, NULL, 0};
const WgType wg_int_type = {WG_KIND_INT, sizeof(int64_t), NULL, NULL, 0};
const WgType wg_number_type = {WG_KIND_NUMBER, sizeof(double), NULL, NULL, 0};
const WgType wg_bool_type = {WG_KIND_BOOL, sizeof(bool), NULL, NULL, 0};
const WgType wg_time_type = {WG_KIND_TIME, sizeof(WgTime), NULL, NULL, 0};
const WgType wg_object_type = {WG_KIND_OBJECT, sizeof(json_t *), NULL, NULL, 0};

// Where we are, for messages: the way back to the root.
typedef struct Place {
    const struct Place *outer;
    const char *name;
    size_t index;
} Place;

typedef struct Walk {
    WgContext *ctx;
    const char *error;
} Walk;

static char *spell(WgContext *ctx, const Place *p) {
    if (!p)
        return wg_text(ctx, "%s", "");
    char *outer = spell(ctx, p->outer);
    if (!p->name)
        return wg_text(ctx, "%s[%zu]", outer, p->index);
    return wg_text(ctx, "%s%s%s", outer, *outer ? "." : "", p->name);
}

static bool wrong(const Walk *w, const Place *p, const char *what) {
    const char *place = spell(w->ctx, p);
    return wg_fail(w->ctx, w->error, "`%s` must be %s", *place ? place : "it", what);
}

static bool is_pointer(const WgType *type) {
    return type->kind == WG_KIND_STRING || type->kind == WG_KIND_OBJECT ||
           type->kind == WG_KIND_LIST;
}

static bool read_value(const Walk *w, const WgType *type, json_t *json, char *to, const Place *p);

static bool read_int(const Walk *w, json_t *json, void *to, const Place *p) {
    int64_t value;
    double real = json_real_value(json);
    if (json_is_integer(json))
        value = json_integer_value(json);
    else if (json_is_real(json) && real == floor(real) && fabs(real) < 9007199254740992.0)
        value = (int64_t)real; // 3.0: a workflow's arithmetic may have made it
    else
        return wrong(w, p, "a whole number");
    memcpy(to, &value, sizeof value);
    return true;
}

static bool read_list(const Walk *w, const WgType *type, json_t *json, void *to, const Place *p) {
    if (!json_is_array(json))
        return wrong(w, p, "a list");
    WgList list = {NULL, json_array_size(json)};
    list.items = list.count ? wg_alloc(w->ctx, list.count * type->of->size) : NULL;
    memcpy(to, &list, sizeof list);
    for (size_t i = 0; i < list.count; i++) {
        Place at = {p, NULL, i};
        char *item = (char *)list.items + i * type->of->size;
        if (!read_value(w, type->of, json_array_get(json, i), item, &at))
            return false;
    }
    return true;
}

static bool read_optional(const Walk *w, const WgType *type, json_t *json, char *to,
                          const Place *p) {
    const WgType *of = type->of;
    if (!json || json_is_null(json))
        return true; // memory is zeroed: absent
    if (is_pointer(of))
        return read_value(w, of, json, to, p);
    if (of->kind == WG_KIND_STRUCT) {
        void *inner = wg_alloc(w->ctx, of->size);
        memcpy(to, &inner, sizeof inner);
        return read_value(w, of, json, inner, p);
    }
    bool has = true;
    memcpy(to, &has, sizeof has);
    return read_value(w, of, json, to + type->size - of->size, p); // its value comes last
}

static bool read_struct(const Walk *w, const WgType *type, json_t *json, char *to, const Place *p) {
    if (!json_is_object(json))
        return wrong(w, p, "an object");
    for (size_t i = 0; i < type->count; i++) {
        const WgField *f = &type->fields[i];
        json_t *value = json_object_get(json, f->name);
        Place at = {p, f->name, 0};
        if (f->sparse && (!value || json_is_null(value)))
            continue;
        if (!value && f->type->kind != WG_KIND_OPTIONAL)
            return wrong(w, &at, "there");
        if (!read_value(w, f->type, value, to + f->offset, &at))
            return false;
    }
    return true;
}

static bool read_value(const Walk *w, const WgType *type, json_t *json, char *to, const Place *p) {
    switch (type->kind) {
    case WG_KIND_STRING: {
        const char *text = json_string_value(json);
        memcpy(to, &text, sizeof text);
        return text || wrong(w, p, "a string");
    }
    case WG_KIND_INT:
    case WG_KIND_TIME:
        return read_int(w, json, to, p);
    case WG_KIND_NUMBER: {
        double number = json_number_value(json);
        memcpy(to, &number, sizeof number);
        return json_is_number(json) || wrong(w, p, "a number");
    }
    case WG_KIND_BOOL: {
        bool yes = json_is_true(json);
        memcpy(to, &yes, sizeof yes);
        return json_is_boolean(json) || wrong(w, p, "true or false");
    }
    case WG_KIND_OBJECT:
        memcpy(to, &json, sizeof json);
        return true;
    case WG_KIND_LIST:
        return read_list(w, type, json, to, p);
    case WG_KIND_OPTIONAL:
        return read_optional(w, type, json, to, p);
    default:
        return read_struct(w, type, json, to, p);
    }
}

bool wg_read(WgContext *ctx, const WgType *type, json_t *json, void *to, const char *error) {
    Walk w = {ctx, error};
    memset(to, 0, type->size);
    return read_value(&w, type, json, to, NULL);
}

static json_t *write_value(const Walk *w, const WgType *type, const char *from, const Place *p);

static json_t *write_list(const Walk *w, const WgType *type, const void *from, const Place *p) {
    WgList list;
    memcpy(&list, from, sizeof list);
    json_t *json = json_array();
    for (size_t i = 0; i < list.count; i++) {
        Place at = {p, NULL, i};
        json_t *item = write_value(w, type->of, (const char *)list.items + i * type->of->size, &at);
        if (!item) {
            json_decref(json);
            return NULL;
        }
        json_array_append_new(json, item);
    }
    return json;
}

static bool is_zero(const WgType *type, const char *from) {
    for (size_t i = 0; i < type->size; i++)
        if (from[i])
            return false;
    return true;
}

static json_t *write_optional(const Walk *w, const WgType *type, const char *from, const Place *p) {
    const WgType *of = type->of;
    if (is_pointer(of))
        return write_value(w, of, from, p);
    if (of->kind == WG_KIND_STRUCT) {
        const char *inner;
        memcpy(&inner, from, sizeof inner);
        return write_value(w, of, inner, p);
    }
    return write_value(w, of, from + type->size - of->size, p);
}

// An optional number says itself whether it is there; anything else is absent when it is zero.
static bool is_absent(const WgField *f, const char *from) {
    const WgType *of = f->type->of;
    if (f->type->kind != WG_KIND_OPTIONAL)
        return f->sparse && is_zero(f->type, from);
    if (is_pointer(of) || of->kind == WG_KIND_STRUCT)
        return is_zero(f->type, from);
    bool has;
    memcpy(&has, from, sizeof has);
    return !has;
}

static json_t *write_struct(const Walk *w, const WgType *type, const char *from, const Place *p) {
    json_t *json = json_object();
    for (size_t i = 0; i < type->count; i++) {
        const WgField *f = &type->fields[i];
        Place at = {p, f->name, 0};
        if (is_absent(f, from + f->offset))
            continue;
        json_t *value = write_value(w, f->type, from + f->offset, &at);
        if (!value || json_object_set_new(json, f->name, value) != 0) {
            wrong(w, &at, "UTF-8");
            json_decref(json);
            return NULL;
        }
    }
    return json;
}

static json_t *write_text(const Walk *w, const char *from, const Place *p) {
    const char *text;
    memcpy(&text, from, sizeof text);
    json_t *json = text ? json_string(text) : NULL;
    if (!json)
        wrong(w, p, text ? "UTF-8" : "there");
    return json;
}

static json_t *write_object(const Walk *w, const char *from, const Place *p) {
    json_t *json;
    memcpy(&json, from, sizeof json);
    if (!json)
        wrong(w, p, "there");
    return json_incref(json);
}

static json_t *write_value(const Walk *w, const WgType *type, const char *from, const Place *p) {
    int64_t whole;
    double number;
    bool yes;
    switch (type->kind) {
    case WG_KIND_STRING:
        return write_text(w, from, p);
    case WG_KIND_INT:
    case WG_KIND_TIME:
        memcpy(&whole, from, sizeof whole);
        return json_integer(whole);
    case WG_KIND_NUMBER: {
        memcpy(&number, from, sizeof number);
        json_t *json = json_real(number);
        if (!json)
            wrong(w, p, "a finite number");
        return json;
    }
    case WG_KIND_BOOL:
        memcpy(&yes, from, sizeof yes);
        return json_boolean(yes);
    case WG_KIND_OBJECT:
        return write_object(w, from, p);
    case WG_KIND_LIST:
        return write_list(w, type, from, p);
    case WG_KIND_OPTIONAL:
        return write_optional(w, type, from, p);
    default:
        return write_struct(w, type, from, p);
    }
}

json_t *wg_write(WgContext *ctx, const WgType *type, const void *from, const char *error) {
    Walk w = {ctx, error};
    return write_value(&w, type, from, NULL);
}
