// test_item.c - what is made of the names of projects and users.
#include "unit.h"

#include "../../compiler/build.h"
#include "../../compiler/item.h"

static Str name(Arena *a, uint32_t *state) {
    static const char chars[] = "aA0-_b";
    Buf b = {.arena = a};
    do {
        *state = *state * 1664525 + 1013904223;
        buf_char(&b, chars[*state / 64 % (b.len ? 6 : 3)]);
    } while (*state >> 30);
    Str text = buf_keep(&b, a);
    buf_free(&b);
    return text;
}

static int sign(int n) {
    return (n > 0) - (n < 0);
}

START_TEST(items_are_in_the_order_of_their_keys) {
    Arena a = {0};
    uint32_t state = 1;
    for (int i = 0; i < 20000; i++) {
        bool users = i % 3;
        Item x = {.project = name(&a, &state), .user = users ? name(&a, &state) : S("")},
             y = {.project = name(&a, &state), .user = users ? name(&a, &state) : S("")};
        Str left = item_key(&a, &x), right = item_key(&a, &y);
        ck_assert_int_eq(sign(item_cmp(&x, &y)), sign(str_cmp(left, right)));
        ck_assert_int_eq(item_cmp(&x, &x), 0);
    }
    arena_free(&a);
}
END_TEST

START_TEST(keys_and_ids) {
    Arena a = {0};
    Item project = {.project = S("the-shop")},
         user = {.project = S("the-shop"), .user = S("bob_2")};
    ck_str(item_key(&a, &project), "the-shop");
    ck_str(item_id(&a, &project), "TheShop");
    ck_str(item_key(&a, &user), "the-shop/bob_2");
    ck_str(item_id(&a, &user), "TheShopBob2");
    user.fields = node_map(&a, (Loc){0});
    ck_str(item_id(&a, &user), "TheShopBob2");
    node_put(&a, user.fields, "id", S("the-boss"));
    ck_str(item_id(&a, &user), "TheBoss");
    arena_free(&a);
}
END_TEST

UNIT({items_are_in_the_order_of_their_keys}, {keys_and_ids})
