// Mails: whose they are, which thread, what is attached; and those that nobody can read.
#include "../expect.h"

#define MAIL(headers, body) headers "\r\n" body
#define HEAD                                                                                       \
    "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>\r\nTo: Amelia "                                 \
    "<Amelia.Scott@webordinary.com>\r\n"                                                           \
    "Subject: Hello\r\n there\r\nMessage-ID: <m1@example.com>\r\n"

static const char event[] =
    "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"mails\"},"
    "\"object\":{\"key\":\"emails/a+b%2Bc%40d%3D%C3%BC.eml\",\"size\":5,\"eTag\":\"e\"}}}]}";
#define OBJECT "GET emails/a%20b%2Bc%40d%3D%C3%BC.eml"

static json_t *started(void) { // what the workflow was started with
    return wg_parse(&fake.context, (WgBytes){wg_fake_sent(&fake, 1, "input"),
                                             strlen(wg_fake_sent(&fake, 1, "input"))});
}

static json_t *take(const char *mail) {
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000/", 1);
    wg_fake_expect(&fake, OBJECT, 200, mail);
    wg_fake_expect(&fake, "StartExecution", 200, "{\"executionArn\":\"a\"}");
    return wg_fake_event(&fake, event);
}

static void refuse(const char *mail, const char *error, const char *reason) {
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, OBJECT, 200, mail);
    expect(!wg_fake_event(&fake, event) && wg_fake_done(&fake));
    expect_error(error);
    expect(fake.context.reason && strstr(fake.context.reason, reason));
}

static void threads_and_owners(void) {
    const json_t *ok = take(MAIL(HEAD, "text"));
    const json_t *job = started();
    expect(ok && wg_fake_done(&fake));
    expect_text(fake.calls[0].request.url,
                "http://localhost:5000/mails/emails/a%20b%2Bc%40d%3D%C3%BC.eml", __LINE__);
    expect_sent(1, "stateMachineArn", "arn:machine");
    expect_at(job, "projectId", "amelia");
    expect_at(job, "userId", "scott");
    expect_at(job, "messageId", "m1@example.com");
    expect_at(job, "threadId", "m1@example.com");
    expect_at(job, "attachments", "[]");
    expect_at(job, "subject", "Hello there");
    expect_at(job, "from", "J\303\274rgen <j@example.com>");
    expect_at(job, "key", "emails/a b+c@d=\303\274.eml");
    const char *name = wg_fake_sent(&fake, 1, "name");
    expect(strlen(name) <= 80 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(name));
    char first[100];
    snprintf(first, sizeof first, "%s", wg_fake_sent(&fake, 1, "name"));
    take(MAIL(HEAD, "another text")); // the same message is the same execution
    expect_sent(1, "name", first);
    take(MAIL("Message-ID: <m2@x>\nReferences: <r1@x>\n <r2@x>\nTo: a.b@c.d\n", "x"));
    expect_at(started(), "threadId", "r1@x");
    expect(strcmp(wg_fake_sent(&fake, 1, "name"), first) != 0);
    take(MAIL("To: x@y.z, Amelia <amelia.scott@w.com>\r\n", "no id"));
    expect(strlen(wg_fake_at(&fake, started(), "messageId")) == 64);
    take(MAIL("Delivered-To: p.u@w.com\r\nTo: list.all@other.org\r\n", ""));
    expect_at(started(), "projectId", "p");

    begin(); // an event that comes twice starts nothing, and is no failure
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, OBJECT, 200, MAIL(HEAD, "text"));
    wg_fake_expect(&fake, "StartExecution", 400, "{\"__type\":\"ExecutionAlreadyExists\"}");
    expect(wg_fake_event(&fake, event) && wg_fake_done(&fake));
}

