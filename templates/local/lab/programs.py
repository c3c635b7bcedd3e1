"""The programs of a system, which are compiled again once a source of theirs has changed."""

import os
import threading

from . import build
from .runtime import DoesNotCompile


class Programs:
    """Paths of programs, by the id of their function or worker, as they are now."""

    def __init__(self, system, folder):
        self.system, self.folder, self.lock = system, folder, threading.Lock()
        self.built, self.paths, self.failure = None, {}, None

    def sources(self):
        found = []
        for top in (self.system.sources, self.system.handlers):
            for folder, _, names in os.walk(top):
                for name in names:
                    if name.endswith((".c", ".h")):
                        path = os.path.join(folder, name)
                        about = os.stat(path)
                        found.append((path, about.st_mtime_ns, about.st_size))
        return sorted(found)

    def fresh(self):
        with self.lock:
            now = self.sources()
            if now != self.built:
                self.built = now
                try:
                    self.paths, self.failure = build(self.system, self.folder), None
                except SystemExit as why:
                    self.failure = str(why)
            if self.failure:
                raise DoesNotCompile(self.failure)
            return self.paths

    def __iter__(self):
        return iter(self.fresh())

    def __getitem__(self, name):
        return self.fresh()[name]
