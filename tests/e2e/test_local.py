"""`wgen local`, as somebody who writes handlers uses it."""

import json
import os
import re
import shutil
import subprocess
import time

import pytest

from conftest import build, read

JOB = {"projectId": "amelia", "userId": "scott", "threadId": "<t>", "messageId": "<m>", "attachments": []}
MAIL = "From: ann@example.com\nTo: amelia.scott@webordinary.com\nMessage-ID: <1@example.com>\n\nhello\n"


class Project:
    """A folder with specs, and wgen in it."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree("specs", folder / "specs", ignore=shutil.ignore_patterns("wgen.lock"))

    def wgen(self, *arguments, code=0, text=""):
        done = subprocess.run([os.environ["WGEN"], *arguments], cwd=self.folder, input=text, capture_output=True, text=True, timeout=300,
                              env={**os.environ, "LOCALSTACK_HOST": ""})
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def local(self, *arguments, **options):
        return self.wgen("local", *arguments, **options)

    def compiled(self, system, environment=""):
        """What other scenarios have compiled of a system need not be compiled here."""
        self.wgen("build", "--quiet", f"specs/{system}.yaml")
        build(read(system, environment), self.folder / "build/handlers" / system)

    def until(self, found, *arguments):
        end = time.time() + 60
        while time.time() < end:
            said = self.local(*arguments)
            if found in said:
                return said
            time.sleep(0.1)
        raise AssertionError(said)

    def edit(self, name, old, new):
        path = self.folder / "specs/webordinary/handlers" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project(tmp_path_factory.mktemp("project"))
    said = made.local("up", "webordinary")
    assert "queue     input/amelia/scott           webordinary-input-amelia-scott.fifo\n" in said
    assert re.search(r"export AWS_ENDPOINT_URL=http://127\.0\.0\.1:\d+ AWS_REGION=us-west-2", said)
    yield made
    made.local("down")


def test_a_mail_is_sent_and_worked_on(project):
    assert "emails/1 is in webordinary-ses-emails" in project.local("send", "ses-emails/emails/1", text=MAIL)
    said = project.until("email-processor: 1 succeeded", "status")
    assert "intake: 1 calls, 0 failed" in said and "container/amelia/scott: process " in said
    assert re.search(r'\d container: .*"message":"working"', project.until("working", "logs"))
    assert "intake:" not in project.local("logs", "container")


def test_what_fails_is_told(project):
    said = project.local("send", "ses-emails/emails/bad", text="x", code=1)
    assert "MalformedMail" in said and "MalformedMail" in project.local("status")


def test_a_run_shows_its_path(project):
    said = project.local("run", "email-processor", "--input", "-", text=json.dumps(JOB))
    assert re.search(r"^  1 CheckActiveJob +\d+ ms\n      in     .*\"amelia\".*\n      out    .*\"active\"", said)
    assert re.search(r"\nSUCCEEDED in .*: CheckActiveJob > IsBusy > ClaimJob > ProcessAttachments > SendToContainer > ReleaseJob\n", said)
    (project.folder / "short.json").write_text('{"projectId": "amelia"}')
    said = project.local("run", "email-processor", "--input", "short.json", code=1)
    assert "      error  InvalidInput: `userId` must be there\n" in said and "\nFAILED in " in said


def test_a_handler_that_was_edited_is_used(project):
    project.edit("check-active-job.c", "bool handle_check_active_job", "#error not yet\nbool handle_check_active_job")
    said = project.local("run", "email-processor", "--input", "-", text=json.dumps(JOB), code=1)
    assert "check-active-job.c:" in said and "#error not yet" in said
    project.edit("check-active-job.c", "#error not yet\n", 'static const char mark[] = "seen by nobody";\n')
    project.edit("check-active-job.c", "WgStatus status = ", 'wg_log(ctx, WG_INFO, mark, NULL);\n    WgStatus status = ')
    project.local("run", "email-processor", "--input", "-", text=json.dumps(JOB))
    assert "seen by nobody" in project.local("logs", "check-active-job")


def test_a_worker_that_was_edited_is_started_again(project):
    def process():
        return re.search(r"container/amelia/scott: process (\d+)", project.until("container/amelia/scott: process ", "status"))[1]
    before = process()
    project.edit("container.c", '"working"', '"working anew"')
    end = time.time() + 60
    while process() == before:
        assert time.time() < end
    project.local("run", "email-processor", "--input", "-", text=json.dumps(JOB))
    project.until("working anew", "logs", "container")


def test_an_express_workflow_and_an_api_beside_it(project):
    project.compiled("ceap")
    said = project.local("up", "ceap")
    assert "workflow  realtime " in said
    said = project.local("run", "realtime", "--input", "-", text='{"records": [{"id": "a", "value": 3}]}')
    assert re.search(r"SUCCEEDED in .*: ETL > Filter > Score > Store > Reactive", said)
    project.compiled("hybrid-ci-cd", "production")
    said = project.local("up", "hybrid-ci-cd", "--env", "production")
    assert re.search(r"api       main +http://127\.0\.0\.1:\d+/prod", said)
    assert "is in several systems" in project.local("send", "alerts", text="x", code=2)


ADDING = """system: adding
region: eu-west-1
workflows:
  add:
    query: jsonata
    input: {numbers: [number]}
    stages:
      - name: Sum
        pass: {total: "{% $sum($states.input.numbers[$ > 0]) %}", id: "{% $hash('a', 'SHA-256') %}"}
        assign: {many: "{% $count($states.input.numbers) %}"}
      - name: Half
        pass: {half: "{% $states.input.total / 2 %}", of: "{% $many %}"}
