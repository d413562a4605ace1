import pandas as pd
import pytest
from recommender.directory import Directory

from recommender import Recommender, UnknownNameError
from recommender.catalogue import from_texts


def test_every_charity_is_found_by_each_of_its_names(catalogue: pd.DataFrame) -> None:
    directory = Directory(catalogue)
    for charity_id in catalogue.index:
        assert directory.find(charity_id) == charity_id
        for name in directory.silent(charity_id):
            assert directory.find(name.upper()) == charity_id


def test_names_are_told_in_the_order_of_the_columns(catalogue: pd.DataFrame) -> None:
    names = Directory(catalogue).silent("link")
    assert names[:3] == list(catalogue.loc["link", ["name", "name_ko", "short_name"]])


def test_a_name_of_nobody_is_answered_with_the_closest(catalogue: pd.DataFrame) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean Korea Future"):
        Directory(catalogue).find("Korea Futuro")


def test_a_name_speaks_where_it_is_all_that_describes_a_charity(catalogue: pd.DataFrame) -> None:
    changed = catalogue.copy()
    changed.loc["link", "described_by"] = "its name and activity code"
    changed.loc["khf", "described_by"] = "the charity"
    directory = Directory(changed)
    assert directory.silent("link") == []
    assert directory.silent("khf") == Directory(catalogue).silent("khf") != []
    assert directory.find("LiNK") == "link"


def test_the_words_of_such_a_name_are_ranked() -> None:
    named = from_texts(pd.Series({"a": "Springfield Food Bank. Fund raising.", "b": "A choir."}))
    named["name"] = ["Springfield Food Bank", "Choir"]
    told = named.assign(described_by="its name and activity code")
    scores = [
        Recommender(agenda="general").fit(table).recommend({"hunger": 5})["score"]["a"]
        for table in (named, told)
    ]
    assert scores[0] == 0 < scores[1]
