"""What the tests share: the shipped catalogue, the model fitted to it, and tables made by hand."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from recommender import Recommender, load_catalogue, load_priorities
from recommender.priorities import Priorities
from recommender.schema import CATALOGUE, defaults

# pytest --hypothesis-profile=nightly looks for hours; no profile holds a test to a time.
_WITHOUT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The quick one tries the same examples each time: what passes here passes there.
settings.register_profile("quick", max_examples=40, derandomize=True, **_WITHOUT)
settings.register_profile("nightly", max_examples=20_000, **_WITHOUT)
settings.load_profile("quick")

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def catalogue() -> pd.DataFrame:
    return load_catalogue()


@pytest.fixture(scope="session")
def priorities() -> Priorities:
    return load_priorities()


@pytest.fixture(scope="session")
def model(catalogue: pd.DataFrame, priorities: Priorities) -> Recommender:
    return Recommender(priorities=priorities).fit(catalogue)


@pytest.fixture(scope="session")
def six(catalogue: pd.DataFrame) -> pd.DataFrame:
    """The charities of the seeds."""
    return catalogue.loc[["link", "khf", "cfk", "choson_exchange", "korea_future", "pscore"]]


@pytest.fixture(scope="session")
def table_of() -> Callable[[Rows], pd.DataFrame]:
    """Return what makes a catalogue of the given cells; the others hold what absence means."""

    def make(rows: Rows) -> pd.DataFrame:
        blank = defaults(CATALOGUE)
        filled = [
            {**blank, "charity_id": f"c{i}", "name": f"Xyz {i}", **row}
            for i, row in enumerate(rows)
        ]
        return pd.DataFrame(filled, dtype=str).set_index("charity_id")

    return make


@pytest.fixture(scope="session")
def fitted(
    table_of: Callable[[Rows], pd.DataFrame], priorities: Priorities
) -> Callable[[Rows], Recommender]:
    """Return what fits a model to a catalogue of the given cells."""

    def fit(rows: Rows) -> Recommender:
        return Recommender(priorities=priorities).fit(table_of(rows))

    return fit


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where an imported register is written: alone in its folder."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "new.parquet"


@pytest.fixture
def imported(tmp_path: Path, out: Path) -> Callable[..., object]:
    """Return what imports contents, each as a file of its own, under the sample's name."""
    from register_samples import SAMPLES, register_of

    from recommender.registers._importing import import_files

    def run(code: str, *contents: str | bytes, name: str = "", **options: bool) -> object:
        paths = []
        for number, content in enumerate(contents):
            folder = tmp_path / str(number)
            folder.mkdir(exist_ok=True)
            path = SAMPLES[code].write(folder, content)
            paths.append(path.rename(folder / name) if name else path)
        return import_files(code, register_of(code), paths, out, **options)

    return run
