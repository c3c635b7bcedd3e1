"""Messages go through the stages; their data is in S3, and failed runs are with the dead letters."""

import json
import time

import pytest

RECORDS = {"records": [{"id": "a", "value": 3, "note": " x "}, {"id": "b", "value": 5}, {"id": "a", "value": 4}, {"id": "c", "deleted": True}]}
STAGES = {"realtime": ["ETL", "Filter", "Score", "Store", "Reactive"], "batch": ["ETL", "Filter", "HeavyEtl", "Score", "Store", "Reactive"]}


@pytest.fixture(scope="module")
def ceap(deploy):
    return deploy("ceap")


def send(ceap, workflow, body):
    return ceap.client("sqs").send_message(QueueUrl=ceap.queue(f"{workflow}.queue"), MessageBody=body if isinstance(body, str) else json.dumps(body))


def until(condition, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def ended(ceap, workflow, before):
    """(name, status, states entered) of the run that comes after `before` others."""
    if workflow == "realtime":
        run = until(lambda: ceap.lab.express[before:] and ceap.lab.express[before])
        until(lambda: getattr(run.exec_status, "value", run.exec_status) != "RUNNING")
        entered = [event["stateEnteredEventDetails"]["name"] for event in run.history() if "stateEnteredEventDetails" in event]
        return run.name, getattr(run.exec_status, "value", run.exec_status), entered
    run = until(lambda: len(ceap.executions(workflow)) > before and ceap.executions(workflow)[0])
    found = ceap.wait(run["executionArn"])
    return run["name"], found["status"], ceap.path(run["executionArn"])


def runs(ceap, workflow):
    return len(ceap.lab.express) if workflow == "realtime" else len(ceap.executions(workflow))


def output(ceap, workflow, execution, stage):
    bucket = ceap.name(f"{workflow}.storage")
    return json.loads(ceap.client("s3").get_object(Bucket=bucket, Key=f"executions/{execution}/{stage}/output.json")["Body"].read())


def dead_letters(ceap, workflow):
    found = []
    while True:
        got = ceap.client("sqs").receive_message(QueueUrl=ceap.queue(f"{workflow}.dlq"), MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get("Messages", [])
        if not got:
            return found
        for one in got:
            ceap.client("sqs").delete_message(QueueUrl=ceap.queue(f"{workflow}.dlq"), ReceiptHandle=one["ReceiptHandle"])
        found += got


@pytest.mark.parametrize("given", [RECORDS, {}], ids=["normal", "empty"])
@pytest.mark.parametrize("workflow", ["realtime", "batch"])
def test_the_documents_integration_tests(ceap, workflow, given):
    before = runs(ceap, workflow)
    send(ceap, workflow, given)
    name, status, path = ended(ceap, workflow, before)
    assert status == "SUCCEEDED" and path == STAGES[workflow]
    for stage in STAGES[workflow]:
        assert isinstance(output(ceap, workflow, name, stage), list)
    if given:
        assert [r["id"] for r in output(ceap, workflow, name, "ETL")] == ["a", "b", "a", "c"]
        assert [(r["id"], r["value"]) for r in output(ceap, workflow, name, "Filter")] == [("a", 4), ("b", 5)]
        assert all("score" in r for r in output(ceap, workflow, name, "Score"))
    assert dead_letters(ceap, workflow) == []


def test_a_payload_over_256_kb(ceap):
    """Only keys go from stage to stage: what they hand over is in S3, and of any size."""
    before = runs(ceap, "batch")
    send(ceap, "batch", {"records": [{"value": i} for i in range(8000)]})
    name, status, _ = ended(ceap, "batch", before)
    assert status == "SUCCEEDED"
    kept = ceap.client("s3").head_object(Bucket=ceap.name("batch.storage"), Key=f"executions/{name}/ETL/output.json")
    assert kept["ContentLength"] > 256 * 1024
    assert len(output(ceap, "batch", name, "Reactive")) == 8000


def test_two_stages_swapped(deploy):
    """The same handlers in another order: nothing of them is touched."""
    swapped = deploy("swapped")
    before = runs(swapped, "batch")
    send(swapped, "batch", RECORDS)
    name, status, path = ended(swapped, "batch", before)
    assert status == "SUCCEEDED" and path == ["ETL", "Score", "HeavyEtl", "Filter", "Store", "Reactive"]
    assert [(r["id"], r["value"]) for r in output(swapped, "batch", name, "Reactive")] == [("a", 4), ("b", 5)]


def fail(monkeypatch, ceap, workflow, stage, times):
    """The function of a stage fails so often, and then works."""
    call, left, name = ceap.lab.functions.call, [times], ceap.name(f"{workflow}.{stage}")

    def answer(function, event):
        if function.function_name == name and left[0] > 0:
            left[0] -= 1
            return ceap.lab.error("TryAgain", "not now")
        return call(function, event)
    monkeypatch.setattr(ceap.lab.functions, "call", answer)


def test_retries_are_seen_to_happen(ceap, monkeypatch):
    before = runs(ceap, "batch")
    fail(monkeypatch, ceap, "batch", "Score", 2)
    send(ceap, "batch", RECORDS)
    name, status, path = ended(ceap, "batch", before)
    assert status == "SUCCEEDED" and path == STAGES["batch"]
    events = [e["type"] for e in ceap.history(ceap.executions("batch")[0]["executionArn"])]
    assert events.count("LambdaFunctionFailed") + events.count("TaskFailed") == 2


def test_a_failed_standard_run_is_with_the_dead_letters(ceap, monkeypatch):
    """The queue has forgotten the message by then: the workflow sends it."""
    before = runs(ceap, "batch")
    fail(monkeypatch, ceap, "batch", "Score", 100)
    send(ceap, "batch", RECORDS)
    name, status, path = ended(ceap, "batch", before)
    assert status == "FAILED" and path[-2:] == ["SendFailure", "Failed"]
    (letter,) = until(lambda: dead_letters(ceap, "batch"))
    assert json.loads(letter["Body"]) == RECORDS
    assert letter["MessageAttributes"]["Error"]["StringValue"] == "TryAgain" and letter["MessageAttributes"]["Execution"]["StringValue"] == name


def test_a_failed_express_run_goes_there_from_the_queue(ceap, monkeypatch):
    """It is tried three times by the queue; each time its stage is retried by the workflow."""
    before = runs(ceap, "realtime")
    fail(monkeypatch, ceap, "realtime", "Score", 100)
    send(ceap, "realtime", RECORDS)
    (letter,) = until(lambda: dead_letters(ceap, "realtime"))
    assert json.loads(letter["Body"]) == RECORDS
    assert runs(ceap, "realtime") - before == 3


def test_a_message_that_is_not_json(ceap):
    before = runs(ceap, "batch")
    send(ceap, "batch", '"just text"')
    _, status, _ = ended(ceap, "batch", before)
    assert status == "FAILED"
    assert dead_letters(ceap, "batch")
