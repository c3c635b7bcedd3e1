"""An editor, as a language server knows one: it opens documents, moves a cursor and asks."""

import json
import subprocess
import threading
import queue

ANSWER_SECONDS = 60


class Editor:
    """Talks the Language Server Protocol with `command`; to be used in a `with`."""

    def __init__(self, command, folder):
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said, self.number = queue.Queue(), 0
        threading.Thread(target=self.listen, daemon=True).start()
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {"snippetSupport": False}}},
            "workspace": {"configuration": True}})
        self.tell("initialized")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()

    def listen(self):
        while header := self.server.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                header = self.server.stdout.readline()
            self.said.put(json.loads(self.server.stdout.read(length)))

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def tell(self, method, **params):
        self.send(method=method, params=params)

    def next(self):
        """What the server says next. Its questions are about settings, of which there are few."""
        message = self.said.get(timeout=ANSWER_SECONDS)
        if "id" in message and "method" in message:
            settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
            asked = message["params"].get("items", []) if message["params"] else []
            self.send(id=message["id"], result=[settings.get(item["section"]) for item in asked])
        return message

    def ask(self, method, **params):
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        while True:
            message = self.next()
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def show(self, path, text):
        """Each text is a document of its own beside `path`: what is said of one is not taken for another's."""
        self.number += 1
        uri = path.with_stem(f"{path.stem}-{self.number}").as_uri()
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        return uri

    def open(self, path, text):
        """Shows a document, and returns what the server has to say against it."""
        uri = self.show(path, text)
        while True:
            message = self.next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return message["params"]["diagnostics"]

    def at(self, what, path, text, mark="|"):
        """Asks for `hover` or `completion` where `mark` stands in the text."""
        before = text[:text.index(mark)]
        uri = self.show(path, text.replace(mark, "", 1))
        return self.ask(f"textDocument/{what}", textDocument={"uri": uri}, position={
            "line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1})
