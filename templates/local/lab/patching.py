"""Changes to moto, each with the reason for it. `make e2e` fails when moto has changed what one of them
changes, so that none outlives its reason."""

import dataclasses
import functools
import hashlib
import inspect
import textwrap

PATCHES = []


@dataclasses.dataclass(frozen=True)
class Patch:
    where: str  # what of moto is replaced
    why: str
    was: str  # a hash of the source when it was last looked at
    source: str

    def is_current(self):
        return self.was == digest(self.source)


def digest(source):
    return hashlib.sha256(source.encode()).hexdigest()[:8]


def patch(owner, name, was, why):
    """Replaces `owner.name` by the function, which is given the original as its first argument."""
    def replace(function):
        raw = inspect.getattr_static(owner, name)
        original = raw.__func__ if isinstance(raw, classmethod) else raw
        PATCHES.append(Patch(f"{owner.__name__}.{name}", why, was, inspect.getsource(original)))
        wrapped = functools.wraps(original)(lambda *args, **kwargs: function(original, *args, **kwargs))
        setattr(owner, name, classmethod(wrapped) if isinstance(raw, classmethod) else wrapped)
        return function
    return replace


def add(owner, name, why):
    """Gives `owner` something that it lacks; a mistake once it does not lack it any more."""
    def give(function):
        assert name not in vars(owner), f"{owner.__name__}.{name} is there now: {why}"
        setattr(owner, name, function)
        return function
    return give


def patch_source(owner, name, was, old, new, why):
    """Replaces a piece of the source of a function that has no other place to get in."""
    original = inspect.getattr_static(owner, name)
    source = inspect.getsource(original)
    PATCHES.append(Patch(f"{owner.__name__}.{name}", why, was, source))
    assert old in source, f"{owner.__name__}.{name} has changed"
    made = {}
    module = inspect.getmodule(original)
    exec(compile(textwrap.dedent(source.replace(old, new)), module.__file__, "exec"), vars(module), made)
    setattr(owner, name, made[name])
