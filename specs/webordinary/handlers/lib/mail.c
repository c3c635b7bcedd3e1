// mail.c - reading mails: RFC 5322 headers, RFC 2045 parts, RFC 2047 and RFC 2231 names.
#include "mail.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH = 10 }; // of parts within parts

typedef struct Entity { // a mail, or a part of one
    WgBytes headers, body;
} Entity;

static bool malformed(WgContext *ctx, const char *why) {
    return wg_fail(ctx, "MalformedMail", "%s", why);
}

static size_t line_length(WgBytes text, size_t from) {
    const char *end = memchr(text.data + from, '\n', text.size - from);
    return end ? (size_t)(end - text.data) - from + 1 : text.size - from;
}

static bool is_blank(const char *line, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (line[i] != '\r' && line[i] != '\n')
            return false;
    return true;
}

static Entity split(WgBytes text) {
    size_t at = 0;
    while (at < text.size) {
        size_t size = line_length(text, at);
        if (is_blank(text.data + at, size))
            return (Entity){
                {text.data,             at                   },
                {text.data + at + size, text.size - at - size}
            };
        at += size;
    }
    return (Entity){
        text, {text.data + text.size, 0}
    };
}

// A header's value on one line, or NULL.
static char *header(WgContext *ctx, const Entity *e, const char *name) {
    size_t length = strlen(name);
    for (size_t at = 0; at < e->headers.size;) {
        size_t size = line_length(e->headers, at);
        const char *line = e->headers.data + at;
        if (size <= length || line[length] != ':' || strncasecmp(line, name, length) != 0) {
            at += size;
            continue;
        }
        size_t end = at + size; // and the lines that it goes on with
        while (end < e->headers.size && strchr(" \t", e->headers.data[end]))
            end += line_length(e->headers, end);
        char *value = wg_copy(ctx, line + length + 1, end - at - length - 1), *to = value;
        for (const char *c = value; *c; c++)
            if (*c != '\r' && *c != '\n' && !(to == value && isspace((unsigned char)*c)))
                *to++ = *c == '\t' ? ' ' : *c;
        while (to > value && to[-1] == ' ')
            to--;
        *to = '\0';
        return value;
    }
    return NULL;
}

