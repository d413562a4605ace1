from collections.abc import Callable

import pytest

from recommender import Recommender, UnknownNameError
from recommender.agendas import fitting, offered, priority_part
from recommender.priorities import Priorities

Fit = Callable[[list[dict[str, str]]], Recommender]


def test_an_agenda_is_named_by_its_id_or_by_priorities(priorities: Priorities) -> None:
    assert offered("north_korea", priorities) == priorities.agendas["north_korea"]
    assert offered(["hunger", "justice"], priorities) == ("hunger", "justice")
    with pytest.raises(UnknownNameError, match=r"unknown agenda 'north_corea'. Did you mean north"):
        offered("north_corea", priorities)
    with pytest.raises(UnknownNameError, match="unknown priority 'hungr'"):
        offered(["hungr"], priorities)


@pytest.mark.parametrize(
    ("agenda", "text"),
    [
        (
            "north_korea",
            "Broadcasts radio into North Korea; campaigns for reunification of divided families.",
        ),
        ("general", "Shelters stray dogs and cats; veterinary care for animals."),
    ],
)
def test_the_agenda_that_fits_is_offered_where_there_is_evidence(
    fitted: Fit, priorities: Priorities, agenda: str, text: str
) -> None:
    model = fitted([{"description": text}, {"description": "Xyzzy."}])
    assert set(model.agenda_) < set(priorities.agendas[agenda])
    assert all(model.parts_[name].shares for name in model.agenda_)
    ids = [name for name in priorities.agendas[agenda] if name in model.agenda_]
    assert list(model.agenda_) == ids


def test_where_nothing_fits_nothing_is_offered(fitted: Fit) -> None:
    assert fitted([{"description": "Xyzzy."}]).agenda_ == ()


def test_a_priority_is_a_part_of_its_own_level(model: Recommender, priorities: Priorities) -> None:
    part = priority_part(model.index_, priorities, "education")
    assert part == model.parts_["education"]
    assert fitting(model.index_, model.parts_, priorities) == model.agenda_