static void attachments(void) {
    take(MAIL(HEAD "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n",
              "preamble\r\n--b 1\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b 1\r\n"
              "Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\na\r\n--in\r\n"
              "Content-Disposition: inline; filename*=utf-8''%C3%BC%20b.png\r\n"
              "Content-Type: image/png\r\n\r\nx\r\n--in--\r\n--b 1\r\n"
              "Content-Type: application/pdf; name=\"=?utf-8?B?w6QucGRm?=\"\r\n"
              "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n"
              "aGVsbG8=\r\n--b 1--\r\n"));
    const json_t *job = started();
    expect_at(job, "attachments.0.name", "\303\274 b.png");
    expect_at(job, "attachments.0.type", "image/png");
    expect_at(job, "attachments.1.name", "\303\244.pdf");
    expect_at(job, "attachments.1.index", "1");
    expect_at(job, "attachments.1.messageId", "m1@example.com");
    expect(json_array_size(json_object_get(job, "attachments")) == 2);
}

static void malformed(void) {
    refuse("", "MalformedMail", "empty");
    refuse("\r\n\r\n", "MalformedMail", "header");
    refuse("just text, no header", "MalformedMail", "header");
    refuse("From: a@b.c\r\n\r\nx", "MalformedMail", "nobody");
    refuse("To: a.b@c.d\r\nContent-Type: multipart/mixed\r\n\r\nx", "MalformedMail", "boundary");
    refuse("To: a.b@c.d\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ncut",
           "MalformedMail", "does not end");
    refuse("To: a.b@c.d\r\nSubject: \xff\xfe\r\n\r\n", "MalformedMail", "UTF-8");
    refuse("To: a.b@c.d\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
           "Content-Disposition: attachment; filename=\"\xe4.pdf\"\r\n\r\na\r\n--x--\r\n",
           "MalformedMail", "UTF-8"); // and no mail without its attachment
    refuse("To: nobody@webordinary.com\r\n\r\n", "UnknownRecipient", "nobody@webordinary.com");
    refuse("To: .x@w.com, a.@w.com, a.b.c@w.com, @w.com\r\n\r\n", "UnknownRecipient", "");

    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, OBJECT, 404, "");
    expect(!wg_fake_event(&fake, event));
    expect_error("MailMissing");
    begin();
    expect(wg_fake_event(&fake, "{\"Event\":\"s3:TestEvent\"}") && wg_fake_done(&fake));
    begin();
    expect(!wg_fake_event(&fake, "{\"Records\":[{}]}"));
    expect_error("InvalidInput");
}

// With leave to ask, a user is known who has a queue.
static void known_users(void) {
    setenv("INPUT_QUEUE_NAME", "webordinary-input-{project}-{user}.fifo", 1);
    begin();
    wg_fake_expect(&fake, "GET emails/x", 200, "To: no.one@w.com, amelia.scott@w.com\r\n\r\n");
    wg_fake_expect(&fake, "GetQueueUrl", 400, NO_QUEUE);
    wg_fake_expect(&fake, "GetQueueUrl", 200, "{\"QueueUrl\":\"u\"}");
    wg_fake_expect(&fake, "StartExecution", 200, "{}");
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    const char *plain =
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"m\"},\"object\":{\"key\":\"emails/x\"}}}]}";
    expect(wg_fake_event(&fake, plain) && wg_fake_done(&fake));
    expect_sent(1, "QueueName", "webordinary-input-no-one.fifo");
    expect_sent(2, "QueueName", "webordinary-input-amelia-scott.fifo");
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, "GET emails/x", 200, "To: no.one@w.com\r\n\r\n");
    wg_fake_expect(&fake, "GetQueueUrl", 400, DENIED); // of another's queue it may not even ask
    expect(!wg_fake_event(&fake, plain) && wg_fake_done(&fake));
    expect_error("UnknownRecipient");
    unsetenv("INPUT_QUEUE_NAME");
}

int main(void) {
    setenv("SES_EMAILS_BUCKET", "mails", 1);
    setenv("EMAIL_PROCESSOR_ARN", "arn:machine", 1);
    threads_and_owners();
    attachments();
    malformed();
    known_users();
    return report();
}
