"""The bytes of a text file to its text, or to what they are instead.

What Korean spreadsheet programs write as CSV is CP949, and other ones UTF-16; both are recognised.
Latin-1 and its kin aren't read: any bytes are some text in them, so that a wrong guess would show
donors wrong letters in silence.
"""

from __future__ import annotations

import codecs
import re

from .errors import CatalogueError, Place, Problem
from .problems import FILE, problem

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BEGINNINGS = (
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"%PDF", "document"),
)
_WORKBOOKS = (b"xl/workbook", b"opendocument.spreadsheet")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.I)
_PAIR = re.compile(rb"[\x80-\xff].", re.S)
_HANGUL = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_BEGINNING = 64
_SURE = 0.9


def decoded(name: str, data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, UTF-32 or CP949.

    Parameters
    ----------
    name : str
        What an error calls the file.
    data : bytes

    Raises
    ------
    CatalogueError
        If it is another kind of file, or text in an encoding that can't be told for certain.
    """
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", _unmarked(data)))
    if not mark and (kind := other_than_text(data)):
        raise CatalogueError(name, [problem(kind, FILE)])
    try:
        return data[len(mark) :].decode(_codec(mark, encoding))
    except UnicodeDecodeError as error:
        if encoding == "UTF-8" and not mark and _is_korean(data):
            return data.decode("cp949")
        wrong = _wrong_bytes(data, error.start + len(mark), encoding)
        raise CatalogueError(name, [wrong]) from error


def other_than_text(data: bytes) -> str:
    """Return the kind of problem that a file which is no text is; "" for what may be text."""
    kind = next((k for start, k in _BEGINNINGS if data.startswith(start)), "")
    if kind == "archive" and any(sign in data for sign in _WORKBOOKS):
        return "workbook"
    return "markup" if _MARKUP.match(data[:_BEGINNING]) else kind


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 by its header: of letters of a column's name every second byte is zero."""
    for first, encoding in ((1, "UTF-16-LE"), (0, "UTF-16-BE")):
        half = data[first:_BEGINNING:2]
        if half and half.count(0) > _SURE * len(half):
            return encoding
    return "UTF-8"


def _codec(mark: bytes, encoding: str) -> str:
    if encoding not in ("UTF-16", "UTF-32"):
        return encoding
    little = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)
    return f"{encoding}-{'LE' if little else 'BE'}"


def _is_korean(data: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 are Korean text in CP949.

    Its common syllables are pairs of bytes that hardly ever stand beside each other in Latin-1;
    in the encodings of Chinese and Japanese most pairs are others.
    """
    try:
        data.decode("cp949")
    except UnicodeDecodeError:
        return False
    pairs = _PAIR.findall(data)
    syllables = sum(_HANGUL.fullmatch(pair) is not None for pair in pairs)
    return syllables > 1 and syllables >= _SURE * len(pairs)


def _wrong_bytes(data: bytes, start: int, encoding: str) -> Problem:
    if encoding != "UTF-8":
        return problem("damaged", FILE, encoding=encoding)
    line = data[:start].count(b"\n") + 1
    return problem("encoding", Place("line", line), bytes=data[start : start + 4].hex(" "))
