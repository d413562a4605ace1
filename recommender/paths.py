"""Where the shipped data is, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """Return the folder of the shipped data.

    The wheel carries it inside the package. That place is tried first: next to an installed
    package, a folder named data could be anybody's.
    """
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def data_lines(name: str) -> list[str]:
    """Return the lines of a shipped word list, without comments and empty ones."""
    lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
