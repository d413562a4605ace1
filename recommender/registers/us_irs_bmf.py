"""The Exempt Organizations Business Master File of the United States' Internal Revenue Service.

Published as CSV files (eo1.csv to eo4.csv, or one a state). It holds no text: a charity is
described by its name and the title of its activity code (NTEE), where it has one.
"""

from __future__ import annotations

import csv
from functools import cache

from ..paths import data_lines
from ..schema import NOT_STATED
from ._files import commas
from ._register import MismatchError, Register, Row, shown, size_band, title_case

_DEDUCTIBLE = {"1": "US=yes", "2": "US=no"}  # 4: by treaty, which says neither
_EXEMPT = frozenset(["01", "02", "12", "25"])
_COMMON = "20"  # codes below it say what an organisation does for others of its group
_ELSEWHERE = " N.E.C."  # not elsewhere classified
_UNKNOWN = "Z"


@cache
def activities() -> dict[str, str]:
    """Return the title of each NTEE code."""
    rows = csv.reader(data_lines("ntee.csv")[1:])
    return {code: title.removesuffix(_ELSEWHERE) for code, title in rows}


def activity(code: str) -> str:
    """Return what an NTEE code says; nothing for an unknown one.

    The first three characters are the activity; a fourth and fifth only divide it further. A
    common code as B01 says nothing without its group: "Alliances & Advocacy, Education".
    """
    titles, code = activities(), code[:3].upper()
    group = titles.get(code[:1], "")
    if not group or code.startswith(_UNKNOWN):
        return ""
    title = titles.get(code, group)
    return f"{title}, {group}" if title != group and code[1:] < _COMMON else title


def charity(row: Row) -> Row:
    """Return the charity of a row."""
    ein = row["EIN"]
    if not (ein.isascii() and ein.isdigit() and len(ein) == 9):
        raise MismatchError(f"{shown(ein)} as EIN", "nine digits")
    name, does = title_case(row["NAME"]), activity(row["NTEE_CD"])
    income = row["INCOME_AMT"]
    return {
        "charity_id": f"{REGISTER.scheme}-{ein}",
        "name": name,
        "description": f"{name}. {does}." if name and does else name,
        "described_by": "its name and activity code" if does else "its name",
        "status": "active" if row["STATUS"] in _EXEMPT else NOT_STATED,
        "tax_deductible": _DEDUCTIBLE.get(row["DEDUCTIBILITY"], ""),
        "country": REGISTER.country if row["STATE"] else "",
        "region": row["STATE"],
        # 0 also stands for those too small to file amounts.
        "size": size_band(income if income.strip("0") else ""),
    }


REGISTER = Register(
    title="Exempt Organizations Business Master File Extract",
    publisher="Internal Revenue Service, United States",
    licence="public domain (work of the United States government)",
    home="https://www.irs.gov/charities-non-profits/"
    "exempt-organizations-business-master-file-extract-eo-bmf",
    language="en",
    country="US",
    scheme="US-EIN",
    needs=("EIN", "NAME", "STATE", "STATUS", "DEDUCTIBILITY", "INCOME_AMT", "NTEE_CD"),
    gives=(
        "charity_id",
        "name",
        "description",
        "status",
        "tax_deductible",
        "country",
        "region",
        "size",
        "described_by",
    ),
    readers={".csv": commas},
    charity=charity,
)
