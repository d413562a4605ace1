"""Answers that strangers may send: links, receipts and tables of donors, each with its outcome."""

import datetime
import json
from typing import Any
from urllib.parse import parse_qsl

from recommender import Recommender
from recommender.export import to_json
from recommender.own_words import MAX_TEXT

DAY = datetime.date(2026, 12, 1)
BIDI = "\u202eevil\u2066"
LONG = "x" * 100_000

# What stands in a link beside v=1&education=2, and what is told of it.
LINKS: dict[str, tuple[str, str]] = {
    "a weight below 0": ("justice=-1", "weight"),
    "a weight above 5": ("justice=6", "weight"),
    "a huge weight": ("justice=1e308", "weight"),
    "a weight that is no number": ("justice=nan", "weight"),
    "an infinite weight": ("justice=inf", "weight"),
    "digits of another script": ("justice=%D9%A3", "weight"),
    "half of a pair of surrogates": ("like=%ED%A0%80", "charity"),
    "right-to-left text": ("like=%E2%80%AEevil", "charity"),
    "markup": ("like=%3Cscript%3Ealert(1)%3C/script%3E", "charity"),
    "a charity wanted and not wanted": ("like=link&unlike=link", "both"),
    "a facet that there isn't": ("only.colour=red", "facet"),
    "a value that there isn't": ("hide.lobbies=perhaps", "value"),
    "100 kB of text": (f"like={LONG}", "too long"),
    "ten thousand keys": ("&".join(f"k{n}=5" for n in range(10_000)), "too long"),
}

# What of a right receipt is replaced, and where the problem is told.
RECEIPTS: dict[str, tuple[dict[str, Any], str]] = {
    "a weight below 0": ({"answers": {"justice": -1}}, "answers.justice"),
    "a huge weight": ({"answers": {"justice": 1e308}}, "answers.justice"),
    "a weight of a thousand digits": ({"answers": {"justice": 10**1000}}, "answers.justice"),
    "a weight that is no number": ({"answers": {"justice": float("nan")}}, "file"),
    "an infinite weight": ({"answers": {"justice": float("-inf")}}, "file"),
    "100 kB of text": ({"text": LONG}, "text"),
    "half of a pair of surrogates": ({"text": "\ud800"}, "text"),
    "a charity wanted and not wanted": ({"like": ["link"], "unlike": ["link"]}, "unlike"),
    "another format": ({"format": "other"}, "format"),
    "a version to come": ({"format_version": 2}, "format_version"),
    "a ranking of anything": ({"ranking": [0, [], None]}, "ranking[0]"),
}

# What a donor's row holds, and the problem's column; "" where it is read.
DONORS: dict[str, tuple[str, str]] = {
    "a weight below 0": ("a,-1,", "education"),
    "a weight above 5": ("a,5.01,", "education"),
    "a huge weight": ("a,1e308,", "education"),
    "a weight that is no number": ("a,nan,", "education"),
    "an infinite weight": ("a,-inf,", "education"),
    "digits of another script": ("a,٣,", "education"),
    "digits joined by a line": ("a,0_1,", "education"),
    "a tiny weight": ("a,1e-9,", ""),
    "words for a weight": ("a,much,", "education"),
    "100 kB of text": (f"a,1,{LONG}", "text"),
    "too many words": (f"a,1,{'x' * (MAX_TEXT + 1)}", "text"),
    "right-to-left text": (f"a,1,{BIDI}", ""),
    "a formula": ("a,1,=HYPERLINK(1)", ""),
    "markup": ("a,1,<script>alert(1)</script>", ""),
    "no id": (",1,", "donor_id"),
}


def receipt_with(change: dict[str, Any], model: Recommender) -> bytes:
    """A right receipt with something else in it."""
    right = json.loads(to_json(model.recommend({"justice": 5}, k=3), date=DAY))
    return json.dumps(right | change).encode()


def receipts(model: Recommender) -> list[bytes]:
    """A right receipt, and each hostile one."""
    changes = [{}, *(change for change, _ in RECEIPTS.values())]
    return [receipt_with(change, model) for change in changes]


def query_of(link: str) -> dict[str, str]:
    """A link's query as a browser's address is read; of keys that stand twice the last one."""
    return dict(parse_qsl(link, keep_blank_values=True))


def links() -> list[bytes]:
    """What stands in each hostile link, and in a right one."""
    right = "justice=5&education=skip&like=link&only.works_in=south_korea&hide.lobbies=yes"
    return [right.encode(), *(query.encode() for query, _ in LINKS.values())]


def donor_table(row: str) -> bytes:
    """A table of a donor without faults, and another one."""
    return f"donor_id,education,text\nz,3,schools\n{row}\n".encode()


def donors() -> list[bytes]:
    """Each hostile table of donors."""
    return [donor_table(row) for row, _ in DONORS.values()]
