"""Looks for bytes that do anything but load or be refused, guided by which code they reach.

`pip install atheris` first, which is no dependency of the project; then

    python tests/fuzz/fuzz.py tables -max_total_time=180

or receipts, links or donors, or without the option until it is stopped. What follows the target is
libFuzzer's. A finding is written to the folder it was started in, and is read again by naming it.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["recommender"]):
    import hostile_answers
    import hostile_tables

    from recommender import CatalogueError, Recommender, load_catalogue, parse_catalogue
    from recommender.cells import tidy
    from recommender.charities import Charities
    from recommender.donors import read_donors
    from recommender.links import decode, encode
    from recommender.received import read

LARGEST = 20_000


def tables(data: bytes) -> None:
    """A visitor's file; the first byte tells whether it is named as Parquet."""
    with suppress(CatalogueError):
        table = parse_catalogue(data[1:], "x.parquet" if data[:1] == b"p" else "x.csv")
        assert table.index.is_unique
        assert len(Charities.of(table)) > 0
        assert table.map(tidy).equals(table)


def receipts(data: bytes) -> None:
    """What is read is written again as it was."""
    with suppress(CatalogueError):
        found = read(data)
        assert read(found.as_json().encode()) == found


def links(data: bytes) -> None:
    """Whatever a link says, what is left of it can be asked and linked again."""
    query = data.decode("utf-8", "surrogateescape")
    asked = decode(hostile_answers.query_of("v=1&" + query), MODEL).asked
    MODEL.rank(asked, k=1)
    assert decode(hostile_answers.query_of(encode(asked)), MODEL).asked == asked


def donors(data: bytes) -> None:
    """A table of donors on disk; each of them can be answered."""
    PATH.write_bytes(data)
    with suppress(CatalogueError):
        found = read_donors(PATH, MODEL.agenda_, MODEL.facets_)
        for donor in found[:2]:
            MODEL.recommend(**donor.asked(), k=1)


MODEL = Recommender().fit(load_catalogue())
PATH = Path(tempfile.mkdtemp()) / "donors.csv"
TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "tables": (tables, [b"c" + raw for raw in hostile_tables.contents()]),
    "receipts": (receipts, hostile_answers.receipts(MODEL)),
    "links": (links, hostile_answers.links()),
    "donors": (donors, hostile_answers.donors()),
}


def main() -> None:
    """Fuzz the target that the command line names, from the seeds that the tests know."""
    target, seeds = TARGETS[sys.argv.pop(1)]
    corpus = Path(tempfile.mkdtemp())
    for number, seed in enumerate(seeds):
        if len(seed) <= LARGEST:
            (corpus / str(number)).write_bytes(seed)
    atheris.Setup([*sys.argv, f"-max_len={LARGEST}", str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
