"""Register files read row by row: separated text, JSON, and either inside a zip.

Bytes that are not UTF-8 arrive as surrogates, so that one bad row doesn't end the reading; the
importer refuses cells that hold any.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any, TextIO

from ._register import MismatchError, Read, Reader, shown

_Cells = tuple[int, list[str] | MismatchError]

_CHUNK = 1 << 20
_LONGEST_OBJECT = 1 << 22
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file of a register, and how to read it."""

    text: TextIO
    reader: Reader
    raw: IO[bytes]
    size: int

    def share(self) -> float:
        """Return which share of the file has been read."""
        return min(1.0, self.raw.tell() / max(self.size, 1))


@contextmanager
def opened(path: Path, readers: Mapping[str, Reader]) -> Iterator[Opened]:
    """Open a file, or the one file in a zip that a reader is for.

    Raises
    ------
    MismatchError
        If it is no such file, also later, where a zip turns out to be damaged.
    """
    with ExitStack() as stack:
        try:
            name, raw, size = (_member if _is_zip(path) else _plain)(path, readers, stack)
            text = io.TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="")
            yield Opened(stack.enter_context(text), readers[_suffix(name)], raw, size)
        except _UNREADABLE as error:
            raise MismatchError(f"an unreadable zip ({error})", "a whole zip") from error
        except OSError as error:
            found = f"a file that can't be read ({error.strerror})"
            raise MismatchError(found, "one that can") from error


def _is_zip(path: Path) -> bool:
    return _suffix(path.name) == ".zip"


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def _plain(
    path: Path, readers: Mapping[str, Reader], stack: ExitStack
) -> tuple[str, IO[bytes], int]:
    if _suffix(path.name) not in readers:
        raise MismatchError(f"a file named {path.name}", f"{_listed(readers)} or .zip")
    return path.name, stack.enter_context(path.open("rb")), path.stat().st_size


def _member(
    path: Path, readers: Mapping[str, Reader], stack: ExitStack
) -> tuple[str, IO[bytes], int]:
    archive = stack.enter_context(zipfile.ZipFile(path))
    fitting = [member for member in archive.infolist() if _suffix(member.filename) in readers]
    if len(fitting) != 1:
        found = ", ".join(archive.namelist()[:5]) or "an empty zip"
        raise MismatchError(found, f"a zip with one file named {_listed(readers)}")
    if fitting[0].flag_bits & 1:
        raise MismatchError("a zip with a password", "one without")
    return fitting[0].filename, archive.open(fitting[0]), fitting[0].file_size


def _listed(readers: Iterable[str]) -> str:
    return " or ".join(readers)


def _separated(
    lines: Iterator[_Cells], needs: tuple[str, ...], may: tuple[str, ...]
) -> Iterator[Read]:
    """Yield each row below the header, its columns those that are asked for."""
    _, header = next(lines, (1, []))
    if isinstance(header, MismatchError):
        raise header
    header = [name.strip() for name in header]
    if not header:
        raise MismatchError("an empty file", f"a header with {', '.join(needs)}")
    if any(header.count(name) != 1 for name in needs):
        found = f"the header {shown(', '.join(header), 200)}"
        raise MismatchError(found, f"the columns {', '.join(needs)}, each once")
    places = {name: header.index(name) for name in (*needs, *may) if name in header}
    for line, cells in lines:
        if isinstance(cells, list) and len(cells) != len(header):
            expected = f"{len(header)} fields as in the header"
            cells = MismatchError(f"{len(cells)} fields", expected)
        if isinstance(cells, MismatchError):
            yield f"line {line}", cells
        else:
            yield f"line {line}", {name: cells[place] for name, place in places.items()}


def _one_a_line(text: TextIO, delimiter: str, quoted: bool) -> Iterator[_Cells]:
    """Yield the cells of each line; a quotation mark left open spoils its own line only."""
    for number, line in enumerate(text, 1):
        written = line.rstrip("\r\n")
        if quoted and '"' in written:
            try:
                yield number, next(csv.reader([written], delimiter=delimiter, strict=True))
            except csv.Error as error:
                yield number, MismatchError(str(error), "cells quoted as CSV asks")
        elif written:
            # Text without quoting has its quotation marks escaped all the same.
            yield number, written.replace(r"\"", '"').split(delimiter)


def _over_lines(text: TextIO) -> Iterator[_Cells]:
    """Yield the cells of each row of a spreadsheet's CSV; a cell may run over several lines."""
    header = text.readline()
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(chain([header], text), delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, MismatchError(str(error), "cells quoted as CSV asks")
        else:
            if any(cell.strip() for cell in cells):
                yield line, cells


def _read_lines(
    text: TextIO, needs: tuple[str, ...], may: tuple[str, ...], *, delimiter: str, quoted: bool
) -> Iterator[Read]:
    return _separated(_one_a_line(text, delimiter, quoted), needs, may)


commas: Reader = partial(_read_lines, delimiter=",", quoted=True)
"""Comma-separated, a row on each line."""

tabs: Reader = partial(_read_lines, delimiter="\t", quoted=False)
"""Tab-separated, a row on each line; a quotation mark is a mark as any other."""


def spreadsheet(text: TextIO, needs: tuple[str, ...], may: tuple[str, ...]) -> Iterator[Read]:
    """Yield the rows of a CSV file with commas, semicolons or tabs."""
    return _separated(_over_lines(text), needs, may)


def objects(text: TextIO, needs: tuple[str, ...], may: tuple[str, ...]) -> Iterator[Read]:
    """Yield the objects of a JSON array, of which a part is in memory at a time."""
    for number, item in enumerate(_items(text), 1):
        missing = needs if not isinstance(item, dict) else [n for n in needs if n not in item]
        wrong = MismatchError("an item that lacks " + ", ".join(missing), "an object that has them")
        if missing and number == 1:
            raise wrong
        yield f"item {number}", wrong if missing else _cells(item, (*needs, *may))


def _cells(item: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str] | MismatchError:
    values = {name: item[name] for name in names if name in item}
    for name, value in values.items():
        if isinstance(value, dict | list):
            return MismatchError(f"a {type(value).__name__} as {name}", "text or a number")
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _items(text: TextIO) -> Iterator[Any]:
    decode, buffer, place = json.JSONDecoder().raw_decode, text.read(_CHUNK), 0
    if not buffer.lstrip().startswith("["):
        raise MismatchError(shown(buffer), "a JSON array of objects")
    place = buffer.index("[") + 1
    while True:
        place = _past(buffer, place)
        if buffer.startswith("]", place):
            return
        try:
            item, place = decode(buffer, place)
        except (ValueError, RecursionError) as error:  # the latter: nested without end
            more = text.read(_CHUNK)
            # Without a limit, a file broken at its start would be read to its end again and again.
            if not more or len(buffer) - place > _LONGEST_OBJECT:
                found = shown(buffer[place : place + 200]) if buffer[place:] else "the file's end"
                raise MismatchError(found, "JSON up to the closing ]; is it cut off?") from error
            buffer, place = buffer[place:] + more, 0
        else:
            yield item


def _past(buffer: str, place: int) -> int:
    """Return the first place from there on that is neither white space nor a comma."""
    while place < len(buffer) and buffer[place] in " \t\r\n,":
        place += 1
    return place
