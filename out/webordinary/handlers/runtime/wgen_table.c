// wgen_table.c - items of DynamoDB tables, from structs and back.
#include "wgen_call.h"

#include <stdio.h>
#include <string.h>

static const char item_error[] = "InvalidItem";

// A JSON value as DynamoDB writes it: {"S": "text"}. A new reference; NULL for null.
static json_t *to_attribute(const json_t *value) {
    char number[40];
    const char *key;
    json_t *item, *inner;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_STRING:
        return json_pack("{s:O}", "S", value);
    case JSON_INTEGER:
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        return json_pack("{s:s}", "N", number);
    case JSON_REAL:
        snprintf(number, sizeof number, "%.*g", wg_digits(value), json_real_value(value));
        return json_pack("{s:s}", "N", number);
    case JSON_TRUE:
    case JSON_FALSE:
        return json_pack("{s:b}", "BOOL", json_is_true(value));
    case JSON_ARRAY:
        inner = json_array();
        json_array_foreach((json_t *)value, i, item)
            json_array_append_new(inner, to_attribute(item));
        return json_pack("{s:o}", "L", inner);
    case JSON_OBJECT:
        inner = json_object();
        json_object_foreach((json_t *)value, key, item)
            json_object_set_new(inner, key, to_attribute(item));
        return json_pack("{s:o}", "M", inner);
    default:
        return json_pack("{s:b}", "NULL", 1);
    }
}

static json_t *from_attribute(const json_t *attribute);

static json_t *from_map(const json_t *map) {
    json_t *object = json_object(), *value;
    const char *key;
    json_object_foreach((json_t *)map, key, value)
        json_object_set_new(object, key, from_attribute(value));
    return object;
}

static json_t *from_list(const json_t *list) {
    json_t *array = json_array(), *value;
    size_t i;
    json_array_foreach((json_t *)list, i, value)
        json_array_append_new(array, from_attribute(value));
    return array;
}