"""


def test_expressions_in_jsonata(project):
    (project.folder / "specs/adding.yaml").write_text(ADDING)
    project.local("up", "adding")
    said = project.local("run", "add", "--input", "-", text='{"numbers": [1, -2, 5]}')
    assert '"total":6' in said and re.search(r'out    \{"half":3(\.0)?,"of":3\}', said), said
    said = project.local("run", "add", "--input", "-", text='{"numbers": ["x"]}', code=1)
    assert "States.QueryEvaluationError" in said


def test_what_did_not_compile_at_first_is_up_once_it_does(project):
    (project.folder / "specs/one.yaml").write_text("system: one\nregion: eu-west-1\nfunctions: {answer: {}}\n")
    project.wgen("build", "--quiet", "specs/one.yaml")
    handler = project.folder / "specs/one/handlers/answer.c"
    text = handler.read_text()
    handler.write_text("#error not yet\n" + text)
    assert "#error not yet" in project.local("up", "one", code=1)
    handler.write_text(text.replace('return wg_fail(ctx, "NotWritten"', 'return wg_fail(ctx, "Written"'))
    assert "one is up at " in project.local("up", "one")
    assert '"Written"' in project.local("send", "one/answer", code=1, text="{}")


def test_what_could_not_be_made_is_not_left_half_made(tmp_path):
    """Nothing else is up: so the next one begins anew."""
    other = Project(tmp_path / "other")
    spec = other.folder / "specs/one.yaml"
    text = "system: one\nregion: eu-west-1\nqueues: {before: {}, jobs: {}}\nfunctions: {answer: {}}\n"
    nowhere = "{deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:nowhere', maxReceiveCount: 3}"
    spec.write_text(text.replace("jobs: {}", f"jobs: {{raw: {{cloudformation: {{main: {{RedrivePolicy: {nowhere}}}}}}}}}"))
    said = other.local("up", "one", code=4)
    assert "does not exist" in said and "`wgen local up` again" in said
    assert other.local("status") == "nothing is up\n"
    spec.write_text(text)
    assert "one is up at " in other.local("up", "one")
    assert "one is down" in other.local("down")


def test_mistakes(project, tmp_path):
    assert "did you mean `email-processor`?" in project.local("run", "email-procesor", code=2)
    assert "is a queue, and no workflow" in project.local("run", "input/amelia/scott", code=2)
    assert "the input is not JSON" in project.local("run", "email-processor", "--input", "-", text="{", code=2)
    assert "cannot read `nowhere`" in project.local("run", "email-processor", "--input", "nowhere", code=4)
    assert "has no environment `moon`" in project.local("up", "hybrid-ci-cd", "--env", "moon", code=2)
    assert "there is no system `nowhere`" in project.local("up", "nowhere", code=2)
    other = Project(tmp_path / "other")
    assert other.local("status") == "nothing is up\n"
    assert "`wgen local up SYSTEM` starts it" in other.local("logs", code=4)


def test_down_leaves_nothing(project):
    """The last one: the others need what it ends."""
    worker = int(re.search(r"container/amelia/scott: process (\d+)", project.local("status"))[1])
    assert ", hybrid-ci-cd production, adding, one are down\n" in project.local("down")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert project.local("down") == "nothing is up\n"
