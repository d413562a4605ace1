"""Where the shipped data is, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from .errors import CatalogueError, Problem, RecommenderError

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """Return the folder of the shipped data.

    The wheel carries it inside the package. That place is tried first: next to an installed
    package, a folder named data could be anybody's.
    """
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def whole_text(path: Path) -> str:
    """Return a text whose last line has an end: of one that was cut short it has none.

    Raises
    ------
    RecommenderError
        If it can't be read, is no text in UTF-8, or ends amid a line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RecommenderError(f"can't read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
        raise CatalogueError(str(path), [Problem(place, "no UTF-8", "text in UTF-8")]) from error
    if text and not text.endswith("\n"):
        place = f"line {text.count(chr(10)) + 1}"
        expected = "a line break at its end; the file may have been cut short"
        raise CatalogueError(str(path), [Problem(place, "none", expected)])
    return text


def data_lines(name: str) -> list[str]:
    """Return the lines of a shipped word list, without comments and empty ones.

    Raises
    ------
    RecommenderError
        If it is no text in UTF-8, or ends amid a line.
    """
    lines = whole_text(data_folder() / name).splitlines()
    return [line for line in lines if line and not line.startswith("#")]
