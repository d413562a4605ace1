"""What the page shows comes from files; here they are spoilt, mended, rebuilt and taken away."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bulk_samples import grown
from served import ROOT, Served, serving, session

from recommender import load_priorities
from recommender.building import build_index
from recommender.languages import load_language

CARD, FAILED = b"<article", load_language("en")("failure-heading").encode()


def sent(served: Served) -> bytes:
    with session(served.url) as opened:
        return opened.sent


def shows_charities(seen: bytes) -> bool:
    return CARD in seen and FAILED not in seen


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project where its data may be spoilt; its catalogue has two charities of an id."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("recommender", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    catalogue = folder / "data" / "charities.csv"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text + text.splitlines(keepends=True)[-1], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def spoilt(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page, started upon a catalogue that can't be used."""
    log = tmp_path_factory.mktemp("spoilt") / "log.txt"
    with serving(log, before=f"import os; os.chdir({str(copy)!r})") as served:
        yield served


def test_a_catalogue_may_be_spoilt_mended_edited_and_removed_under_the_page(
    spoilt: Served, copy: Path
) -> None:
    catalogue = copy / "data" / "charities.csv"
    seen = sent(spoilt)
    for said in ("charities.csv", "each id once"):
        assert said.encode() in seen
        assert said in spoilt.said()
    assert FAILED in seen
    assert b"Traceback" not in seen
    assert "Traceback" not in spoilt.said()
    catalogue.write_bytes((ROOT / "data/charities.csv").read_bytes())
    assert shows_charities(sent(spoilt))  # mended: without another start
    catalogue.write_text("charity_id\n", encoding="utf-8")
    assert shows_charities(sent(spoilt))  # what is shown is what was checked
    shutil.rmtree(copy / "data")
    assert shows_charities(sent(spoilt))


def build(folder: Path, name: str) -> None:
    table = grown(40)
    table["name"] = [f"{name} {number}" for number in range(len(table))]
    table.to_parquet(folder / "some.parquet", index=False)
    build_index(folder / "some.parquet", folder / "some.index", load_priorities())


def test_an_index_may_come_later_be_rebuilt_and_removed_under_the_page(tmp_path: Path) -> None:
    index = tmp_path / "some.index"
    with serving(tmp_path / "log.txt", "--", "--index", str(index)) as served:
        seen = sent(served)
        assert FAILED in seen
        assert b"no index at" in seen
        assert f"no index at {index}" in served.said().replace("\n", " ")
        build(tmp_path, "Early")
        assert b"Early " in sent(served)  # made: without another start
        build(tmp_path, "Later")
        seen = sent(served)
        assert shows_charities(seen)
        assert b"Early " in seen  # whole, as it was opened, until the next start
        assert b"Later " not in seen
        shutil.rmtree(index)
        assert b"Early " in sent(served)
        assert "Traceback" not in served.said()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as POSIX has them")
def test_ctrl_c_stops_the_page_with_a_word_even_while_somebody_reads(tmp_path: Path) -> None:
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with serving(tmp_path / "log.txt", before=heard) as served, session(served.url):
        os.kill(served.pid, signal.SIGINT)
        status = os.waitstatus_to_exitcode(os.waitpid(served.pid, 0)[1])
    assert status == 0
    assert "Stopped." in served.said().splitlines()
    for word in ("Aborted", "Traceback"):
        assert word not in served.said()
