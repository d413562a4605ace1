import shutil
import subprocess
import sys
from pathlib import Path

from recommender.paths import data_folder

ROOT = Path(__file__).parents[1]


def test_in_a_checkout_the_data_stands_beside_the_package() -> None:
    assert data_folder() == ROOT / "data"
    assert (data_folder() / "charities.csv").is_file()


def test_data_inside_the_package_comes_before_a_folder_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "recommender"
    (package / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    for name in ("__init__", "errors", "paths", "version"):
        shutil.copy(ROOT / "recommender" / f"{name}.py", package)
    code = "from recommender.paths import data_folder; print(data_folder())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).resolve() == (package / "data").resolve()
