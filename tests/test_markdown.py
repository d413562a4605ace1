"""A run as Markdown: what a reader of Markdown shows is what was meant, and nothing more."""

import datetime
import re
from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from command_line import Run, runs
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from recommender import Recommender
from recommender.languages import codes, load_language
from recommender.markdown import QUOTED, escaped, to_markdown
from recommender.text import normalise

DAY = datetime.date(2026, 12, 1)
EN = load_language("en")
Fit = Callable[[list[dict[str, str]]], Recommender]

HOSTILE = (
    "[link](javascript:alert(1))",
    "![image](https://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "https://evil.example and WWW.evil.example or me@evil.example",
    "a | b || c",
    "`code` ``more`` ~~gone~~ **bold** _soft_ ==mark== $x$",
    "# heading\n\n---\n\n- item\n1. one\n> quote\n```\nfence",
    "&lt;b&gt; &amp; &#60; R&D",
    ":red[x] :material/home: :smile:",
    "\\",
    "\\|",
    "\\`x\\`",
    "1. one",
    "2) two",
    "+ plus",
    "- minus",
    "[x]: https://evil.example",
    "a\u2028b\u2029c\u0085d\u202ee",
)


def tokens(text: str) -> Iterator[Token]:
    """Every token of a page, as CommonMark with tables reads it."""
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield block
        yield from block.children or ()


def texts(text: str) -> list[str]:
    return [t.content for t in tokens(text) if t.type in ("text", "text_special")]


def shown(text: str) -> str:
    return " ".join(normalise(text).split())


@given(st.text() | st.text(alphabet="\\`*_[]()<>!|&;#:=-+~@$.1 w\n/a"))
def test_a_text_is_shown_as_it_is(text: str) -> None:
    for place in ("{}", "- {}", "| {} |\n| --- |", "- **{}**", "- x: {}"):
        page = list(tokens(place.format(escaped(f"x{text}x"))))
        assert "".join(t.content for t in page if t.type == "text").endswith(shown(f"x{text}x"))
        allowed = {"text", "inline", "strong", "paragraph", "list_item", "bullet_list"}
        kinds = {re.sub("_(open|close)$", "", t.type) for t in page}
        assert kinds <= allowed | {"table", "thead", "tr", "th"}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["{}", "- {}", "  - {}", "- **x {}**"])
def test_hostile_text_is_text_also_at_the_start(text: str, place: str) -> None:
    page = list(tokens(place.format(escaped(text))))
    assert "".join(t.content for t in page if t.type == "text").endswith(shown(text))
    assert not any(t.type.startswith(("heading", "ordered", "link", "image")) for t in page)
    assert not {"html_inline", "html_block", "code_inline", "fence", "hr"} & {t.type for t in page}
    assert sum(t.type == "list_item_open" for t in page) == place.count("- ")


@given(st.text(alphabet="htps:/w.W@ab "))
@example("https://evil.example www.evil.example WWW.EVIL.EXAMPLE a@b.example")
def test_no_bare_address_is_left_for_readers_that_make_links_of_them(text: str) -> None:
    said = escaped(text)
    assert not re.search(r"(?i)https?://|www\.|(?<!\\)@", said)


def test_ordinary_text_stays_legible() -> None:
    text = "Korea: in 2,000 schools (2025), 50% more; it's “good”. 한국!"
    assert escaped(text) == text


def rows(page: str) -> list[list[str]]:
    """The cells of the page's table, as they are shown."""
    found: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "table_close":
            break
        elif token.type == "inline" and found:
            found[-1].append("".join(t.content for t in token.children or ()))
    return found


@pytest.fixture(scope="module")
def run(model: Recommender) -> pd.DataFrame:
    answers = {"justice": 5, "education": None, "medical_aid": 0.5}
    hide = {"lobbies": ["yes"]}
    return model.recommend(answers, text="scholarshps", like=["pscore"], hide=hide, k=5)


def test_the_page_says_what_was_asked_and_what_came(model: Recommender, run: pd.DataFrame) -> None:
    page = to_markdown(model, run, EN, DAY)
    for line in (
        "- Justice: 5",
        "- Education: Skip",
        "- Medical aid: 0.5",
        "- Your words: scholarships",
        "- We read this as: Education",
        "- More like what you chose: PSCORE",
        "- Leave these out: Lobbies: yes",
        "- Made on 1 December 2026",
        f"- Fingerprint of the catalogue: {model.fingerprint_}",
        f"- Fingerprint of the priorities: {model.priorities_.fingerprint}",
    ):
        assert line in page.splitlines()
    left = int(model.exclusions(run).sum())
    assert f"The first 5 of {45 - left} charities" in page
    assert f"Lobbies: {left} charities left out" in page


