"""moto is changed in many places. Each was looked at in the version that is pinned; in another, look again
whether the change is still needed, and give it the new hash."""

from lab.patching import PATCHES, digest


def test_patches_are_of_this_moto(the_lab):
    old = [f"{p.where} is {digest(p.source)} now, was {p.was}: {p.why}" for p in PATCHES if not p.is_current()]
    assert old == []
    assert len(PATCHES) > 20 and all(p.why for p in PATCHES)
