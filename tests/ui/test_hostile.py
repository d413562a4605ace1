"""A catalogue that tries to become part of the page: nothing in it is read as HTML or Markdown."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recommender import CatalogueError, Recommender, load_catalogue
from recommender.priorities import Priorities
from recommender.schema import CATALOGUE, defaults

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
CLOSES = "</p></article></details><h1>Mine</h1>"
MARKDOWN = "![pixel](https://evil.example/p.png) [text](javascript:alert(1)) **bold** $x$ :smile:"
PAYLOAD = f"{SCRIPT} {IMAGE} {CLOSES} {MARKDOWN} &lt;b&gt;"
TAGS = {"a", "article", "b", "blockquote", "dd", "details", "div", "dl", "dt", "h2", "h3", "li"}
TAGS |= {"button", "mark", "p", "section", "span", "summary", "ul"}
ATTRIBUTES = {"aria-hidden", "aria-label", "aria-labelledby", "aria-live", "aria-pressed", "class"}
ATTRIBUTES |= {
    "data-facts",
    "data-of",
    "data-say",
    "hidden",
    "href",
    "id",
    "lang",
    "rel",
    "role",
    "style",
    "tabindex",
}
ATTRIBUTES |= {"data-fold", "target", "type"}

# Which columns are free text, and a marker for each, to see that the page does show them.
SHOWN = [
    "founded_note",
    "legal_form",
    "base",
    "serves",
    "facets_note",
    "status_note",
    "how_to_give",
]


def hostile_row(charity_id: str) -> dict[str, str]:
    """A charity whose every text is an attack; it does teach and seek justice, so it is ranked."""
    work = "It runs a school for pupils and investigates human rights violations"
    row = defaults(CATALOGUE) | {"charity_id": charity_id, "founded": "2001"}
    row |= {column: f"{column} {PAYLOAD}" for column in SHOWN}
    row |= {f"{column}_ko": f"{column} {PAYLOAD}" for column in SHOWN if f"{column}_ko" in row}
    row |= {"name": f"Name {PAYLOAD}", "name_ko": f"이름 {PAYLOAD}", "short_name": f"S {IMAGE}"}
    row |= {
        "description": f"{work} {PAYLOAD}.",
        "description_ko": f"학교에서 교육합니다 {PAYLOAD}.",
    }
    row |= {"website": "https://example.org/?a=1&b=2", "self_claims": f"claim {PAYLOAD}"}
    row |= {"figures": f"amount, 2024: what {SCRIPT} = much {IMAGE}"}
    return row


def sources(charity_id: str) -> dict[str, pd.DataFrame]:
    row = {
        "column": "founded",
        "url": "https://example.org/x?a=1&b=2",
        "page_date": f"older {IMAGE}",
        "retrieved_on": "2026-11",
    }
    return {charity_id: pd.DataFrame([row])}


@pytest.fixture(params=["en-GB", "ko-KR"])
def attacked(
    request: pytest.FixtureRequest,
    app: Open,
    method_page: Open,
    another_catalogue: Callable[..., None],
    priorities: Priorities,
    tmp_path: Path,
) -> AppTest:
    """The page of results over a hostile catalogue, read from a file as any other."""
    method_page()  # its figures are measured once a server, and on the shipped catalogue
    path = tmp_path / "hostile.csv"
    pd.DataFrame([hostile_row("hostile")]).to_csv(path, index=False)
    model = Recommender(priorities=priorities).fit(load_catalogue(path))
    another_catalogue(model, sources("hostile"))
    return app(request.param)


def test_a_hostile_charity_is_shown_as_text_and_as_nothing_else(
    attacked: AppTest, read: Read
) -> None:
    elements = read(attacked)
    assert {e.tag for e in elements} <= TAGS
    assert {name for e in elements for name in e.attributes} <= ATTRIBUTES
    everything = "\n".join(e.text for e in elements)
    assert everything.count(PAYLOAD) > len(SHOWN)
    for column in SHOWN:
        assert f"{column} {PAYLOAD}" in everything
    assert any(e.tag == "mark" for e in elements)


def test_the_links_of_a_hostile_charity_are_web_addresses(attacked: AppTest, read: Read) -> None:
    links = [e.attributes["href"] for e in read(attacked) if e.tag == "a"]
    assert {link for link in links if not link.startswith("#")} == {
        "https://example.org/?a=1&b=2",
        "https://example.org/x?a=1&b=2",
    }


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", 'https://a.example/"onclick="x', "data:,x"]
)
def test_a_catalogue_with_another_kind_of_link_is_refused(tmp_path: Path, link: str) -> None:
    path = tmp_path / "hostile.csv"
    pd.DataFrame([hostile_row("hostile") | {"website": link}]).to_csv(path, index=False)
    with pytest.raises(CatalogueError, match="website"):
        load_catalogue(path)


def test_a_hostile_charity_adds_nothing_to_markdown_on_the_page_of_results(
    attacked: AppTest,
) -> None:
    assert_no_markdown_of(attacked)


def test_a_hostile_name_adds_nothing_to_markdown_on_the_method_page(
    attacked: AppTest,
) -> None:
    assert_no_markdown_of(attacked.switch_page("recommender/ui/pages/method.py").run())


def assert_no_markdown_of(test: AppTest) -> None:
    """No element that Streamlit reads as Markdown holds the catalogue's text as it came."""
    assert not test.exception
    kinds = (test.markdown, test.caption, test.title, test.header, test.subheader, test.button)
    texts = [getattr(e, "label", None) or e.value for kind in kinds for e in kind]
    assert texts
    for text in texts:
        assert "![pixel](" not in text
        assert "[text](" not in text
        assert SCRIPT not in text


@pytest.mark.parametrize("text", [PAYLOAD, f"zyxwvut{MARKDOWN}"])
def test_own_words_never_become_part_of_the_page(app: Open, read: Read, text: str) -> None:
    test = app()
    test.text_area[0].set_value(text).run()
    assert {e.tag for e in read(test)} <= TAGS
    assert_no_markdown_of(test)
    assert test.text  # shown as plain text
