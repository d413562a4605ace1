"""What is said of privacy and of what was tried, each with the tests that prove it.

A claim is an entry of the list in `claims.py`, a row one of that in `tried.py`, and nothing else;
`test_proofs.py` makes .github/PRIVACY.md and .github/WITHSTANDS.md of them. A sentence is as strong
as its tests and no stronger. A test is named as pytest names it, without its parameters: how many
cases it has is counted from pytest.
"""

from __future__ import annotations

from typing import NamedTuple


class Claim(NamedTuple):
    """A sentence about privacy, and the tests that prove it."""

    sentence: str
    tests: tuple[str, ...]


class Tried(NamedTuple):
    """What was tried, what came of it, and the tests that prove it."""

    area: str
    what: str
    outcome: str
    tests: tuple[str, ...]
