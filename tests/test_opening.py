import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender import Recommender, RecommenderError, opening
from recommender.building import build_index
from recommender.opening import open_index
from recommender.priorities import Priorities
from recommender.stored import Stored, open_stored

HEAD = "charity_id,name,description\n"


@pytest.fixture
def folder(tmp_path: Path, priorities: Priorities) -> Path:
    build(tmp_path, priorities, "a,A,Runs schools.\nb,B,Feeds people.\n")
    return tmp_path / "a.index"


def build(tmp_path: Path, priorities: Priorities, rows: str) -> None:
    (tmp_path / "few.csv").write_text(HEAD + rows, encoding="utf-8")
    build_index(tmp_path / "few.csv", tmp_path / "a.index", priorities)


def test_an_index_is_mapped(folder: Path, priorities: Priorities) -> None:
    found = open_index(folder, priorities.fingerprint)
    assert (found.index.size_, list(found.index.fields_)) == (2, ["en"])
    assert found.charities.find("A") == "a"
    assert found.facets.counts()["status"].to_dict() == {"not stated": 2}
    for array in (found.index.fields_["en"].weights, found.charities.by_id, found.charities.places):
        assert isinstance(array.base, np.memmap)


def test_an_index_of_other_priorities_is_refused(folder: Path, priorities: Priorities) -> None:
    with pytest.raises(RecommenderError, match=r"made with other priorities.*Make it again"):
        open_index(folder, "another")
    with pytest.raises(RecommenderError, match=r"made with other priorities.*Make it again"):
        Recommender.open(folder, priorities=priorities.unlearned())


def test_an_index_whose_ties_were_drawn_by_another_seed_is_refused(
    folder: Path, tmp_path: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SEED", "another 2027")
    with pytest.raises(RecommenderError, match=r"a\.index .*'where-to-give 2026'.*Make it again"):
        open_index(folder, priorities.fingerprint)


def test_an_index_from_before_there_were_lots_is_refused(
    folder: Path, priorities: Priorities
) -> None:
    said = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    (folder / "index.json").write_text(json.dumps(said | {"format": 1}), encoding="utf-8")
    with pytest.raises(RecommenderError, match=r"a\.index has format 1.*Make it again"):
        open_index(folder, priorities.fingerprint)


def test_every_file_that_is_damaged_is_named(folder: Path, priorities: Priorities) -> None:
    """Whichever of them it is: never a traceback, never an answer."""
    content = open_stored(folder)._folder
    files = sorted(content.iterdir())
    assert {file.suffix for file in files} == {".npy", ".arrow"}
    for file in files:
        whole = file.read_bytes()
        for damaged in (whole[:-1], b"x" * len(whole), None):
            file.unlink() if damaged is None else file.write_bytes(damaged)
            with pytest.raises(RecommenderError, match=f"{re.escape(file.name)}.*Make it again"):
                open_index(folder, priorities.fingerprint)
            file.write_bytes(whole)
    open_index(folder, priorities.fingerprint)


def test_an_index_that_is_replaced_while_it_is_opened_is_opened_anew(
    folder: Path, tmp_path: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    array = Stored.array

    def replaced_meanwhile(stored: Stored, name: str) -> np.ndarray:
        monkeypatch.setattr(Stored, "array", array)
        build(tmp_path, priorities, "c,C,Runs schools.\n")
        return array(stored, name)

    monkeypatch.setattr(Stored, "array", replaced_meanwhile)
    assert len(open_index(folder, priorities.fingerprint).charities) == 1


def test_whoever_has_opened_an_index_keeps_it(
    folder: Path, tmp_path: Path, priorities: Priorities
) -> None:
    model = Recommender.open(folder)
    build(tmp_path, priorities, "c,C,Runs gardens.\n")
    run = model.recommend(text="schools")
    assert run.index.tolist() == ["a", "b"]
    assert set(model.explain(run, "a")["words"]) == {"schools"}
    pd.testing.assert_frame_equal(run, model.recommend(text="schools"))
    assert Recommender.open(folder).find("C") == "c"


def test_opening_reads_no_text(
    folder: Path, priorities: Priorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long for millions isn't done: nothing is checked byte by byte or built."""
    monkeypatch.setattr(opening.Charities, "frame", None)
    monkeypatch.setattr(opening.Charities, "of", None)
    monkeypatch.setattr(opening.Index, "fit_counts", None)
    Recommender.open(folder)
