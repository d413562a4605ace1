import pandas as pd
import pytest

from recommender import Recommender
from recommender.audit_words import interval, leads_at, percent, summary, why_not
from recommender.languages import load_language
from recommender.neutrality import ALONE, NEVER, TIED, Audit

EN, KO = load_language("en"), load_language("ko")


def audit_of(
    firsts: dict[str, str],
    outdone: dict[str, dict[str, float]] | None = None,
    weights: tuple[float, ...] = (0.625, 0.375, 0.0),
    length: tuple[float, float, float] | None = None,
    unknown: int = 0,
) -> Audit:
    index = pd.Index(firsts, name="charity_id")
    share = [1 / len(firsts)] * len(firsts)
    table = pd.DataFrame({"name": index, "first": firsts.values(), "share": share}, index)
    weightings = pd.DataFrame(
        [weights] * len(firsts), index, ["justice", "education", "medical_aid"]
    )
    return Audit(table, weightings, outdone or {}, 45, unknown, length, 1000, 7, {})


@pytest.mark.parametrize(
    ("share", "english", "korean"),
    [
        (0.15291, "15.3 %", "15.3%"),
        (0.00468, "0.47 %", "0.47%"),
        (0.00002, "< 0.01 %", "0.01% 미만"),
        (0.0, "0 %", "0%"),
        (1.0, "100 %", "100%"),
    ],
)
def test_shares_are_as_fine_as_they_are_small(share: float, english: str, korean: str) -> None:
    assert (percent(share, EN), percent(share, KO)) == (english, korean)


def test_an_interval_has_both_ends() -> None:
    assert interval(0.1, 0.25, EN) == "10 % – 25 %"


def test_a_weighting_is_told_by_its_largest_parts(model: Recommender) -> None:
    found = audit_of({"pscore": ALONE})
    assert leads_at(found, "pscore", model, EN) == "Justice 62 %, Education 38 %"
    assert leads_at(audit_of({"pscore": ALONE}, weights=(0, 0, 1)), "pscore", model, EN) == (
        "Medical aid 100 %"
    )


def test_each_reason_has_its_words(model: Recommender) -> None:
    def said(first: str, others: dict[str, float]) -> str:
        return why_not(audit_of({"link": first}, {"link": others}), "link", model, EN)

    assert said(ALONE, {}) == ""
    assert said(NEVER, {}).startswith("Nothing in its description")
    assert said(NEVER, {"pscore": 1.0}) == "PSCORE is at least as strong on every priority"
    two = {"pscore": 0.5, "korea_future": 0.5}
    assert said(NEVER, two) == "Whatever the weights, one of PSCORE and Korea Future is ahead"
    assert said(TIED, two) == "Level at best, with one of PSCORE and Korea Future"
    many = two | {"hanvoice": 0.0, "woorion": 0.0}
    assert said(NEVER, many).endswith("one of PSCORE, Korea Future, HanVoice and 1 more is ahead")
    assert said(TIED, many).endswith("PSCORE, Korea Future, HanVoice and 1 more")


def test_a_summary_tells_what_there_is_to_tell(model: Recommender) -> None:
    firsts = {"pscore": ALONE, "link": TIED, "khf": TIED}
    told = list(summary(audit_of(firsts, length=(0.1, -0.2, 0.4), unknown=40), model, EN))
    assert told[0].startswith("1 of 45 charities can come first alone, under some weighting")
    assert told[1:4] == [
        "2 can share the first place at best.",
        "2 can never come first: whatever the weights, another is ahead.",
        "Of 40 it isn’t known: no draw put them first, but nothing rules them out.",
    ]
    assert told[4] == "PSCORE comes first most often: in 33.3 % of all weightings."
    assert told[5] == "At least 90 % of all first places go to 3 charities."
    assert told[6].startswith("No link")
    assert "1,000 weightings" in told[-1]
    assert "seed 7" in told[-1]
    longer = list(summary(audit_of(firsts, length=(0.5, 0.2, 0.7)), model, EN))
    assert any(sentence.startswith("Coming first goes with the length") for sentence in longer)
    assert len(list(summary(audit_of(firsts), model, KO))) == len(told) - 2
