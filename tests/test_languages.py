import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from recommender import RecommenderError, UnknownNameError
from recommender.labels import slug
from recommender.languages import Language, closest, codes, load_language
from recommender.names import WAYS
from recommender.paths import data_folder
from recommender.ranking import BANDS
from recommender.schema import (
    CATALOGUE,
    DESCRIBED_BY_NAME,
    DESCRIBERS,
    FIGURE_KINDS,
    PLACES,
    SIZES,
    STATUSES,
    YES_NO,
)

ROOT = Path(__file__).parents[1]
LANGUAGE = pytest.mark.parametrize("code", codes())
# Keys that code puts together from one of these and what a cell or a list holds.
PREFIXES = ("fact-", "line-", "place-", "status-", "figure-", "band-", "value-", "method-")
PREFIXES += ("size-", "described-", "bare-", "view-", "why-asked-", "problem-", "where-")
PREFIXES += ("search-way-", "download-")
CELLS = (*PLACES, *STATUSES, *FIGURE_KINDS, *BANDS, *YES_NO, *SIZES, *DESCRIBERS)
VALUES = tuple(f"-{slug(value)}" for value in (*CELLS, *(c.name for c in CATALOGUE)))
# What Korean writes in Latin letters too.
LATIN = {"CSV", "JSON", "SHA", "nDCG", "tfidf", "USB"}
LATIN |= {"Latin", "Parquet", "MB", "PDF", "UTF", "Windows", "XML"}  # what files are called
SYMBOLS = {"B", "N", "S", "a", "b", "idf", "ln", "n", "w"}
# What a cell must hold, to the letter, whatever language its writer reads.
TYPED = {
    "audit-too-many": {"audit"},  # a command
    "problem-address": {"http", "https"},
    "problem-countries": {"GB", "US", "no", "yes"},
    "problem-country": {"GB", "US"},
    "problem-figures": {"cumulative"},
}
FORMULAS = {"method-tfidf", "method-idf", "method-profile"}


