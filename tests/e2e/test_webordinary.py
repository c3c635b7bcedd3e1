"""A mail in a bucket becomes a job that the container of its user does, and nobody else's."""

import email.message
import json
import pathlib
import signal
import threading
import time

import pytest
from moto.sqs import models as sqs_models

JOBS, INTERRUPTIONS = "active-jobs", "interruptions"
SCOTT = {"project": "amelia", "user": "scott"}


@pytest.fixture(scope="module")
def mail(deploy):
    return Webordinary(deploy("webordinary"))


class Webordinary:
    def __init__(self, running):
        self.running = running
        self.s3, self.sqs, self.dynamodb = (running.client(name) for name in ("s3", "sqs", "dynamodb"))
        self.count, self.workers = 0, {}

    def drop(self, subject, references=(), attachments=(), to="amelia.scott@webordinary.com", key=None):
        """Puts a mail under emails/, as SES does; returns its message id."""
        self.count += 1
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = "ann@example.com", to, subject
        message["Message-ID"] = f"<{key or self.count}.{time.time_ns()}@example.com>"
        if references:
            message["References"] = " ".join(references)
        message.set_content(f"about {subject}\n")
        for name, data in attachments:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.put(f"emails/{key or self.count}", message.as_bytes())
        return message["Message-ID"]

    def put(self, key, body):
        self.s3.put_object(Bucket=self.running.name("ses-emails"), Key=key, Body=body)

    def executions(self):
        return self.running.executions("email-processor")

    def newest(self):
        return self.executions()[0]["executionArn"]

    def ended(self, execution, seconds=120):
        return self.running.wait(execution, seconds)

    def items(self, table):
        return self.dynamodb.scan(TableName=self.running.name(table))["Items"]

    def messages(self, path, **item):
        """What waits in a queue; it is taken."""
        url, found = self.running.queue(path, **item), []
        while True:
            got = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"]).get("Messages", [])
            if not got:
                return found
            for message in got:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            found += got

    def container(self, project="amelia", user="scott"):
        """The worker of a user, which is started when it is first wanted."""
        if (project, user) not in self.workers:
            self.workers[project, user] = self.running.worker("container", project, user)
        return self.workers[project, user]


@pytest.fixture
def worker(mail):
    """The container of amelia.scott; one serves all tests that want one."""
    return mail.container()


@pytest.fixture(autouse=True)
def afterwards(mail):
    """Every scenario leaves queues and tables empty."""
    yield
    for path in ("input", "dlq"):
        mail.messages(path, **SCOTT)
    for table, key in ((JOBS, "projectUserId"), (INTERRUPTIONS, "messageId")):
        for item in mail.items(table):
            mail.dynamodb.delete_item(TableName=mail.running.name(table), Key={key: item[key]})


def job(mail, thread, **more):
    """The input that intake makes of a mail, for a test that starts the workflow itself."""
    mail.count += 1
    return {"projectId": "amelia", "userId": "scott", "threadId": thread, "messageId": f"<j{mail.count}@example.com>", "attachments": [], **more}


def start(mail, given):
    return mail.running.client("stepfunctions").start_execution(
        stateMachineArn=mail.running.machine("email-processor"), input=json.dumps(given))["executionArn"]