// DynamoDB has 38 digits; what no integer holds is as near as a real number comes.
static json_t *from_number(const char *text) {
    json_t *number = json_loads(text, JSON_DECODE_ANY, NULL);
    if (!number)
        number = json_loads(text, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    return number ? number : json_null();
}

// A set is a list of its values: of texts, of numbers, or of bytes in Base64.
static json_t *from_set(const json_t *set, bool numbers) {
    json_t *array = json_array(), *value;
    size_t i;
    json_array_foreach((json_t *)set, i, value) json_array_append_new(
        array, numbers && json_is_string(value) ? from_number(json_string_value(value))
                                                : json_incref(value));
    return array;
}

static json_t *from_attribute(const json_t *attribute) {
    const json_t *value;
    if ((value = json_object_get(attribute, "S")) != NULL)
        return json_incref((json_t *)value);
    if ((value = json_object_get(attribute, "N")) != NULL) {
        const char *text = json_string_value(value);
        return from_number(text ? text : "");
    }
    if ((value = json_object_get(attribute, "BOOL")) != NULL)
        return json_boolean(json_is_true(value));
    if ((value = json_object_get(attribute, "M")) != NULL)
        return from_map(value);
    if ((value = json_object_get(attribute, "L")) != NULL)
        return from_list(value);
    if ((value = json_object_get(attribute, "B")) != NULL)
        return json_incref((json_t *)value);
    if ((value = json_object_get(attribute, "NS")) != NULL)
        return from_set(value, true);
    if ((value = json_object_get(attribute, "SS")) != NULL ||
        (value = json_object_get(attribute, "BS")) != NULL)
        return from_set(value, false);
    return json_null();
}

static json_t *write_item(WgContext *ctx, const WgTable *table, const void *item) {
    return wg_own(ctx, wg_write(ctx, table->item, item, item_error));
}

static bool read_item(WgContext *ctx, const WgTable *table, const json_t *map, void *item) {
    json_t *object = wg_own(ctx, from_map(map));
    return wg_read(ctx, table->item, object, item, item_error);
}

// {"TableName": ...} to begin with. NULL after wg_fail.
static json_t *new_request(WgContext *ctx, const WgTable *table) {
    const char *name = wg_required(ctx, table->variable);
    return name ? json_pack("{s:s}", "TableName", name) : NULL;
}

// The key of an item, with values for DynamoDB. NULL after wg_fail.
static json_t *key_of(WgContext *ctx, const WgTable *table, const void *item) {
    const json_t *object = write_item(ctx, table, item);
    const char *names[] = {table->key, table->sort};
    json_t *key = json_object();
    for (size_t i = 0; i < 2 && names[i]; i++) {
        const json_t *value = json_object_get(object, names[i]);
        if (!value) {
            wg_fail(ctx, item_error, "`%s` is the key and must be there", names[i]);
            json_decref(key);
            return NULL;
        }
        json_object_set_new(key, names[i], to_attribute(value));
    }
    return key;
}

// Every `#name` of an expression is the attribute of that name.
static void add_names(WgContext *ctx, json_t *names, const char *expression) {
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    for (const char *at = expression; at && (at = strchr(at, '#')) != NULL;) {
        size_t size = strspn(at + 1, word);
        const char *placeholder = wg_copy(ctx, at, size + 1);
        json_object_set_new(names, placeholder, json_string(placeholder + 1));
        at += size + 1;
    }
}

static void add_expressions(WgContext *ctx, json_t *request, const char *change,
                            const WgWhen *when) {
    json_t *names = json_object(), *values = json_object();
    add_names(ctx, names, change);
    if (change)
        json_object_set_new(request, "UpdateExpression", json_string(change));
    if (when && when->expression) {
        add_names(ctx, names, when->expression);
        json_object_set_new(request, "ConditionExpression", json_string(when->expression));
    }
    for (size_t i = 0; when && i < sizeof when->values / sizeof *when->values; i++) {
        const WgValue *v = &when->values[i];
        if (!v->name)
            break;
        json_t *value = v->text ? json_string(v->text) : json_integer(v->number);
        if (value)
            json_object_set_new(values, v->name, to_attribute(value));
        json_decref(value);
    }
    if (json_object_size(names))
        json_object_set(request, "ExpressionAttributeNames", names);
    if (json_object_size(values))
        json_object_set(request, "ExpressionAttributeValues", values);
    json_decref(names);
    json_decref(values);
}

static WgStatus ask(WgContext *ctx, const char *operation, json_t *request, json_t **answer) {
    const char *target = wg_text(ctx, "DynamoDB_20120810.%s", operation), *fault;
    WgStatus status = wg_call(ctx, "dynamodb", target, request, answer, &fault);
    if (!fault)
        return status;
    if (strcmp(fault, "ConditionalCheckFailedException") == 0)
        return WG_REFUSED;
    wg_fail(ctx, fault, "%s: %s", operation, answer ? wg_string(*answer, "message") : "refused");
    return WG_FAILED;
}

WgStatus wg_table_get(WgContext *ctx, const WgTable *table, void *item) {
    json_t *request = new_request(ctx, table), *answer;
    json_t *key = request ? key_of(ctx, table, item) : NULL;
    if (!key) {
        json_decref(request);
        return WG_FAILED;
    }
    json_object_set_new(request, "Key", key);
    json_object_set_new(request, "ConsistentRead", json_true());
    WgStatus status = ask(ctx, "GetItem", request, &answer);
    if (status != WG_OK)
        return status;
    const json_t *found = json_object_get(answer, "Item");
    if (!found)
        return WG_NONE;
    return read_item(ctx, table, found, item) ? WG_OK : WG_FAILED;
}

WgStatus wg_table_put(WgContext *ctx, const WgTable *table, const void *item, const WgWhen *when) {
    json_t *object = write_item(ctx, table, item), *request = new_request(ctx, table), *answer;
    if (!object || !request) {
        json_decref(request);
        return WG_FAILED;
    }
    if (table->ttl && !json_object_get(object, table->ttl))
        json_object_set_new(object, table->ttl, json_integer(wg_now(ctx) + table->ttl_after));
    json_t *map = to_attribute(object);
    json_object_set(request, "Item", json_object_get(map, "M"));
    json_decref(map);
    add_expressions(ctx, request, NULL, when);
    if (when)
        json_object_set_new(request, "ReturnValuesOnConditionCheckFailure", json_string("ALL_OLD"));
    WgStatus status = ask(ctx, "PutItem", request, &answer);
    // What is there may be what a try that nobody answered has put there.
    bool ours = status == WG_REFUSED && ctx->unsure &&
                json_equal(json_object_get(answer, "Item"), json_object_get(request, "Item"));
    return ours ? WG_OK : status;
}

WgStatus wg_table_add(WgContext *ctx, const WgTable *table, const void *item) {
    WgWhen is_new = {.expression = wg_text(ctx, "attribute_not_exists(#%s)", table->key)};
    return wg_table_put(ctx, table, item, &is_new);
}

WgStatus wg_table_delete(WgContext *ctx, const WgTable *table, const void *item,
                         const WgWhen *when) {
    json_t *request = new_request(ctx, table), *answer;
    json_t *key = request ? key_of(ctx, table, item) : NULL;
    if (!key) {
        json_decref(request);
        return WG_FAILED;
    }
    json_object_set_new(request, "Key", key);
    add_expressions(ctx, request, NULL, when);
    return ask(ctx, "DeleteItem", request, &answer);
}

WgStatus wg_table_update(WgContext *ctx, const WgTable *table, void *item, const char *change,
                         const WgWhen *when) {
    json_t *request = new_request(ctx, table), *answer;
    json_t *key = request ? key_of(ctx, table, item) : NULL;
    if (!key) {
        json_decref(request);
        return WG_FAILED;
    }
    json_object_set_new(request, "Key", key);
    json_object_set_new(request, "ReturnValues", json_string("ALL_NEW"));
    add_expressions(ctx, request, change, when);
    WgStatus status = ask(ctx, "UpdateItem", request, &answer);
    if (status != WG_OK)
        return status;
    const json_t *now = json_object_get(answer, "Attributes");
    return read_item(ctx, table, now, item) ? WG_OK : WG_FAILED;
}

WgStatus wg_table_query(WgContext *ctx, const WgTable *table, const char *index, const char *key,
                        WgValue value, size_t most, void *items, size_t *count) {
    char *list = wg_alloc(ctx, most * table->item->size);
    const json_t *next = NULL;
    *count = 0;
    do {
        json_t *request = new_request(ctx, table), *answer, *found;
        if (!request)
            return WG_FAILED;
        WgWhen same = {.values = {{":value", value.text, value.number}}};
        add_expressions(ctx, request, NULL, &same);
        if (index)
            json_object_set_new(request, "IndexName", json_string(index));
        json_object_set_new(request, "KeyConditionExpression", json_string("#key = :value"));
        json_object_set_new(request, "ExpressionAttributeNames", json_pack("{s:s}", "#key", key));
        json_object_set_new(request, "Limit", json_integer((json_int_t)(most - *count)));
        if (next)
            json_object_set(request, "ExclusiveStartKey", (json_t *)next);
        if (ask(ctx, "Query", request, &answer) != WG_OK)
            return WG_FAILED;
        size_t i;
        json_array_foreach(json_object_get(answer, "Items"), i, found) {
            if (*count == most)
                break;
            if (!read_item(ctx, table, found, list + *count * table->item->size))
                return WG_FAILED;
            ++*count;
        }
        next = json_object_get(answer, "LastEvaluatedKey");
    } while (next && *count < most);
    memcpy(items, &list, sizeof list); // of a T *
    return WG_OK;
}
