// intake.c - a mail has come: finds out whose it is, and starts the workflow with it. The execution
// is named after the message, so that an event that comes twice starts nothing.
#include "intake.gen.h"

#include "lib/mail.h"

#include <string.h>

typedef struct Owner {
    const char *project, *user;
} Owner;

// amelia.scott@... is user scott of project amelia.
static bool owner_of(WgContext *ctx, const char *address, Owner *owner) {
    static const char word[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t project = strspn(address, word);
    const char *rest = address + project + 1;
    if (!project || address[project] != '.')
        return false;
    size_t user = strspn(rest, word);
    owner->project = wg_copy(ctx, address, project);
    owner->user = wg_copy(ctx, rest, user);
    return user > 0 && rest[user] == '@';
}

// A user is known who has a queue; who may not ask leaves that to the workflow.
static WgStatus find_owner(WgContext *ctx, const Mail *mail, Owner *owner) {
    static const char *const places[] = {"project", "user", NULL};
    static const WgQueue inbox = {.variable = "INPUT_QUEUE_NAME", .places = places};
    for (size_t i = 0; i < mail->recipient_count; i++) {
        if (!owner_of(ctx, mail->recipients[i], owner))
            continue;
        if (!*wg_env(inbox.variable))
            return WG_OK;
        WgStatus status =
            wg_queue_find(ctx, &inbox, (const char *const[]){owner->project, owner->user, NULL});
        if (status != WG_NONE)
            return status;
    }
    return WG_NONE;
}

static json_t *attachment(const Mail *mail, size_t i, const WgObject *object) {
    const MailPart *part = &mail->attachments[i];
    return json_pack("{s:s,s:s,s:s,s:I,s:s,s:s}", "bucket", object->bucket, "key", object->key,
                     "messageId", mail->message_id, "index", (json_int_t)i, "name", part->name,
                     "type", part->type);
}

static json_t *job_of(const Mail *mail, const Owner *owner, const WgObject *object) {
    json_t *attachments = json_array();
    for (size_t i = 0; i < mail->attachment_count; i++)
        if (json_array_append_new(attachments, attachment(mail, i, object)) != 0) {
            json_decref(attachments);
            return NULL;
        }
    return json_pack("{s:s,s:s,s:s,s:s,s:o,s:s,s:s,s:s,s:s}", "projectId", owner->project, "userId",
                     owner->user, "threadId", mail->thread_id, "messageId", mail->message_id,
                     "attachments", attachments, "bucket", object->bucket, "key", object->key,
                     "from", mail->from, "subject", mail->subject);
}

// Names of executions take letters, digits, `-` and `_`, and 80 of them at most.
static char *execution_name(WgContext *ctx, const Mail *mail, const Owner *owner) {
    const char *whole = wg_text(ctx, "%s.%s %s", owner->project, owner->user, mail->message_id);
    const char *digest = wg_digest(ctx, (WgBytes){whole, strlen(whole)});
    return wg_text(ctx, "%.20s-%.20s-%.32s", owner->project, owner->user, digest);
}

bool handle_intake(WgContext *ctx, const WgObject *object) {
    WgBytes text;
    Mail *mail = wg_alloc(ctx, sizeof *mail);
    Owner owner;
    WgStatus status = ses_emails_get(ctx, object->key, &text);
    if (status == WG_NONE)
        return wg_fail(ctx, "MailMissing", "there is no object %s", object->key);
    if (status != WG_OK || !mail_read(ctx, text, mail))
        return false;
    status = find_owner(ctx, mail, &owner);
    if (status == WG_NONE) // the mail stays where it is, and the alarm on errors tells of it
        return wg_fail(ctx, "UnknownRecipient", "%s is for nobody here: %s", object->key,
                       mail->recipients[0]);
    if (status != WG_OK)
        return false;
    json_t *job = wg_own(ctx, job_of(mail, &owner, object));
    if (!job)
        return wg_fail(ctx, "MalformedMail", "a header or a name in it is not UTF-8");
    const char *name = execution_name(ctx, mail, &owner);
    status = email_processor_start(ctx, name, job);
    if (status == WG_FAILED)
        return false;
    wg_log(ctx, WG_INFO, status == WG_OK ? "started" : "has been started before", "execution", name,
           "projectId", owner.project, "userId", owner.user, "threadId", mail->thread_id,
           "messageId", mail->message_id, NULL);
    return true;
}
