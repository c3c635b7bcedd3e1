"""work.py - the work that is measured: N users, each with a FIFO queue, its dead-letter queue and an
alarm, and W workflows of one shape, as a spec of wgen and as the JSON that the peers read."""
import json

STEPS = [("fetch", 128, 30), ("clean", 256, 60), ("score", 512, 60), ("store", 128, 30), ("report", 128, 30)]
TLS = "tls: none because the peers make no policies of queues"
USERS_A_PROJECT = 10
RAISED = "  # wgen: ignore[account-quota] this account's quotas were raised"

SPEC = f"""system: bench@STACKS@
region: eu-west-1
notify: {{email: ops@example.com}}
queues:
  input:
    per: user
    fifo: true
    dedupe: content
    visibility: 5m
    {TLS}
    dead-letter:
      after: 5
      {TLS}
      alarm: {{depth: 0, each: true}}
"""

PIPELINE = f"""
    tracing: false
    storage: {{}}
    trigger:
      queue:
        id: queue
        visibility: 5m
        {TLS}
        dead-letter: {{id: dlq, after: 3, alarm: none because the peers make none, {TLS}}}
    retry: {{attempts: 3, every: 2s, backoff: 2}}
    stages:
"""


def users(count):
    for i in range(count):
        yield f"p{i // USERS_A_PROJECT:05}", f"u{i:06}"


def call(step, memory, timeout):
    return f"      - call: {{id: {step}, memory: {memory}MB, timeout: {timeout}s, tracing: false}}\n"


def pipeline(memory_of_first, raised=""):
    steps = [(STEPS[0][0], memory_of_first, STEPS[0][2]), *STEPS[1:]]
    first, *rest = (call(*step) for step in steps)
    return PIPELINE + first.rstrip() + raised + "\n" + "".join(rest)


def spec(user_count, workflow_count, added=(), own_words=False):
    """The spec's text. `added` are users beside the first ones. With `own_words` every workflow says
    all of itself, and differently, so that nothing of one can be taken from another."""
    roles, pipes = (RAISED if count > 1000 else "" for count in (7 * workflow_count, workflow_count))
    stacks = RAISED if user_count // 116 + workflow_count > 2000 else ""
    text = [SPEC.replace("@STACKS@", stacks), "projects:\n"]
    projects = {}
    for project, user in [*users(user_count), *added]:
        projects.setdefault(project, []).append(user)
    text += [f"  {project}: [{', '.join(names)}]\n" for project, names in projects.items()]
    if not own_words:
        text += ["blueprints:\n  pipeline:", pipeline(STEPS[0][1], roles)]
    text.append("workflows:\n")
    for i in range(workflow_count):
        first = i == 0
        own = pipeline(128 + i, roles if first else "") if own_words else " {blueprint: pipeline}"
        text.append(f"  w{i:05}:" + own.rstrip() + (pipes if first and not own_words else "") + "\n")
    return "".join(text)


def peers_json(user_count, workflow_count):
    """The same for the peers: each makes stacks of so many sets and of so many workflows."""
    return json.dumps({
        "app": "bench", "region": "eu-west-1", "sets_per_stack": 116, "workflows_per_stack": 15,
        "sets": [{"project": p, "user": u, "visibility": 300, "after": 5} for p, u in users(user_count)],
        "workflows": [{"name": f"w{i:05}", "steps": [{"name": n, "memory": m, "timeout": t} for n, m, t in STEPS]}
                      for i in range(workflow_count)],
    })
