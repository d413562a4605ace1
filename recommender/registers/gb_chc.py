"""The register of the Charity Commission for England and Wales, as its daily public extract.

Published as publicextract.charity.zip, which holds the table as JSON or as tab-separated text.
"""

from __future__ import annotations

from ..schema import NOT_STATED
from ._files import objects, tabs
from ._register import MismatchError, Register, Row, shown, size_band, title_case, web_address

_STATUSES = {"Registered": "active", "Removed": "closed"}
_NUMBER, _LINKED = "registered_charity_number", "linked_charity_number"


def charity(row: Row) -> Row:
    """Return the charity of a row."""
    for name in (_NUMBER, _LINKED):
        if not (row[name].isascii() and row[name].isdigit()):
            raise MismatchError(f"{shown(row[name])} as {name}", "digits")
    # A linked charity reports together with the main one, whose linked number is 0.
    number, linked = (row[name].lstrip("0") for name in (_NUMBER, _LINKED))
    activities = " ".join(row["charity_activities"].split())
    return {
        "charity_id": "-".join(filter(None, [REGISTER.scheme, number, linked])),
        "name": title_case(row["charity_name"]),
        "description": activities,
        "described_by": "the charity",
        "status": _STATUSES.get(row["charity_registration_status"], NOT_STATED),
        "website": web_address(row["charity_contact_web"]),
        "country": REGISTER.country,
        "size": size_band(row["latest_income"]),
    }


REGISTER = Register(
    title="Register of charities, public extract",
    publisher="Charity Commission for England and Wales",
    licence="Open Government Licence v3.0",
    home="https://register-of-charities.charitycommission.gov.uk/register/full-register-download",
    language="en",
    country="GB",
    scheme="GB-CHC",
    needs=(
        _NUMBER,
        _LINKED,
        "charity_name",
        "charity_registration_status",
        "latest_income",
        "charity_contact_web",
        "charity_activities",
    ),
    gives=(
        "charity_id",
        "name",
        "description",
        "status",
        "website",
        "country",
        "size",
        "described_by",
    ),
    readers={".json": objects, ".txt": tabs},
    charity=charity,
)