def until(condition, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def busy(mail, thread):
    """The active job once it is that thread's."""
    return until(lambda: next((i for i in mail.items(JOBS) if i["threadId"]["S"] == thread), None))


def test_first_message_claims_and_is_answered(mail, worker):
    mail.drop("hello")
    found = mail.ended(mail.newest())
    assert found["status"] == "SUCCEEDED", found
    assert mail.running.path(found["executionArn"]) == ["CheckActiveJob", "IsBusy", "ClaimJob", "ProcessAttachments", "SendToContainer", "ReleaseJob"]
    assert json.loads(found["output"])["attachments"] == [] and mail.items(JOBS) == []
    assert any(action == "states:SendTaskHeartbeat" for _, action, _ in mail.running.lab.used)


def test_the_same_event_twice_starts_nothing(mail, worker):
    mail.drop("once")
    mail.ended(mail.newest())
    before = len(mail.executions())
    body = mail.s3.get_object(Bucket=mail.running.name("ses-emails"), Key=f"emails/{mail.count}")["Body"].read()
    mail.put(f"emails/{mail.count}", body)
    assert len(mail.executions()) == before


def test_only_mail_starts_it(mail):
    before = len(mail.executions())
    mail.put("attachments/x/0-note.txt", b"x")
    assert len(mail.executions()) == before


def test_second_message_of_a_thread_waits_its_turn(mail, worker):
    first = start(mail, job(mail, "<t1>", work=700))
    busy(mail, "<t1>")
    second = start(mail, job(mail, "<t1>"))
    assert [mail.ended(e)["status"] for e in (first, second)] == ["SUCCEEDED", "SUCCEEDED"]
    assert "SendInterrupt" not in mail.running.path(second)
    assert mail.items(INTERRUPTIONS) == [] and mail.items(JOBS) == []


def test_another_thread_interrupts(mail, worker):
    first = start(mail, job(mail, "<t1>", work=20000))
    held = busy(mail, "<t1>")["containerId"]["S"]
    until(lambda: "SendToContainer" in mail.running.path(first))
    given = job(mail, "<t2>")
    second = start(mail, given)
    assert mail.ended(second)["status"] == "SUCCEEDED"
    assert mail.running.path(second)[:5] == ["CheckActiveJob", "IsBusy", "SendInterrupt", "RecordInterruption", "ClaimJob"]
    assert mail.ended(first)["status"] == "SUCCEEDED" and mail.running.path(first)[-1] == "Interrupted"
    (record,) = mail.items(INTERRUPTIONS)
    assert (record["messageId"]["S"], record["interruptedContainer"]["S"], record["newThreadId"]["S"]) == (given["messageId"], held, "<t2>")
    assert abs(int(record["ttl"]["N"]) - time.time() - 30 * 86400) < 60
    assert mail.items(JOBS) == [] and mail.messages("dlq", **SCOTT) == []


def test_two_at_once_one_claim_wins(mail, worker, clock, monkeypatch):
    """Both see no job; the one that loses tries again until the other is done."""
    functions, claims, both = mail.running.lab.functions, [], threading.Barrier(2)
    call = functions.call

    def together(function, event):
        answer = call(function, event)
        if function.function_name == mail.running.name("check-active-job"):
            both.wait(60)
        if function.function_name == mail.running.name("rate-limited-claim"):
            claims.append(answer[0].body)
        return answer

    monkeypatch.setattr(functions, "call", together)
    clock.most["retry"] = 2
    runs = [start(mail, job(mail, f"<race{i}>", work=1000)) for i in range(2)]
    assert [mail.ended(e)["status"] for e in runs] == ["SUCCEEDED", "SUCCEEDED"], mail.messages("dlq", **SCOTT)
    assert any(b"JobAlreadyClaimed" in body for body in claims)


def test_a_race_lost_for_good(mail, monkeypatch):
    """A claim that is somebody else's the whole time ends with the dead letters, with its reason."""
    given = job(mail, "<t2>")
    table = mail.running.name(JOBS)
    item = {"projectUserId": {"S": "amelia#scott"}, "containerId": {"S": "container-1-other"}, "threadId": {"S": "<t1>"},
            "claimedAt": {"N": "1"}, "expiresAt": {"N": str(int(time.time()) + 3600)}}

    def answer(function, event):  # whoever checks sees nobody, and then there is somebody
        if function.function_name == mail.running.name("check-active-job"):
            mail.dynamodb.put_item(TableName=table, Item=item)
            return mail.running.lab.answer({"active": False, "sameThread": False})
        return call(function, event)

    call = mail.running.lab.functions.call
    monkeypatch.setattr(mail.running.lab.functions, "call", answer)
    found = mail.ended(start(mail, given))
    assert (found["status"], found["error"]) == ("FAILED", "JobAlreadyClaimed")
    (letter,) = mail.messages("dlq", **SCOTT)
    assert letter["MessageAttributes"]["reason"]["StringValue"] == "JobAlreadyClaimed"
    assert [i["containerId"]["S"] for i in mail.items(JOBS)] == ["container-1-other"]  # which is left alone


@pytest.fixture
def hanging(worker):
    """A container that has stopped to move."""
    worker.send_signal(signal.SIGSTOP)
    yield worker
    worker.send_signal(signal.SIGCONT)


def test_a_lost_heartbeat(mail, hanging, clock):
    clock.most["heartbeat"] = 0.5
    given = job(mail, "<t1>")
    run = start(mail, given)
    found = mail.ended(run)
    assert (found["status"], found["error"]) == ("FAILED", "ContainerTimeout")
    check_cleaned(mail, given, "States.HeartbeatTimeout")


def test_a_timeout(mail, worker, clock):
    clock.most["timeout"] = 2
    given = job(mail, "<t1>", work=4000)
    found = mail.ended(start(mail, given))
    assert (found["status"], found["error"]) == ("FAILED", "ContainerTimeout")
    check_cleaned(mail, given, "States.Timeout")


def check_cleaned(mail, given, reason):
    """The job is gone, the fact is recorded, and the message is with the dead letters."""
    assert mail.items(JOBS) == []
    (record,) = mail.items(INTERRUPTIONS)
    assert record["messageId"]["S"] == given["messageId"] and record["reason"]["S"] == reason
    (letter,) = mail.messages("dlq", **SCOTT)
    assert json.loads(letter["Body"])["job"]["messageId"] == given["messageId"]
    assert letter["MessageAttributes"]["reason"]["StringValue"] == reason


def test_an_expired_job_is_taken_over(mail, worker):
    mail.dynamodb.put_item(TableName=mail.running.name(JOBS), Item={
        "projectUserId": {"S": "amelia#scott"}, "containerId": {"S": "container-1-gone"}, "threadId": {"S": "<old>"},
        "claimedAt": {"N": "1"}, "expiresAt": {"N": str(int(time.time()) - 10)}})
    run = start(mail, job(mail, "<t2>", work=700))
    taken = busy(mail, "<t2>")
    assert taken["containerId"]["S"] != "container-1-gone" and int(taken["expiresAt"]["N"]) > time.time()
    assert mail.ended(run)["status"] == "SUCCEEDED" and "SendInterrupt" not in mail.running.path(run)
    assert mail.items(JOBS) == []


def test_attachments(mail, worker):
    mail.drop("papers", attachments=[(f"ä {i}.bin", bytes([i]) * (i + 1)) for i in range(7)])
    found = mail.ended(mail.newest())
    assert found["status"] == "SUCCEEDED", found
    kept = json.loads(found["output"])["attachments"]
    assert [a["size"] for a in kept] == list(range(1, 8))
    for i, one in enumerate(kept):
        assert mail.s3.get_object(Bucket=mail.running.name("ses-emails"), Key=one["key"])["Body"].read() == bytes([i]) * (i + 1)


def test_two_users_do_not_see_each_other(mail, worker):
    mail.container("bob", "rose")
    seen = len(worked(mail, ("amelia", "scott")))
    mine = job(mail, "<t1>", work=500)
    first = start(mail, mine)
    busy(mail, "<t1>")
    hers = mail.drop("for rose", to="bob.rose@webordinary.com")
    second = mail.newest()
    assert [mail.ended(e)["status"] for e in (second, first)] == ["SUCCEEDED", "SUCCEEDED"]
    assert "SendInterrupt" not in mail.running.path(second) and mail.items(INTERRUPTIONS) == []
    assert worked(mail, ("bob", "rose")) == [hers.strip("<>")] and worked(mail, ("amelia", "scott"))[seen:] == [mine["messageId"]]


@pytest.mark.parametrize("mail_text, reason", [(b"", "MalformedMail"), (b"\0\1\2", "MalformedMail"),
                                               (b"To: nobody.here@webordinary.com\nMessage-ID: <x@y>\n\nhi", "UnknownRecipient")])
def test_bad_mail_is_refused_and_kept(mail, mail_text, reason):
    before = len(mail.executions())
    mail.put("emails/bad", mail_text)
    failed = mail.running.lab.failed
    assert len(mail.executions()) == before and reason in failed[-1][2], failed
    assert mail.s3.get_object(Bucket=mail.running.name("ses-emails"), Key="emails/bad")["Body"].read() == mail_text
    failed.clear()
    refused = mail.running.lab.refused  # asking for the queue of somebody who is not there is refused by AWS as well
    assert {call[1] for call in refused} <= {"sqs:GetQueueUrl"}
    refused.clear()


def test_200_messages_for_20_users(mail, monkeypatch):
    """At once: nothing is lost, nothing comes twice, and each thread keeps its order."""
    sent, add = {}, sqs_models.Queue.add_message  # moto's sequence numbers are no sequence

    def noted(queue, message, *rest, **options):
        if queue.name.startswith("webordinary-input-"):
            user = queue.name.removeprefix("webordinary-input-").removesuffix(".fifo")
            sent.setdefault(user, []).append(json.loads(message.body)["job"]["messageId"])
        return add(queue, message, *rest, **options)

    monkeypatch.setattr(sqs_models.Queue, "add_message", noted)
    users = [("amelia", "scott"), ("bob", "rose"), *(("crowd", f"u{i:02}") for i in range(1, 19))]
    workers = {user: mail.container(*user) for user in users}
    seen = {user: len(worked(mail, user)) for user in users}
    before = {e["executionArn"] for e in mail.executions()}

    def drop_all(user):
        for i in range(10):
            mail.drop(f"{user[1]} {i}", to=f"{user[0]}.{user[1]}@webordinary.com", references=[f"<thread@{user[1]}>"], key=f"{user[1]}-{i}")

    droppers = [threading.Thread(target=drop_all, args=(user,)) for user in users]
    for one in droppers:
        one.start()
    for one in droppers:
        one.join()
    mine = [e["executionArn"] for e in mail.executions() if e["executionArn"] not in before]
    assert len(mine) == 200
    assert {mail.ended(e, 120)["status"] for e in mine} == {"SUCCEEDED"}
    for user in users:
        did = worked(mail, user)[seen[user]:]
        assert len(did) == len(set(did)) == 10 and did == sent["-".join(user)]
        assert mail.messages("dlq", project=user[0], user=user[1]) == [] and workers[user].poll() is None
    assert mail.items(JOBS) == [] and mail.items(INTERRUPTIONS) == []


def worked(mail, user):
    """The messages that a container has worked on, in order, as its log has them."""
    log = next(log for _, process, log in mail.running.workers if process is mail.workers[user])
    lines = [json.loads(line) for line in pathlib.Path(log.name).read_text().splitlines() if line.startswith("{")]
    return [line["messageId"] for line in lines if line.get("message") == "working"]
