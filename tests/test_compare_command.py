"""The commands `why` and `compare`, as a user types them."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from command_line import Run, refused, runs

from recommender import Recommender
from recommender.languages import load_language
from recommender.saying import why_said

ASKED = ["-p", "justice=5", "-p", "education=2"]
ANSWERS = {"justice": 5, "education": 2}
HEAD = "charity_id,name,description"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("│┃ \n").replace("┃", "│").split("│")]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_why_says_the_sentences_and_adds_up(run: Run, model: Recommender, lang: str) -> None:
    done = run("why", "pscore", "--than", "korea_future", *ASKED, "--lang", lang)
    assert done.status == 0
    t = load_language(lang)
    why = model.why_not(model.recommend(ANSWERS), "pscore", "korea_future")
    for sentence in why_said(model, why, t):
        assert sentence in done.out
    [parts, words] = [
        cells(line) for line in done.out.splitlines() if line.startswith(f"│ {t('card-total')}")
    ]
    totals = [int(total) for total in parts[1:]]
    assert totals[0] - totals[1] == totals[2] == why.points
    assert float(words[-1]) == pytest.approx(why.gap * 100, abs=0.05)


def test_without_another_the_one_just_above_is_told(run: Run, model: Recommender) -> None:
    found = json.loads(run("why", "PSCORE", *ASKED, "--format", "json").out)
    assert found["other"] == {
        "charity_id": "tjwg",
        "listed": True,
        "rank": 5,
        "tied": False,
        "band": "partial",
        "score": pytest.approx(model.recommend(ANSWERS).at["tjwg", "score"]),
    }
    assert found["too_close"]


def test_whichever_stands_above_comes_first(run: Run) -> None:
    one = run("why", "pscore", "--than", "korea_future", *ASKED)
    other = run("why", "korea_future", "--than", "pscore", *ASKED)
    assert one.out == other.out
    assert one.out.startswith("1  Korea Future")


def test_why_as_csv_sums_to_the_gap(run: Run, model: Recommender) -> None:
    done = run("why", "pscore", *ASKED, "--text", "학교", "--format", "csv")
    table = pd.read_csv(io.StringIO(done.out), index_col="part")
    why = model.why_not(model.recommend(ANSWERS, text="학교"), "pscore")
    assert table.columns.tolist() == why.parts.columns.tolist()
    assert table["difference"].sum() == pytest.approx(why.gap, abs=1e-12)


def test_k_and_facets_say_what_the_list_is(run: Run) -> None:
    done = run("why", "pscore", *ASKED, "-k", "2", "--hide", "faith_based=yes")
    assert "not in this list" in done.out
    assert done.out.startswith("2  Database Center")
    assert "Left out for faith_based = yes: " in done.err


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_compare_shows_points_facts_and_sentences(run: Run, model: Recommender, lang: str) -> None:
    done = run("compare", "pscore", "khf", *ASKED, "--lang", lang)
    assert done.status == 0
    t = load_language(lang)
    found = model.compare(model.recommend(ANSWERS), ["pscore", "khf"], lang)
    lines = {cells(line)[0]: cells(line)[1:] for line in done.out.splitlines() if "│" in line}
    assert lines[t("card-total")] == [str(n) for n in found.points.sum()]
    assert lines[t("compare-rank")] == [str(s.rank) for s in found.standings]
    assert lines[t("fact-government_linked")] == [t("value-no"), t("value-yes")]
    assert lines[t("fact-lobbies")] == [t("value-yes"), t("value-not-stated")]
    flat = " ".join(done.out.split())
    assert found.evidence["khf"]["education"].sentence in flat


def test_compare_as_csv_has_a_column_a_charity(run: Run, model: Recommender) -> None:
    done = run("compare", "pscore", "khf", "link", *ASKED, "--format", "csv")
    table = pd.read_csv(io.StringIO(done.out), index_col="row")
    assert table.columns.tolist() == ["pscore", "khf", "link"]
    score = model.recommend(ANSWERS)["score"]
    for charity_id in table.columns:
        assert float(table.at["score", charity_id]) == pytest.approx(score[charity_id])
        sums = float(table.at["justice", charity_id]) + float(table.at["education", charity_id])
        assert sums == pytest.approx(score[charity_id])


def test_compare_as_json_names_what_differs(run: Run) -> None:
    found = json.loads(run("compare", "pscore", "khf", *ASKED, "--format", "json").out)
    assert [charity["charity_id"] for charity in found["charities"]] == ["pscore", "khf"]
    for fact, by_charity in found["facts"].items():
        assert (fact in found["differing"]) == (len(set(by_charity.values())) > 1)


def test_facts_are_compared_where_nothing_is_asked(run: Run) -> None:
    done = run("compare", "pscore", "khf")
    assert done.status == 0
    assert "Founded" in done.out
    assert "Total" not in done.out


def test_names_are_printed_as_they_are_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        f"{HEAD}\na,[red]School[/red] :smile:,Runs schools.\nb,B,A school and a clinic.\n",
        encoding="utf-8",
    )
    for command in (["why", "a", "--than", "b"], ["compare", "a", "b"]):
        done = run(*command, "-p", "education=1", "--catalogue", path)
        assert "[red]School[/red] :smile:" in done.out


MISTAKES = {
    "an unknown charity": (["why", "nobody", *ASKED], "unknown charity 'nobody'"),
    "an unknown other": (["why", "link", "--than", "pscor", *ASKED], "Did you mean PSCORE"),
    "itself": (["why", "link", "--than", "LiNK", *ASKED], "link can't stand above itself"),
    "nothing asked": (["why", "link"], "nothing is asked for"),
    "one charity": (["compare", "link", *ASKED], "expected 2 to 4"),
    "twice the same": (["compare", "link", "LiNK", *ASKED], "name each one once"),
    "a priority": (["compare", "link", "khf", "-p", "justise=5"], "Did you mean justice?"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_and_status_1(run: Run, mistake: str) -> None:
    arguments, words = MISTAKES[mistake]
    done = run(*arguments)
    refused(done, words)
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("command", ["why", "compare"])
def test_the_commands_say_what_they_do(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert "--priority" in done.out
