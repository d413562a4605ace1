import pandas as pd
import pytest

from recommender import UnknownNameError
from recommender.directory import Directory


def test_every_charity_is_found_by_each_of_its_names(catalogue: pd.DataFrame) -> None:
    directory = Directory(catalogue)
    for charity_id in catalogue.index:
        assert directory.find(charity_id) == charity_id
        for name in directory.names(charity_id):
            assert directory.find(name.upper()) == charity_id


def test_names_are_told_in_the_order_of_the_columns(catalogue: pd.DataFrame) -> None:
    names = Directory(catalogue).names("link")
    assert names[:3] == list(catalogue.loc["link", ["name", "name_ko", "short_name"]])


def test_a_name_of_nobody_is_answered_with_the_closest(catalogue: pd.DataFrame) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean Korea Future"):
        Directory(catalogue).find("Korea Futuro")
