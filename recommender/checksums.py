"""Figures by which damage to a stored file is told: its size, its ends, and all of it.

An index opens in milliseconds whatever its size. So sizes and ends are compared whenever it is
opened: there arrays and tables say how they are laid out. All of a file is compared on demand.

A small text that people read and edit is sealed by its first line, a comment, which is compared
whenever it is read: what is refused says the line that belongs there after an edit.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import Problem

TEXT_FORMAT = 1
_FIRST = re.compile(r"# Format ([0-9]{1,9}), SHA-256 of what follows: (.*)")
_SHOWN = 80

ENDS = 4096
"""Bytes at the beginning of a file, and as many at its end."""

_SEAL = "checksum"


def described(file: Path) -> dict[str, Any]:
    """Return a file's size in bytes, the SHA-256 of its ends, and that of all of it."""
    with file.open("rb") as opened:
        whole = hashlib.file_digest(opened, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "ends": _ends(file), "sha256": whole}


def _ends(file: Path) -> str:
    with file.open("rb") as opened:
        said = hashlib.sha256(opened.read(ENDS))
        opened.seek(max(file.stat().st_size - ENDS, 0))
        said.update(opened.read(ENDS))
    return said.hexdigest()


def damage(file: Path, wanted: Mapping[str, Any], *, thorough: bool = False) -> str:
    """Return what is wrong with a file that `described` has described; nothing if it is whole.

    Parameters
    ----------
    file : Path
    wanted : mapping
        What was said of it when it was written.
    thorough : bool, default False
        Whether to read all of it.
    """
    try:
        size = file.stat().st_size
        if size != wanted["bytes"]:
            return f"found {size} bytes; expected {wanted['bytes']}"
        same = _ends(file) == wanted["ends"]
        if same and thorough:
            same = described(file)["sha256"] == wanted["sha256"]
    except OSError as error:
        return str(error.strerror or error)
    except (LookupError, TypeError):
        return "its size and checksums aren't stated"
    return "" if same else "its checksum differs"


def sealed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be kept as JSON, with a checksum of its own."""
    return {**said, _SEAL: _print(said)}


def is_whole(said: Mapping[str, Any]) -> bool:
    """Tell whether what was read is what was sealed."""
    return said.get(_SEAL) == _print({k: v for k, v in said.items() if k != _SEAL})


def _print(said: Mapping[str, Any]) -> str:
    # ASCII, since half a pair of surrogates can't be encoded.
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def sealed_text(text: str) -> str:
    """Return a text below a line that says its format and checksum."""
    return f"{_first(text)}\n{text}"


def foreign_text(text: str) -> list[Problem]:
    """Return whether a sealed text has a format that this version doesn't know, as a problem."""
    first = _FIRST.fullmatch(text.partition("\n")[0])
    if first is None or int(first[1]) == TEXT_FORMAT:
        return []
    expected = f"format {TEXT_FORMAT}, which this version reads; make the file again"
    return [Problem("line 1", f"format {first[1]}", expected)]


def text_damage(text: str) -> list[Problem]:
    """Return in what a text isn't what was sealed; nothing if it is whole."""
    line, _, rest = text.partition("\n")
    if line == _first(rest):
        return []
    if _FIRST.fullmatch(line):
        found, expected = (
            line,
            f"{_first(rest)}; the file was damaged, or edited: then put it there",
        )
    else:
        found, expected = line[:_SHOWN] or "nothing", f"{_first(text)}; put it above, as line 1"
    return [Problem("line 1", found, expected)]


def _first(text: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"# Format {TEXT_FORMAT}, SHA-256 of what follows: {digest}"
