// process-attachment.c - takes one attachment out of its mail and puts it beside, decoded, so that
// a container can fetch it alone. The answer takes the place of the attachment in the job.
#include "process-attachment.gen.h"

#include "lib/mail.h"

#include <string.h>

// A file's name as the last part of a key: no folders, nothing that needs quoting.
static char *safe_name(WgContext *ctx, const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    enum { LONGEST = 100 };
    char *safe = wg_copy(ctx, name, strlen(name) < LONGEST ? strlen(name) : LONGEST);
    for (char *c = safe; *c; c++)
        if (!strchr(plain, *c))
            *c = '_';
    return *safe ? safe : wg_text(ctx, "%s", "unnamed");
}

bool handle_process_attachment(WgContext *ctx, json_t *in, json_t **out) {
    const char *key = wg_string(in, "key"), *id = wg_string(in, "messageId");
    json_int_t index = json_integer_value(json_object_get(in, "index"));
    Mail *mail = wg_alloc(ctx, sizeof *mail);
    WgBytes text, content;
    if (!*key || !*id)
        return wg_fail(ctx, "InvalidInput", "an attachment has a `key` and a `messageId`");
    WgStatus status = ses_emails_get(ctx, key, &text);
    if (status == WG_NONE)
        return wg_fail(ctx, "MailMissing", "there is no object %s", key);
    if (status != WG_OK || !mail_read(ctx, text, mail))
        return false;
    if (index < 0 || (size_t)index >= mail->attachment_count)
        return wg_fail(ctx, "InvalidInput", "%s has %zu attachments", key, mail->attachment_count);
    const MailPart *part = &mail->attachments[index];
    if (!mail_decode(ctx, part, &content))
        return false;
    // Not below emails/: that would start the workflow again.
    const char *folder = wg_digest(ctx, (WgBytes){id, strlen(id)});
    const char *place = wg_text(ctx, "attachments/%.32s/%lld-%s", folder, (long long)index,
                                safe_name(ctx, part->name));
    if (ses_emails_put(ctx, place, content, part->type) != WG_OK)
        return false;
    *out = json_pack("{s:s,s:s,s:s,s:s,s:I,s:s,s:I}", "bucket", wg_string(in, "bucket"), "key",
                     place, "name", part->name, "type", part->type, "size",
                     (json_int_t)content.size, "sha256", wg_digest(ctx, content), "index", index);
    return *out ? true : wg_fail(ctx, "MalformedMail", "a name in it is not UTF-8");
}
