"""Names blanked out in a text, so that a charity's own name is no evidence of what it does."""

from __future__ import annotations

from collections.abc import Iterable

MASK = "\N{MIDDLE DOT}"
"""Stands where text is blanked out; part of no word."""


def mask_names(text: str, names: Iterable[str]) -> str:
    """Return `text`, equally long, with each of the names blanked out.

    A name of one word hides only where its capitals agree: LiNK is a name, a link is not.
    """
    names = sorted({n for n in names if n}, key=lambda n: (-len(n), n))
    # Small letters are made once: a charity may have thousands of names.
    lowered = _lowered(text) if any(" " in name for name in names) else text
    for name in names:
        text, lowered = _without(text, lowered, name)
    return text


def _without(text: str, lowered: str, name: str) -> tuple[str, str]:
    """Blank out one name, in a text and in its small letters.

    Searched for, not matched: a register has a new name in each row.
    """
    read, wanted = (lowered, _lowered(name)) if " " in name else (text, name)
    start = read.find(wanted)
    while start >= 0:
        end = start + len(name)
        whole = not (_in_a_word(read[start - 1 : start]) or _in_a_word(read[end : end + 1]))
        if whole:
            blank = MASK * len(name)
            text, lowered = (t[:start] + blank + t[end:] for t in (text, lowered))
        start = read.find(wanted, end if whole else start + 1)
    return text, lowered


def _lowered(text: str) -> str:
    """Return `text`, equally long, in small letters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)


def _in_a_word(character: str) -> bool:
    """Tell whether a name that it touches goes on; Hangul doesn't count, as particles stick."""
    return character.isascii() and character.isalnum()
