// wgen_hash.c - SHA-256 (FIPS 180-4) and base64: S3 wants the digest of what is put, mail and HTTP
// events carry the other.
#include "wgen.h"

#include <string.h>

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static void mix_block(uint32_t state[8], const unsigned char *block) {
    uint32_t w[64], s[8];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t sum = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t one = s[7] + sum + choice + round_constants[i] + w[i];
        uint32_t other = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one;
        s[0] = one + other + majority;
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

char *wg_digest(WgContext *ctx, WgBytes bytes) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *at = (const unsigned char *)bytes.data;
    size_t left = bytes.size;
    for (; left >= 64; left -= 64, at += 64)
        mix_block(state, at);
    unsigned char tail[128] = {0};
    if (left)
        memcpy(tail, at, left);
    tail[left] = 0x80;
    size_t size = left < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)bytes.size * 8;
    for (size_t i = 0; i < 8; i++)
        tail[size - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < size; i += 64)
        mix_block(state, tail + i);
    return wg_text(ctx, "%08x%08x%08x%08x%08x%08x%08x%08x", state[0], state[1], state[2], state[3],
                   state[4], state[5], state[6], state[7]);
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

WgBytes wg_encode_base64(WgContext *ctx, WgBytes bytes) {
    size_t size = (bytes.size + 2) / 3 * 4;
    char *out = wg_alloc(ctx, size + 1);
    const unsigned char *in = (const unsigned char *)bytes.data;
    for (size_t i = 0, o = 0; i < bytes.size; i += 3, o += 4) {
        bool two = i + 1 < bytes.size, three = i + 2 < bytes.size;
        uint32_t v = (uint32_t)in[i] << 16;
        v |= two ? (uint32_t)in[i + 1] << 8 : 0;
        v |= three ? in[i + 2] : 0;
        out[o] = letters[v >> 18];
        out[o + 1] = letters[v >> 12 & 63];
        out[o + 2] = two ? letters[v >> 6 & 63] : '=';
        out[o + 3] = three ? letters[v & 63] : '=';
    }
    return (WgBytes){out, size};
}

bool wg_decode_base64(WgContext *ctx, WgBytes text, WgBytes *out) {
    char *bytes = wg_alloc(ctx, text.size / 4 * 3 + 4);
    size_t size = 0, count = 0;
    uint32_t bits = 0;
    bool ended = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\r' || c == '\n' || c == ' ' || c == '\t')
            continue;
        const char *at = c ? strchr(letters, c) : NULL;
        if (c == '=') {
            ended = true;
            continue;
        }
        if (!at || ended)
            return false;
        bits = bits << 6 | (uint32_t)(at - letters);
        if (++count % 4 == 0) {
            bytes[size++] = (char)(bits >> 16);
            bytes[size++] = (char)(bits >> 8);
            bytes[size++] = (char)bits;
        }
    }
    if (count % 4 == 1)
        return false;
    if (count % 4 >= 2)
        bytes[size++] = (char)(bits >> (count % 4 == 2 ? 4 : 10));
    if (count % 4 == 3)
        bytes[size++] = (char)(bits >> 2);
    bytes[size] = '\0';
    *out = (WgBytes){bytes, size};
    return true;
}
