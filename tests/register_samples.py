"""A made-up file of each register, under the header that its publisher uses.

Every column that a register doesn't read holds FORBIDDEN: nothing of it may reach a catalogue.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from recommender import RecommenderError
from recommender.registers import load_register
from recommender.registers._importing import Summary
from recommender.registers._register import Register

FORBIDDEN = "Jo Q. Officer 555-0199"
Rows = Sequence[Mapping[str, str]]
Import = Callable[..., Summary]


@dataclass(frozen=True)
class Sample:
    """Two right rows of a register, and what the first one becomes."""

    file: str
    header: str
    delimiter: str
    rows: Rows
    becomes: Mapping[str, str]
    name: str
    text: str
    identifier: str
    bad_identifier: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def content(self, *changes: Mapping[str, str], rows: Rows | None = None) -> str:
        """The file's text; each of `changes` is one more row, the first one with other cells."""
        names, text = self.header.split(), io.StringIO()
        # The tab-separated extract has no quoting, but a backslash before a quotation mark.
        tabs = {"quoting": csv.QUOTE_NONE, "escapechar": "\\"} if self.delimiter == "\t" else {}
        writer = csv.DictWriter(text, names, FORBIDDEN, delimiter=self.delimiter, **tabs)
        writer.writeheader()
        first = self.rows if rows is None else rows
        writer.writerows([*first, *({**self.rows[0], **change} for change in changes)])
        return text.getvalue()

    def write(self, folder: Path, content: str | bytes) -> Path:
        """Write a file named as the register's."""
        path = folder / self.file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


SAMPLES = {
    "us-irs-bmf": Sample(
        file="eo1.csv",
        header="EIN NAME ICO STREET CITY STATE ZIP GROUP SUBSECTION AFFILIATION CLASSIFICATION "
        "RULING DEDUCTIBILITY FOUNDATION ACTIVITY ORGANIZATION STATUS TAX_PERIOD ASSET_CD "
        "INCOME_CD FILING_REQ_CD PF_FILING_REQ_CD ACCT_PD ASSET_AMT INCOME_AMT REVENUE_AMT "
        "NTEE_CD SORT_NAME",
        delimiter=",",
        rows=[
            {
                "EIN": "000000019",
                "NAME": "FRIENDS OF ST ANNE'S SCHOOLS, INC",
                "STATE": "ME",
                "DEDUCTIBILITY": "1",
                "STATUS": "01",
                "INCOME_AMT": "273483",
                "NTEE_CD": "B20",
            },
            {
                "EIN": "990000002",
                "NAME": "HARBOR LODGE",
                "STATE": "",
                "DEDUCTIBILITY": "2",
                "STATUS": "99",
                "INCOME_AMT": "0",
                "NTEE_CD": "",
            },
        ],
        becomes={
            "charity_id": "US-EIN-000000019",
            "name": "Friends of St Anne's Schools, Inc",
            "description": "Friends of St Anne's Schools, Inc. Elementary & Secondary Schools.",
            "described_by": "its name and activity code",
            "status": "active",
            "tax_deductible": "US=yes",
            "country": "US",
            "region": "ME",
            "size": "100k–1m",
        },
        name="NAME",
        text="NTEE_CD",
        identifier="EIN",
        bad_identifier="01-0346197",
    ),
    "gb-chc": Sample(
        file="publicextract.charity.txt",
        header="date_of_extract organisation_number registered_charity_number "
        "linked_charity_number charity_name charity_type charity_registration_status "
        "date_of_registration date_of_removal charity_reporting_status "
        "latest_acc_fin_period_start_date latest_acc_fin_period_end_date latest_income "
        "latest_expenditure charity_contact_address1 charity_contact_address2 "
        "charity_contact_address3 charity_contact_address4 charity_contact_address5 "
        "charity_contact_postcode charity_contact_phone charity_contact_email charity_contact_web "
        "charity_company_registration_number charity_insolvent charity_in_administration "
        "charity_previously_excepted charity_is_cdf_or_cif charity_is_cio cio_is_dissolved "
        "date_cio_dissolution_notice charity_activities charity_gift_aid charity_has_land",
        delimiter="\t",
        rows=[
            {
                "registered_charity_number": "1",
                "linked_charity_number": "0",
                "charity_name": "THE WELL-READ TRUST",
                "charity_registration_status": "Registered",
                "latest_income": "9999.0",
                "charity_contact_web": "www.wellread.example",
                "charity_activities": "We teach adults to read,  and lend them books.",
            },
            {
                "registered_charity_number": "1",
                "linked_charity_number": "2",
                "charity_name": "Books by Bike",
                "charity_registration_status": "Removed",
                "latest_income": "",
                "charity_contact_web": "jo@wellread.example",
                "charity_activities": "Books are brought to the housebound.",
            },
        ],
        becomes={
            "charity_id": "GB-CHC-1",
            "name": "The Well-Read Trust",
            "description": "We teach adults to read, and lend them books.",
            "described_by": "the charity",
            "status": "active",
            "website": "http://www.wellread.example",
            "country": "GB",
            "size": "under 10k",
        },
        name="charity_name",
        text="charity_activities",
        identifier="registered_charity_number",
        bad_identifier="SC012345",
    ),
    "csv": Sample(
        file="ours.csv",
        header="Number Charity Mission Treasurer Phone E-mail",
        delimiter=",",
        rows=[
            {"Number": "X-1", "Charity": "Well Read", "Mission": "It lends books."},
            {"Number": "X-2", "Charity": "Wide Awake", "Mission": "It plants\ntrees."},
        ],
        becomes={"charity_id": "X-1", "name": "Well Read", "description": "It lends books."},
        name="Charity",
        text="Mission",
        identifier="Number",
        bad_identifier="no id",
        columns={"charity_id": "Number", "name": "Charity", "description": "Mission"},
    ),
}


def register_of(code: str) -> Register:
    """The register, told the columns of its sample if it has no layout of its own."""
    register, columns = load_register(code), SAMPLES[code].columns
    return register.mapped(columns) if register.mapped and columns else register


def refused(run: Callable[[], object], *words: str) -> str:
    """The text of the error that all of these words stand in."""
    with pytest.raises(RecommenderError) as caught:
        run()
    for word in words:
        assert word in str(caught.value)
    return str(caught.value)