static int hex_value(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

// Bytes behind `mark` (= or %), two digits each; `_` is a space where that is asked for.
static WgBytes decode_hex(WgContext *ctx, WgBytes text, char mark, bool underscores) {
    char *out = wg_alloc(ctx, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        int high = c == mark && i + 2 < text.size ? hex_value(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.data[i + 2]) : -1;
        if (low >= 0) {
            out[size++] = (char)(high << 4 | low);
            i += 2;
        } else if (c == mark && mark == '=' && i + 1 < text.size &&
                   (text.data[i + 1] == '\n' || text.data[i + 1] == '\r')) {
            i += text.data[i + 1] == '\r' && i + 2 < text.size && text.data[i + 2] == '\n' ? 2 : 1;
        } else {
            out[size++] = underscores && c == '_' ? ' ' : c;
        }
    }
    return (WgBytes){out, size};
}

// One `=?utf-8?B?...?=`; NULL if it is none that we can read.
static const char *decode_word(WgContext *ctx, const char *word, const char **end) {
    const char *charset = word + 2, *kind = strchr(charset, '?');
    const char *text = kind && kind[1] && kind[2] == '?' ? kind + 3 : NULL;
    const char *stop = text ? strstr(text, "?=") : NULL;
    WgBytes out;
    if (!stop)
        return NULL;
    size_t length = (size_t)(kind - charset);
    bool known = (length == 5 && strncasecmp(charset, "utf-8", 5) == 0) ||
                 (length == 8 && strncasecmp(charset, "us-ascii", 8) == 0);
    WgBytes in = {text, (size_t)(stop - text)};
    if (!known)
        return NULL;
    if (tolower((unsigned char)kind[1]) == 'b') {
        if (!wg_decode_base64(ctx, in, &out))
            return NULL;
    } else {
        out = decode_hex(ctx, in, '=', true);
    }
    *end = stop + 2;
    return out.data;
}

static const char *decode_words(WgContext *ctx, const char *text) {
    const char *out = "", *end;
    bool decoded = false;
    while (*text) {
        const char *word = strncmp(text, "=?", 2) == 0 ? decode_word(ctx, text, &end) : NULL;
        if (word) {
            out = wg_text(ctx, "%s%s", out, word);
            text = end;
            decoded = true;
            continue;
        }
        const char *next = strstr(text + 1, "=?");
        size_t size = next ? (size_t)(next - text) : strlen(text);
        bool gap = decoded && next && strspn(text, " ") == size; // between two words: nothing
        if (!gap)
            out = wg_text(ctx, "%s%.*s", out, (int)size, text);
        text += size;
    }
    return out;
}

// A parameter of `attachment; filename="a b.txt"`, or NULL.
static const char *parameter(WgContext *ctx, const char *value, const char *name) {
    size_t length = strlen(name);
    for (const char *at = value ? strchr(value, ';') : NULL; at; at = strchr(at, ';')) {
        at += 1 + strspn(at + 1, " ");
        if (strncasecmp(at, name, length) != 0)
            continue;
        const char *from = at + length;
        bool extended = *from == '*';
        from += extended;
        if (*from != '=')
            continue;
        from++;
        if (*from == '"') {
            char *out = wg_alloc(ctx, strlen(from)), *to = out;
            for (const char *c = from + 1; *c && *c != '"'; c++)
                *to++ = *c == '\\' && c[1] ? *++c : *c;
            return out;
        }
        const char *text = wg_copy(ctx, from, strcspn(from, "; "));
        const char *quote = extended ? strchr(text, '\'') : NULL;
        quote = quote ? strchr(quote + 1, '\'') : NULL;
        if (!quote)
            return text;
        return decode_hex(ctx, (WgBytes){quote + 1, strlen(quote + 1)}, '%', false).data;
    }
    return NULL;
}

static void add_part(WgContext *ctx, const Entity *e, const char *type, Mail *mail) {
    const char *disposition = header(ctx, e, "Content-Disposition");
    const char *name = parameter(ctx, disposition, "filename");
    if (!name)
        name = parameter(ctx, type, "name");
    bool attached = disposition && strncasecmp(disposition, "attachment", 10) == 0;
    if ((!attached && !name) || mail->attachment_count == MAIL_PARTS)
        return;
    const char *encoding = header(ctx, e, "Content-Transfer-Encoding");
    mail->attachments[mail->attachment_count++] =
        (MailPart){.name = name ? decode_words(ctx, name) : "unnamed",
                   .type = wg_copy(ctx, type, strcspn(type, "; ")),
                   .encoding = encoding ? encoding : "7bit",
                   .body = e->body};
}

static bool read_entity(WgContext *ctx, WgBytes text, Mail *mail, int depth);

// The parts between the lines `--boundary`; without the last one the mail was cut.
static bool read_parts(WgContext *ctx, WgBytes body, const char *boundary, Mail *mail, int depth) {
    const char *line = wg_text(ctx, "--%s", boundary);
    size_t length = strlen(line), begun = 0;
    bool within = false;
    for (size_t at = 0; at < body.size;) {
        size_t size = line_length(body, at);
        if (size >= length && memcmp(body.data + at, line, length) == 0) {
            size_t end = at;
            if (within && end > begun) { // the line end before a boundary is the boundary's
                end -= body.data[end - 1] == '\n';
                end -= end > begun && body.data[end - 1] == '\r';
                if (!read_entity(ctx, (WgBytes){body.data + begun, end - begun}, mail, depth + 1))
                    return false;
            }
            if (size >= length + 2 && memcmp(body.data + at + length, "--", 2) == 0)
                return true;
            within = true;
            begun = at + size;
        }
        at += size;
    }
    return malformed(ctx, "a multipart body does not end");
}

static bool read_entity(WgContext *ctx, WgBytes text, Mail *mail, int depth) {
    Entity e = split(text);
    const char *type = header(ctx, &e, "Content-Type");
    if (!type)
        type = "text/plain";
    if (strncasecmp(type, "multipart/", 10) != 0) {
        if (depth)
            add_part(ctx, &e, type, mail);
        return true;
    }
    const char *boundary = parameter(ctx, type, "boundary");
    if (!boundary || !*boundary)
        return malformed(ctx, "a multipart body has no boundary");
    if (depth == DEPTH)
        return malformed(ctx, "its parts are nested too deep");
    return read_parts(ctx, e.body, boundary, mail, depth);
}

static void add_recipients(WgContext *ctx, const Entity *e, const char *name, Mail *mail) {
    static const char word[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-=";
    const char *value = header(ctx, e, name);
    for (const char *at = value ? strchr(value, '@') : NULL; at; at = strchr(at + 1, '@')) {
        const char *from = at;
        while (from > value && strchr(word, from[-1]))
            from--;
        size_t domain = strspn(at + 1, word);
        if (from == at || !domain || mail->recipient_count == MAIL_RECIPIENTS)
            continue;
        char *address = wg_copy(ctx, from, (size_t)(at - from) + 1 + domain);
        for (char *c = address; *c; c++)
            *c = (char)tolower((unsigned char)*c);
        mail->recipients[mail->recipient_count++] = address;
    }
}

// What stands in the first pair of angle brackets, or the first word.
static const char *first_id(WgContext *ctx, const char *value) {
    const char *from = value ? strchr(value, '<') : NULL;
    if (from)
        return wg_copy(ctx, from + 1, strcspn(from + 1, "> "));
    return value ? wg_copy(ctx, value, strcspn(value, " ")) : "";
}

static bool begins_with_header(WgBytes text) {
    size_t name = 0;
    while (name < text.size && text.data[name] > ' ' && text.data[name] != ':')
        name++;
    return name > 0 && name < text.size && text.data[name] == ':';
}

bool mail_read(WgContext *ctx, WgBytes text, Mail *mail) {
    Entity e = split(text);
    *mail = (Mail){0};
    if (!text.size)
        return malformed(ctx, "it is empty");
    if (!begins_with_header(text))
        return malformed(ctx, "it does not begin with a header");
    if (memchr(e.headers.data, '\0', e.headers.size))
        return malformed(ctx, "there is a NUL in its headers");
    const char *from = header(ctx, &e, "From"), *subject = header(ctx, &e, "Subject");
    mail->message_id = first_id(ctx, header(ctx, &e, "Message-ID"));
    if (!*mail->message_id) // one that its sender has not named is named after its text
        mail->message_id = wg_digest(ctx, text);
    mail->thread_id = first_id(ctx, header(ctx, &e, "References"));
    if (!*mail->thread_id)
        mail->thread_id = mail->message_id;
    mail->from = from ? decode_words(ctx, from) : "";
    mail->subject = subject ? decode_words(ctx, subject) : "";
    const char *const to[] = {"Delivered-To", "X-Original-To", "To", "Cc"};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        add_recipients(ctx, &e, to[i], mail);
    if (!mail->recipient_count)
        return malformed(ctx, "it is addressed to nobody");
    return read_entity(ctx, text, mail, 0);
}

bool mail_decode(WgContext *ctx, const MailPart *part, WgBytes *out) {
    if (strncasecmp(part->encoding, "base64", 6) == 0)
        return wg_decode_base64(ctx, part->body, out) || malformed(ctx, "it is not base64");
    if (strncasecmp(part->encoding, "quoted-printable", 16) == 0)
        *out = decode_hex(ctx, part->body, '=', false);
    else
        *out = part->body;
    return true;
}
