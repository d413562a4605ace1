"""One model serves many threads, and nothing that it reads or writes is a pickle."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from bulk_samples import grown

from recommender import Recommender, load_catalogue, load_priorities
from recommender.building import build_index
from recommender.comparison import WhyNot

ROOT = Path(__file__).parents[1]
THREADS = 32
ASKED = [
    {"answers": {"education": 5, "mental_health": 2}},
    {"answers": {"education": 3, "hunger": 4}, "text": "scholarshps for refugees in Seoul"},
    {"text": "북한이탈주민 정착 지원"},
    {"answers": {"education": 4}, "only": {"country": ["GB", "KR"]}},
]
NAMES = ["Xyz 17", "xzy 18", "Xyz", "c00003"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grown catalogue and its index."""
    folder = tmp_path_factory.mktemp("shared")
    grown(200).to_parquet(folder / "a.parquet", index=False)
    build_index(folder / "a.parquet", folder / "a.index", load_priorities(), agenda="general")
    return folder


def new_model(kind: str, folder: Path) -> Recommender:
    """One that nothing has been asked of, so that whatever it keeps is still to be made."""
    if kind == "opened":
        return Recommender.open(folder / "a.index")
    return Recommender().fit(load_catalogue(folder / "a.parquet"))


def everything(model: Recommender, number: int) -> str:
    """All that is told of one question, to the last bit."""
    run = model.recommend(**ASKED[number % len(ASKED)])
    ids = run.index[:4].tolist()
    why = model.why_not(run, ids[3], ids[0])
    plan = model.plan(run, "1000 EUR")
    told = [
        run.to_json(double_precision=15),
        run["score"].map(float.hex).tolist(),
        *(model.explain(run, charity).to_json(double_precision=15) for charity in ids[:2]),
        *(f"{e}" for charity in ids[:2] for e in model.evidence(run, charity).values()),
        said(why),
        plan.frame().to_json(),
        model.compare(run, ids[:2]).facts.to_json(),
        model.search(NAMES[number % len(NAMES)]).to_json(),
        model.similar(ids[0], 5)["score"].map(float.hex).to_json(),
        model.read("schools for refugees").map(float.hex).to_json(),
        model.corrections("scholarshps for refugess"),
        model.exclusions(run).to_json(),
    ]
    return json.dumps(told)


def said(why: WhyNot) -> str:
    return f"{why.gap.hex()} {why.flip} {why.close} {why.parts.to_json(double_precision=15)}"


@pytest.mark.parametrize("kind", ["fitted", "opened"])
def test_32_threads_at_once_are_told_what_one_is(kind: str, folder: Path) -> None:
    alone, shared = new_model(kind, folder), new_model(kind, folder)
    expected = [everything(alone, number) for number in range(len(ASKED))]
    assert len(set(expected)) == len(ASKED)
    start = Barrier(THREADS)

    def ask(number: int) -> str:
        start.wait()
        return everything(shared, number)

    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(ask, range(THREADS)))
    assert found == expected * (THREADS // len(ASKED))


# Python tells of every class or function that a pickle names.
LISTENING = """
import sys
found = []
sys.addaudithook(lambda event, args: found.append(args) if event == "pickle.find_class" else None)
from pathlib import Path
from recommender import Recommender, load_catalogue, load_priorities
from recommender.building import build_index
from recommender.bulk import match_donors
from recommender import export
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
build_index(folder / "a.parquet", out / "b.index", load_priorities(), agenda="general")
for model in (Recommender.open(out / "b.index"), Recommender().fit(load_catalogue())):
    run = model.recommend({"education": 5}, text="schools")
    model.explain(run, run.index[0])
    export.to_json(run), export.to_csv(run)
(out / "d.csv").write_text("donor_id,education\\na,5\\nb,3\\n")
match_donors(out / "d.csv", out / "b.index", out / "m")
print(found)
import pickle
pickle.loads(pickle.dumps(Path))
print(found)
"""


def test_no_pickle_is_read_by_anything_that_one_process_does(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, str(folder), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = done.stdout.strip().splitlines()[-2:]
    assert before == "[]"
    assert "Path" in after  # so it would have been heard


MAGIC = {".npy": b"\x93NUMPY", ".arrow": b"ARROW1", ".json": b"{", ".parquet": b"PAR1"}


def test_no_stored_file_holds_a_pickle(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == set(MAGIC)
    for path in files:
        assert path.read_bytes().startswith(MAGIC[path.suffix])
        if path.suffix == ".npy":  # an array of objects would be refused
            np.load(path, allow_pickle=False)