def test_the_points_of_a_row_sum_to_its_total(model: Recommender, run: pd.DataFrame) -> None:
    head, *body = rows(to_markdown(model, run, EN, DAY))
    assert head[:3] == ["#", "Charity", "Fit"]
    assert head[-1] == "Total"
    assert len(body) == len(run)
    for cells, charity_id in zip(body, run.index, strict=True):
        assert len(cells) == len(head)
        points = model.breakdown(run, charity_id)["points"]
        assert [int(cell) for cell in cells[3:]] == [*points, points.sum()]


def test_the_first_are_quoted_each_sentence_once(model: Recommender, run: pd.DataFrame) -> None:
    page = to_markdown(model, run, EN, DAY)
    quoted = page.split(f"## {EN('markdown-evidence')}")[1].split("\n## ")[0].split("\n- **")[1:]
    assert len(quoted) == QUOTED
    for block, charity_id in zip(quoted, run.index, strict=False):
        evidence = model.evidence(run, charity_id)
        assert escaped(next(iter(evidence.values())).sentence) in block
        sentences = [line.partition("“")[2] for line in block.splitlines()[1:]]
        assert len(sentences) == len(set(sentences)) > 0


@pytest.mark.parametrize("code", codes())
def test_every_language_has_the_same_page(model: Recommender, run: pd.DataFrame, code: str) -> None:
    page, english = (to_markdown(model, run, load_language(c), DAY) for c in (code, "en"))
    kinds = [
        [t.type for t in MarkdownIt("commonmark").enable("table").parse(p) if t.level == 0]
        for p in (page, english)
    ]
    assert kinds[0] == kinds[1]
    assert (code == "en") is ("What was asked" in page)


def test_nothing_asked_and_nothing_found_are_said(model: Recommender) -> None:
    nothing = to_markdown(model, model.recommend({"justice": None}, k=3), EN, DAY)
    assert EN("results-nothing-asked-lot") in nothing
    assert "- Justice: Skip" in nothing
    assert [row[0] for row in rows(nothing)] == ["#", "–", "–", "–"]
    assert EN("markdown-asked") not in to_markdown(model, model.recommend(k=3), EN, DAY)
    assert EN("markdown-evidence") not in nothing
    unfound = to_markdown(model, model.recommend(text="xylophones"), EN, DAY)
    assert EN("results-none") in unfound
    assert EN("markdown-evidence") not in unfound


def test_ties_are_told(fitted: Fit) -> None:
    model = fitted([{"description": "Runs schools."}] * 2)
    page = to_markdown(model, model.recommend({"education": 5}), EN, DAY)
    assert [row[0] for row in rows(page)] == ["#", "1=", "1="]
    assert escaped(EN("results-ties")) in page


def test_a_hostile_catalogue_is_text(fitted: Fit) -> None:
    hostile = " ".join(HOSTILE)
    model = fitted(
        [
            {"name": f"{text} {n}", "description": f"Runs schools. {hostile}", "region": text}
            for n, text in enumerate(HOSTILE)
        ]
    )
    only = {"region": [text for text in HOSTILE if "|" not in text]}
    run = model.recommend({"education": 5}, text=hostile, like=["c0"], only=only)
    page = to_markdown(model, run, EN, DAY)
    kinds = {t.type for t in tokens(page)}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "fence"}
    assert not kinds & {"em_open", "s_open", "hr", "ordered_list_open", "blockquote_open"}
    assert {len(row) for row in rows(page)} == {len(rows(page)[0])}
    assert [row[1] for row in rows(page)[1:]] == [shown(name) for name in run["name"]]
    assert sum(t.type == "heading_open" for t in tokens(page)) == 5


def test_the_command_writes_the_page(
    capsys: pytest.CaptureFixture[str], model: Recommender
) -> None:
    run: Run = runs(capsys)
    done = run("recommend", "-p", "justice=5", "-k", "2", "--format", "markdown", "--lang", "ko")
    ranked = model.recommend({"justice": 5}, k=2)
    today = done.out.split("만든 날")[1].splitlines()[0]
    assert today in to_markdown(model, ranked, load_language("ko"))
    assert (done.status, done.err) == (0, "")
    assert "# 어디에 기부할까" in done.out
    similar = run("similar", "link", "-k", "2", "--format", "markdown").out
    assert "- More like what you chose: Liberty in North Korea (LiNK)" in similar
