// An attachment is decoded and put beside its mail, under a name that can do no harm.
#include "../expect.h"

#define MAIL(encoding, name, body)                                                                 \
    "To: a.b@c.d\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ntext\r\n--x\r\n"   \
    "Content-Type: text/csv; charset=utf-8\r\nContent-Transfer-Encoding: " encoding                \
    "\r\nContent-Disposition: attachment; filename=\"" name "\"\r\n\r\n" body "\r\n--x--\r\n"
#define EVENT(index)                                                                               \
    "{\"bucket\":\"m\",\"key\":\"emails/x\",\"messageId\":\"m1\",\"index\":" index "}"

static const json_t *take(const char *mail, const char *put) {
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, "GET emails/x", 200, mail);
    if (put)
        wg_fake_expect(&fake, put, 200, "");
    return wg_fake_event(&fake, EVENT("0"));
}

int main(void) {
    setenv("SES_EMAILS_BUCKET", "m", 1);
    // SHA-256 of "m1"
    const char *put = "PUT attachments/ca0df2c95aa144c1d0ff2ff3c8f967fd/0-a_b.csv";
    const json_t *out = take(MAIL("base64", "a b.csv", "aGVs\r\nbG8="), put);
    expect(out && wg_fake_done(&fake));
    expect_text(fake.calls[1].request.body.data, "hello", __LINE__);
    expect_at(out, "size", "5");
    expect_at(out, "type", "text/csv");
    expect_at(out, "name", "a b.csv");
    expect_at(out, "sha256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    expect(strncmp(wg_fake_at(&fake, out, "key"), "attachments/", 12) == 0);

    take(MAIL("quoted-printable", "a b.csv", "a=3Db=\r\nc"), put);
    expect(wg_fake_done(&fake));
    expect_text(fake.calls[1].request.body.data, "a=bc", __LINE__);
    take(MAIL("8bit", "../../emails/x", "z"),
         "PUT attachments/ca0df2c95aa144c1d0ff2ff3c8f967fd/0-.._.._emails_x");
    expect(wg_fake_done(&fake));

    expect(!take(MAIL("base64", "a", "a*b"), NULL));
    expect_error("MalformedMail");
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, "GET emails/x", 200, MAIL("8bit", "a", "z"));
    expect(!wg_fake_event(&fake, EVENT("1")));
    expect_error("InvalidInput");
    begin();
    expect(!wg_fake_event(&fake, "{}"));
    expect_error("InvalidInput");
    return report();
}