class Parts(Visitor):
    """The placeholders, the words and the plural forms of one message."""

    def __init__(self) -> None:
        self.placeholders: set[str] = set()
        self.words = ""
        self.variants: list[list[str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.placeholders.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.words += f" {node.value}"

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        keys = [variant.key for variant in node.variants]
        self.variants.append(
            [key.name if isinstance(key, ast.Identifier) else key.value for key in keys]
        )
        self.generic_visit(node)


def source(code: str) -> str:
    return (data_folder() / "languages" / f"{code}.ftl").read_text(encoding="utf-8")


def messages(code: str) -> dict[str, Parts]:
    found = {}
    for entry in FluentParser().parse(source(code)).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            found[entry.id.name] = parts = Parts()
            parts.visit(entry.value)
    return found


ENGLISH = messages("en")


def code_of_the_product() -> str:
    files = [*ROOT.glob("recommender/**/*.py"), *ROOT.glob("recommender/**/*.html")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


KEY = "[\"']([a-z]+(?:-[a-z0-9_]+)*)[\"']"


def literals(code: str) -> Iterator[str]:
    """The keys that the product asks for by name: t("…"), and t("…" if … else "…")."""
    yield from re.findall(rf"\bt\(\s*{KEY}", code)
    for pair in re.findall(rf"\bt\(\s*{KEY} if [^()]* else {KEY}", code):
        yield from pair


def test_english_comes_first_and_korean_is_there() -> None:
    assert codes()[0] == "en"
    assert "ko" in codes()


@LANGUAGE
def test_every_language_has_the_same_messages(code: str) -> None:
    assert list(messages(code)) == list(ENGLISH)


@LANGUAGE
def test_every_message_has_the_same_placeholders(code: str) -> None:
    found = {key: parts.placeholders for key, parts in messages(code).items()}
    assert found == {key: parts.placeholders for key, parts in ENGLISH.items()}


@LANGUAGE
def test_every_message_can_be_said(code: str) -> None:
    t = load_language(code)
    for key, parts in messages(code).items():
        for number in (0, 1, 2):
            said = t(key, **dict.fromkeys(parts.placeholders, number))
            assert said.strip(), key
            assert "{" not in said, key


def latin(words: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]+", words))


def test_no_english_is_left_in_korean() -> None:
    left = {
        key: found
        for key, parts in messages("ko").items()
        if key != "language-locale"
        and (found := latin(parts.words) - LATIN - (SYMBOLS if key in FORMULAS else set()))
        - TYPED.get(key, set())
    }
    assert left == {}


@LANGUAGE
def test_plural_forms_are_those_that_the_language_has(code: str) -> None:
    forms = set(load_language(code).locale.plural_form.tags) | {"other"}
    for key, parts in messages(code).items():
        for variants in parts.variants:
            words = {variant for variant in variants if not variant.isdigit()}
            assert words == forms, key


@pytest.mark.parametrize(
    ("code", "good", "said"),
    [
        ("en", 0, "None of 45 charities fits well."),
        ("en", 1, "1 of 45 charities fits well."),
        ("en", 2, "2 of 45 charities fit well."),
        ("ko", 0, "45개 단체 가운데 잘 맞는 곳이 없습니다."),
        ("ko", 1, "45개 단체 가운데 1곳이 잘 맞습니다."),
    ],
)
def test_numbers_take_their_plural(code: str, good: int, said: str) -> None:
    assert load_language(code)("results-summary", good=good, all=45) == said


@pytest.mark.parametrize(
    ("code", "partial", "said"),
    [
        ("en", "2025", "2025"),
        ("en", "2025-05", "May 2025"),
        ("en", "2025-05-19", "19 May 2025"),
        ("ko", "2025", "2025년"),
        ("ko", "2025-05", "2025년 5월"),
        ("ko", "2025-05-19", "2025년 5월 19일"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(code: str, partial: str, said: str) -> None:
    assert load_language(code).date(partial) == said


def test_numbers_and_lists_are_written_as_the_language_does() -> None:
    en, ko = load_language("en"), load_language("ko")
    assert en.number(1234567.5) == "1,234,567.5"
    assert [en.listed(["a"]), en.listed(["a", "b"])] == ["a", "a and b"]
    assert ko.listed(["가", "나"]) == "가 및 나"


def test_a_text_is_chosen_in_the_language_or_in_english() -> None:
    ko = load_language("ko")
    assert ko.choose({"en": "Justice", "ko": "정의"}) == "정의"
    assert ko.choose({"en": "Justice"}) == ko.choose({"en": "Justice", "ko": ""}) == "Justice"
    assert ko.choose({}) == ""


def test_an_unknown_message_says_which_file_lacks_it() -> None:
    with pytest.raises(RecommenderError, match=r"data/languages/ko.ftl has no message 'nothing'\."):
        load_language("ko")("nothing")


def test_a_placeholder_that_is_not_given_is_an_error() -> None:
    with pytest.raises(RecommenderError, match=r"message 'line-founded' in en: .*year"):
        load_language("en")("line-founded")


def test_names_are_said_without_invisible_marks() -> None:
    source = "language-locale = en\nhello = Hi { $name }!"
    assert Language("en", source)("hello", name="LiNK") == "Hi LiNK!"


def test_an_unknown_language_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown language 'fr'\. Known: en, ko"):
        load_language("fr")


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("ko-KR", "ko"),
        ("ko_KR", "ko"),
        ("KO", "ko"),
        ("en-GB", "en"),
        ("fr-FR", "en"),
        (None, "en"),
    ],
)
def test_a_browser_gets_the_closest_language(locale: str | None, code: str) -> None:
    assert closest(locale) == code


@pytest.mark.parametrize("key", list(ENGLISH))
def test_every_message_is_used(key: str) -> None:
    code = code_of_the_product()
    if f'"{key}"' in code or f"'{key}'" in code:
        return
    prefix = next((p for p in PREFIXES if key.startswith(p)), None)
    assert prefix, f"{key} is used nowhere"
    # band-none is put together as f"band-{band}" or as 'band-' ~ band or as "band-" + band.
    assert re.search(rf"[\"']{prefix}(?:[a-z-]*{{|[\"'])", code), f"nothing begins with {prefix}"
    end = key.split("-")[-1]
    assert key.endswith(VALUES) or f'"{end}"' in code or f'}}-{end}"' in code, f"no {end}"


def test_every_message_that_the_product_asks_for_exists() -> None:
    asked = set(literals(code_of_the_product()))
    assert len(asked) > 40
    assert asked - set(ENGLISH) == set()


@pytest.mark.parametrize(
    "key",
    [
        *(f"place-{place}" for place in (*PLACES, "not-stated")),
        *(f"status-{slug(status)}" for status in STATUSES),
        *(f"figure-{kind}" for kind in (*FIGURE_KINDS, "undated")),
        *(f"band-{band}" for band in BANDS),
        *(f"search-way-{way}" for way in WAYS),
        *(f"value-{slug(value)}" for value in YES_NO),
        *(f"size-{slug(size)}" for size in SIZES[:-1]),
        *(f"described-{slug(who)}" for who in DESCRIBERS[:-1]),
        *(f"bare-{slug(who)}" for who in DESCRIBED_BY_NAME),
        *(
            f"line-{facet}-{slug(value)}"
            for facet in ("faith", "government", "lobbies")
            for value in YES_NO
        ),
    ],
)
def test_every_value_of_a_cell_has_its_words(key: str) -> None:
    assert key in ENGLISH


def test_every_fact_is_a_column_of_the_catalogue() -> None:
    facts = {key.removeprefix("fact-") for key in ENGLISH if key.startswith("fact-")}
    assert facts <= {column.name for column in CATALOGUE}
