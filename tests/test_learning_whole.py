from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from recommender import candidates, learning
from recommender.errors import RecommenderError
from recommender.labelled import Labelled
from recommender.learning import (
    COLLECTIONS,
    KEPT,
    SCALES,
    STRENGTHS,
    Learned,
    choose,
    fit_all,
    learn_profiles,
    prepare,
)
from recommender.priorities import Priorities, Priority

Entries = tuple[str, ...]

# Words that only the charities of a code use. D99 is the neighbour of D20.
OWN = {
    "D20": ["animals", "cats", "kennels", "spay"],
    "L21": ["housing", "rent", "mortgage", "tenants"],
    "A60": ["songs", "choir", "dance", "stage"],
    "D99": ["zoo", "keepers", "cages", "wild"],
}
# Said by the charities of each code equally often.
EVEN = ["meets weekly", "offers programs", "supports members", "holds events", "gives prizes"]


@pytest.fixture(autouse=True, scope="module")
def few_words() -> Iterator[None]:
    """Let common words be learned: texts made of few words hold each of them often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "COMMON", 1.0)
        yield


def priority(name: str, core: Entries, related: Entries = ()) -> Priority:
    lexicon = {"en": {"core": core, "related": related}}
    return Priority(name, {"en": name}, {"en": f"{name}."}, False, lexicon)


def priorities_of(*items: Priority) -> Priorities:
    return Priorities(items, {"core": 1.0, "related": 0.4}, {})


PRIORITIES = priorities_of(
    # "volunteerism" is said by others alone, "locals" by all, "farm" by none.
    priority("animals", ("animal", "cat", "locals"), ("volunteerism", "farm")),
    priority("housing", ("housing", "rent", "home repairs")),
    priority("music", ("choir",)),
)


def made(size: int, place: str = "Springfield", seed: int = 1) -> Labelled:
    """Charities of four codes that say two words of their own and what all say."""
    rng = np.random.default_rng(seed)
    texts = []
    codes = [list(OWN)[i % 4] for i in range(size)]
    for i, code in enumerate(codes):
        first, second = rng.choice(OWN[code], 2, replace=False)
        where = f"in {place}" if code == "D20" and i % 8 else "everywhere"
        even = EVEN[i // 4 % len(EVEN)]
        texts.append(f"It {even} for locals. It has {first}, {second} {where}.")
    meant = {"animals": ("D2",), "housing": ("L",)}
    return Labelled(texts, np.array(codes), meant, "made.csv (sha256 0123456789ab)")


def ignore(what: str, share: float) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def told() -> dict[str, list[float]]:
    return defaultdict(list)


@pytest.fixture(scope="module")
def learned(told: dict[str, list[float]]) -> Learned:
    return learn_profiles(made(240), PRIORITIES, lambda what, share: told[what].append(share))


def by_term(profile: dict[str, float]) -> dict[str, float]:
    return {PRIORITIES.analyser.term(word, "en"): weight for word, weight in profile.items()}


def test_words_that_only_labelled_charities_use_get_a_weight(learned: Learned) -> None:
    assert {"kennels", "spay"} < set(learned.profiles["animals"])
    assert {"mortgage", "tenants"} < set(learned.profiles["housing"])
    for profile in learned.profiles.values():
        found = [profile.get(word, 0.0) for word in ("kennels", "spay", "mortgage", "tenants")]
        assert sum(weight > 0 for weight in found) == 2


def test_what_every_charity_says_gets_none(learned: Learned) -> None:
    assert set(learned.profiles["animals"]) == {"animals", "cats", "kennels", "spay"}
    assert set(learned.profiles["housing"]) == {"housing", "rent", "mortgage", "tenants"}


def test_a_place_is_no_subject_but_the_same_word_without_a_capital_is(learned: Learned) -> None:
    assert "springfield" not in learned.profiles["animals"]
    small = learn_profiles(made(240, place="springfield"), PRIORITIES, ignore)
    assert small.profiles["animals"]["springfield"] > 0


def test_no_weight_is_negative(learned: Learned) -> None:
    weights = [w for profile in learned.profiles.values() for w in profile.values()]
    assert min(weights) >= 0
    assert all(np.isfinite(weights))


def test_a_faint_word_of_the_lexicon_stays_and_is_written_as_texts_write_it() -> None:
    labelled, faint = made(80), replace(PRIORITIES, tiers={"core": 1.0, "related": 1e-4})
    labelled.descriptions[2] += " It has volunteerism."
    learned = learn_profiles(labelled, faint, ignore)
    # Written as a text writes it: its stem would be read as another term.
    faintest = learned.profiles["animals"]["volunteerism"]
    assert 0 <= faintest < 1e-3
    taught = replace(faint, learned=learned.profiles)
    assert taught.profile(taught["animals"], "en").get("volunteer", 0.0) == faintest


def test_a_lexicon_word_keeps_its_weight_where_nothing_tells(learned: Learned) -> None:
    taught = replace(PRIORITIES, learned=learned.profiles)
    profile = taught.profile(taught["animals"], "en")
    assert profile["farm"] == 0.4  # no text holds it
    assert profile["local"] == 1.0  # every text holds it
    assert taught.profile(taught["music"], "en") == {"choir": 1.0}  # nothing is labelled with it


def test_a_weight_of_one_is_that_of_a_core_word_before_any_charity_was_read(
    learned: Learned,
) -> None:
    task = prepare(made(240), PRIORITIES, ignore)
    strength, scale = learned.chosen
    w = dict(zip(task.terms, fit_all(task, np.arange(240), strength, scale)[:, 1], strict=True))
    # Of the lexicon two words are said, by as many charities each: unit length is 1/√2 for each.
    assert len({round(x, 9) for x in task.start[:, 1]}) == 3
    for term, word in (("hous", "housing"), ("rent", "rent"), ("mortgag", "mortgage")):
        idf = task.idf[list(task.terms).index(term)]
        lengths = [task.idf[list(task.terms).index(t)] for t in ("hous", "rent")]
        expected = w[term] / (scale * idf / np.hypot(*lengths))
        assert learned.profiles["housing"][word] == pytest.approx(expected)


def test_weights_too_small_to_matter_are_left_out(learned: Learned) -> None:
    task = prepare(made(240), PRIORITIES, ignore)
    weights = fit_all(task, np.arange(240), *learned.chosen)
    for j, name in enumerate(("animals", "housing")):
        kept = task.terms[weights[:, j] >= KEPT * weights[:, j].max()]
        positive = {t for t, w in by_term(learned.profiles[name]).items() if w > 0}
        assert positive == set(kept)


def test_no_more_terms_are_learned_than_the_labelled_charities_can_teach(
    monkeypatch: pytest.MonkeyPatch, learned: Learned
) -> None:
    # 60 charities are labelled with it: two terms at 30 a term, one at 60.
    found = by_term(learned.profiles["housing"])
    lexicon = {"hous", "rent"}
    taught = sorted(set(found) - lexicon, key=lambda term: -found[term])
    assert len(taught) == 2
    for a_term, many in ((30, 2), (31, 1), (60, 1), (61, 0)):
        monkeypatch.setattr(learning, "LABELLED_A_TERM", a_term)
        fewer = learn_profiles(made(240), PRIORITIES, ignore).profiles["housing"]
        assert set(by_term(fewer)) == lexicon | set(taught[:many])


def test_learning_twice_gives_the_same(learned: Learned) -> None:
    again = learn_profiles(made(240), PRIORITIES, ignore)
    assert again.profiles == learned.profiles
    assert again.provenance == learned.provenance
    pd.testing.assert_frame_equal(again.quality, learned.quality)


def test_the_order_of_the_charities_does_not_count() -> None:
    given_ = made(240)
    order = np.random.default_rng(5).permutation(240)
    mixed = replace(
        given_, descriptions=[given_.descriptions[i] for i in order], codes=given_.codes[order]
    )
    one, other = (prepare(labelled, PRIORITIES, ignore) for labelled in (given_, mixed))
    assert one.terms.tolist() == other.terms.tolist()
    weights = [fit_all(task, np.arange(240), 2.0, 4.0) for task in (one, other)]
    assert weights[1] == pytest.approx(weights[0], abs=1e-3)
    assert weights[0].max() > 0.3


def test_every_word_is_read_back_as_the_term_that_was_learned(learned: Learned) -> None:
    taught = replace(PRIORITIES, learned=learned.profiles)
    task = prepare(made(240), PRIORITIES, ignore)
    for profile in learned.profiles.values():
        terms = [taught.analyser.term(word, "en") for word in profile]
        assert len(set(terms)) == len(terms)
        assert set(terms) <= set(task.terms)


def test_a_term_is_written_as_charities_write_it_most_often() -> None:
    labelled, forms = made(80), ["It rents.", "It Rented.", "It renting. It has Home-repair."]
    forms = [*forms[:2], *forms[::-1], *["It has HOME  repairs."] * 3]
    texts = [text.replace("rent", "x") for text in labelled.descriptions]
    for i, form in enumerate(forms):
        texts[4 * i + 1] += f" {form}"
    found = learn_profiles(replace(labelled, descriptions=texts), PRIORITIES, ignore).profiles[
        "housing"
    ]
    assert [word for word in found if word.startswith("home")] == ["home repairs"]
    # Of forms as frequent, the first in the alphabet.
    assert [word for word in found if word.startswith("rent")] == ["rented"]


def test_each_profile_tells_what_it_was_learned_from(learned: Learned) -> None:
    quality = learned.quality
    (strength, scale), alone = learned.chosen, ("lexicon", "")
    assert learned.provenance["housing"] == (
        "Learned by `python -m recommender learn` from made.csv (sha256 0123456789ab):",
        "60 of 240 charities have a code of L.",
        f"Strength {strength:g}, scale {scale:g}. Cross-validated nDCG@10 "
        f"{quality.loc[(strength, scale), 'housing']:.3f}, the lexicon alone "
        f"{quality.loc[alone, 'housing']:.3f}.",
    )
    assert "60 of 240 charities have a code of D2." in learned.provenance["animals"]


def test_what_was_learned_ranks_better_than_the_lexicon_alone(learned: Learned) -> None:
    assert learned.quality.columns.tolist() == ["animals", "housing"]
    assert learned.quality.index.names == ["strength", "scale"]
    assert learned.quality.index.tolist() == [("lexicon", ""), *product(STRENGTHS, SCALES)]
    assert learned.chosen == choose(learned.quality.drop("lexicon", level=0))
    alone, chosen = (learned.quality.loc[at, "housing"] for at in (("lexicon", ""), learned.chosen))
    assert chosen == pytest.approx(1)
    assert 0.5 < alone < 0.99


def test_progress_is_told_from_the_beginning_to_the_end(
    learned: Learned, told: dict[str, list[float]]
) -> None:
    assert list(told) == ["Reading", "Cross-validating", "Fitting"]
    for shares in told.values():
        assert (shares[0], shares[-1]) == (0, 1)
        assert shares == sorted(shares)
    assert len(told["Reading"]) == 121  # each second charity, and the end


def test_too_few_charities_to_measure_on_are_refused() -> None:
    least = 2 * COLLECTIONS
    with pytest.raises(RecommenderError, match=f"{least - 1} labelled charities: .* {least}"):
        learn_profiles(made(least - 1), PRIORITIES, ignore)


def test_one_priority_alone_can_be_learned_from_as_few_as_there_may_be() -> None:
    labelled = replace(made(2 * COLLECTIONS), meant={"housing": ("L",)})
    learned = learn_profiles(labelled, PRIORITIES, ignore)
    assert learned.chosen in product(STRENGTHS, SCALES)
    assert list(learned.profiles) == ["housing"]


def test_a_priority_of_whose_lexicon_no_text_holds_a_word_is_learned_from_the_data() -> None:
    silent = priorities_of(priority("animals", ("farm",)), priority("housing", ("flat",)))
    profiles = learn_profiles(made(120), silent, ignore).profiles
    assert min(profiles["animals"][word] for word in OWN["D20"]) > 0


def test_a_priority_of_which_nothing_can_be_learned_has_no_weights() -> None:
    silent = priorities_of(priority("rare", ("farm",)), priority("housing", ("housing",)))
    labelled = replace(made(80), meant={"rare": ("D20",), "housing": ("L",)})
    labelled.codes[labelled.codes == "D20"] = "X1"
    labelled.codes[0] = "D20"
    learned = learn_profiles(labelled, silent, ignore)
    assert learned.profiles["rare"] == {}
    assert learned.provenance["rare"][1] == "1 of 80 charities have a code of D20."
    assert learned.provenance["housing"][1] == "20 of 80 charities have a code of L."
