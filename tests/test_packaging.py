"""What is built and what is installed: the wheel, the source archive and the two lock files."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {"requirements.txt": "", "requirements-dev.txt": " --group dev"}
Pins = dict[str, dict[str, set[str]]]


def build(target: str, source: Path, into: Path) -> Path:
    """Build from a folder, as an installer does, but with the packages that are here already."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(into.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def files(folder: str) -> set[str]:
    """The folder's files, relative to the project, without what tools left there."""
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    kept = (path for path in paths if not path.name.startswith("."))
    return {path.as_posix() for path in kept if "__pycache__" not in path.parts}


def test_the_wheel_has_the_library_and_all_of_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    metadata = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    data = {f"recommender/{name}" for name in files("data")}
    assert {"recommender/data/charities.csv", "recommender/data/priorities.toml"} <= data
    assert "recommender/data/languages/en.ftl" in data
    assert names - metadata == files("recommender") | data
    assert any(name.endswith("/licenses/LICENSE") for name in metadata)


def test_the_installed_wheel_ranks_without_a_checkout(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)
    question = ["recommend", "--priority", "justice=5", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "recommender", *question],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    ranking = json.loads(done.stdout)["ranking"]
    assert ranking[0]["rank"] == 1
    assert len({row["charity_id"] for row in ranking}) == len(ranking) > 1


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    source = tmp_path / archive.name.removesuffix(".tar.gz")
    assert {"run.py", "requirements.txt", "tests"} <= {path.name for path in source.iterdir()}
    assert not (source / ".venv").exists()
    again = build("wheel", source, tmp_path / "again")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())


def pins(name: str) -> Pins:
    """Each package's versions, with the hashes of each: a version may differ by Python."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: Pins = {}
    for entry in re.split(r"\n(?=[^\s#])", re.sub(r"(?m)^\s*#.*\n", "", text)):
        line, *hashes = entry.replace("\\\n", "\n").split("\n    --hash=sha256:")
        pinned = Requirement(line.strip())
        versions = found.setdefault(canonicalize_name(pinned.name), {})
        versions.setdefault(str(pinned.specifier), set()).update(map(str.strip, hashes))
    return found


def named(lock: str) -> list[Requirement]:
    """What pyproject.toml asks of this lock."""
    development = PROJECT["dependency-groups"]["dev"] if "dev" in lock else []
    return [Requirement(line) for line in PROJECT["project"]["dependencies"] + development]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_hashed(lock: str) -> None:
    versions = [item for package in pins(lock).values() for item in package.items()]
    assert versions
    for version, hashes in versions:
        assert re.fullmatch(r"==[\w.]+", version)
        assert hashes
        assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_names(lock: str) -> None:
    pinned = pins(lock)
    for wanted in named(lock):
        versions = pinned.get(canonicalize_name(wanted.name), {})
        assert versions, f"{wanted} is not in {lock}"
        for version in versions:
            assert wanted.specifier.contains(version.removeprefix("==")), f"{wanted}: {version}"


def test_both_locks_agree() -> None:
    runtime, development = map(pins, LOCKS)
    assert runtime == {name: development.get(name) for name in runtime}


@pytest.mark.parametrize(("lock", "group"), LOCKS.items())
def test_the_lock_says_how_it_was_compiled_and_names_no_index(lock: str, group: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    command = text.splitlines()[1]
    assert f"uv pip compile pyproject.toml{group} --universal --python-version 3.11" in command
    assert "--generate-hashes" in command
    assert f"-o {lock}" in command
    assert "://" not in text
    assert not re.search(r"(?m)^\s*--(?!hash=)", text)
