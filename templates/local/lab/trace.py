"""The history of an execution, as people read it: stage by stage, with inputs, outputs, times, errors."""

import datetime
import json


def duration(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def moment(at):
    return datetime.datetime.fromisoformat(at.replace("Z", "+00:00")) if isinstance(at, str) else at


class Trace:
    """Events go in as they come; lines come out when a stage has ended."""

    def __init__(self, say, width=300):
        self.say, self.width = say, width
        self.seen, self.owner, self.open, self.path = 0, {}, {}, []
        self.start = self.end = self.last = None
        self.result = {}

    def clip(self, text):
        text = " ".join(str(text).split())
        return text if not self.width or len(text) <= self.width else text[:self.width] + f"... ({len(text)} characters)"

    def take(self, events):
        for event in events[self.seen:]:
            self.one(event)
        self.seen = len(events)

    def one(self, event):
        kind, at = event["type"], moment(event["timestamp"])
        number = event["id"]
        details = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
        whose = self.owner.get(event.get("previousEventId"))
        self.start, self.end = self.start or at, at
        if kind.endswith("StateEntered"):
            self.path.append(details["name"])
            self.open[number] = {"name": details["name"], "number": len(self.path), "at": at, "input": details.get("input"), "tries": 0, "errors": []}
            whose = number
        elif kind.endswith("StateExited"):
            if self.open.get(whose, {}).get("name") != details["name"]:  # the last of what it holds came before it
                whose = max((n for n, one in self.open.items() if one["name"] == details["name"]), default=None)
            if whose in self.open:
                self.close(self.open.pop(whose), at, details.get("output"))
            whose = None
        elif kind.endswith(("Scheduled", "MapRunStarted")) and whose in self.open:
            self.open[whose]["tries"] += 1
        elif kind.startswith("Execution") and kind != "ExecutionStarted":
            self.result = {"status": kind.removeprefix("Execution").upper(), **details}
        elif "error" in details and whose in self.open:
            self.open[whose]["errors"].append(f"{details['error']}: {self.clip(reason(details.get('cause', '')))}")
        self.owner[number] = whose

    def close(self, one, at, output=None):
        took = duration((at - one["at"]).total_seconds())
        self.say(f"{one['number']:3} {one['name']:30} {took:>9}" + (f"  tried {one['tries']} times" if one["tries"] > 1 else ""))
        self.say(f"      in     {'what came out before' if one['input'] == self.last else self.clip(one['input'])}")
        for error in one["errors"]:
            self.say(f"      error  {error}")
        if output is not None:
            same = output == one["input"]
            self.say(f"      out    {'what came in' if same else self.clip(output)}")
            self.last = output

    def finish(self):
        """What is still open has failed, or was stopped. True if the execution succeeded."""
        for number in sorted(self.open):
            self.close(self.open.pop(number), self.end)
        took = duration((self.end - self.start).total_seconds()) if self.start else "no time"
        status = self.result.get("status", "UNKNOWN")
        self.say(f"{status} in {took}: {' > '.join(self.path)}")
        if "error" in self.result:
            self.say(f"      error  {self.result['error']}: {self.clip(reason(self.result.get('cause', '')))}")
        if "output" in self.result and self.result["output"] != self.last:
            self.say(f"      out    {self.clip(self.result['output'])}")
        return status == "SUCCEEDED"


def reason(cause):
    """What a function says of its error, without the JSON around it."""
    try:
        return json.loads(cause)["errorMessage"]
    except (ValueError, TypeError, KeyError):
        return cause
