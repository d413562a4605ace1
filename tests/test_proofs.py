"""PRIVACY.md and WITHSTANDS.md in .github say what is listed, and pytest has its tests.

`python3 run.py python tests/test_proofs.py` writes both anew.
"""

import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from textwrap import TextWrapper

import pytest
from claims import CLAIMS
from proofs import Claim, Tried
from tried import TRIED

ROOT = Path(__file__).parents[1]
PRIVACY, WITHSTOOD = ROOT / ".github/PRIVACY.md", ROOT / ".github/WITHSTANDS.md"
MADE = """
This page is made of a list in tests/ by `python3 run.py python tests/test_proofs.py`; a test holds
it to that list, and the list to the tests that there are.
"""
PRIVACY_HEAD = """# Privacy

What becomes of answers, own words and tables. Each sentence names the tests that prove it, and says
no more than they do. Tests that need a browser are skipped where there is none, unless
`REQUIRE_BROWSER=1` is set.
"""
ITEM = TextWrapper(
    99,
    initial_indent="- ",
    subsequent_indent="  ",
    break_long_words=False,
    break_on_hyphens=False,
)
HEAD = "| what was tried | cases | what came of it | proved by |\n|---|---|---|---|\n"


def named() -> set[str]:
    """Every test that is named as a proof."""
    return set(chain.from_iterable(entry.tests for entry in (*CLAIMS, *TRIED)))


@cache
def cases() -> Counter[str]:
    """How many cases each test of the named files has, as pytest collects them."""
    files = sorted({test.partition("::")[0] for test in named()})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    lines = done.stdout.splitlines()
    return Counter(line.partition("[")[0] for line in lines if line.startswith("tests/"))


def privacy(claims: list[Claim]) -> str:
    """The page about privacy."""
    said = "".join(f"{ITEM.fill(f'{c.sentence} ({proved_by(c.tests)})')}\n" for c in claims)
    return f"{PRIVACY_HEAD}{MADE}\n{said}"


def tried(rows: list[Tried]) -> str:
    """The page about what was tried."""
    tables = [
        f"\n## {area}\n\n{HEAD}{''.join(map(row, of_area))}"
        for area, of_area in groupby(rows, key=lambda row: row.area)
    ]
    total = sum(count(row.tests) for row in rows)
    return (
        f"# What it withstands\n\nFaults, attacks and mishaps, {total} cases in all. A case is one "
        "that pytest counts; many try more than one thing. Some need a browser, root or a system "
        f"that lets disks be mounted, and are skipped, with the reason, without it.\n{MADE}"
        + "".join(tables)
    )


def row(entry: Tried) -> str:
    """A row of a table."""
    cells = (entry.what, str(count(entry.tests)), entry.outcome, proved_by(entry.tests))
    return f"| {' | '.join(cells)} |\n"


def count(tests: tuple[str, ...]) -> int:
    return sum(cases()[test] for test in tests)


def proved_by(tests: tuple[str, ...]) -> str:
    """Links to the files of tests, named as pytest knows them."""
    return ", ".join(f"[{test.partition('::')[2]}](../{test.partition('::')[0]})" for test in tests)


@pytest.mark.parametrize("test", sorted(named()))
def test_every_proof_is_a_test_that_there_is(test: str) -> None:
    assert cases()[test] > 0, f"no test {test}: name another proof, or take the sentence back"


def test_the_pages_say_what_is_listed() -> None:
    assert PRIVACY.read_text(encoding="utf-8") == privacy(CLAIMS)
    assert WITHSTOOD.read_text(encoding="utf-8") == tried(TRIED)


def test_nothing_is_said_without_a_proof() -> None:
    assert all(entry.tests for entry in (*CLAIMS, *TRIED))
    areas = [entry.area for entry in TRIED]
    assert len(list(groupby(areas))) == len(set(areas)), "rows of an area stand together"


if __name__ == "__main__":
    PRIVACY.write_text(privacy(CLAIMS), encoding="utf-8")
    WITHSTOOD.write_text(tried(TRIED), encoding="utf-8")
