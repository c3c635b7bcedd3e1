// mail.h - what the handlers need of a mail: whose it is, which thread it belongs to, what is
// attached.
#ifndef MAIL_H
#define MAIL_H

#include "wgen.h"

enum { MAIL_PARTS = 200, MAIL_RECIPIENTS = 100 };

typedef struct MailPart {
    const char *name, *type, *encoding;
    WgBytes body; // as it is in the mail
} MailPart;

typedef struct Mail {
    const char *message_id; // without its brackets
    const char *thread_id;  // the first of References, else the message's own
    const char *from, *subject;
    const char *recipients[MAIL_RECIPIENTS]; // addresses, in lower case
    size_t recipient_count;
    MailPart attachments[MAIL_PARTS];
    size_t attachment_count;
} Mail;

// False after wg_fail(ctx, "MalformedMail", reason).
bool mail_read(WgContext *ctx, WgBytes text, Mail *mail);
bool mail_decode(WgContext *ctx, const MailPart *part, WgBytes *out);

#endif
