"""Every spec here is one that wgen takes."""


def test_accepted(said):
    text = said.read_text()
    assert "error[" not in text, text
