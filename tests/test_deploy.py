"""The container's recipe, as far as it can be tried without docker: its files, start and health."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from served import ROOT, ask, session

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
NOBODY = 65534


def instructions() -> list[tuple[str, str]]:
    """The recipe's instructions and what follows them, without comments."""
    text = re.sub(r"(?m)^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"))
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name]


def told(name: str) -> list[str]:
    return [rest for other, rest in instructions() if other == name]


def command(text: str) -> list[str]:
    """A command in the form of a list, with this Python in place of the image's."""
    python, *arguments = json.loads(text[text.index("[") :])
    assert python == "python"
    return [sys.executable, *arguments]


class Container(NamedTuple):
    """A process started as the recipe says: its port, and how to ask after its health."""

    port: int
    process: subprocess.Popen[bytes]
    output: Path

    def healthy(self) -> bool:
        """What HEALTHCHECK finds, at this port."""
        check = [part.replace("8501", str(self.port)) for part in command(told("HEALTHCHECK")[0])]
        return subprocess.run(check, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what COPY names, which nobody may write to."""
    folder = tmp_path_factory.mktemp("image")
    for source, target in (line.split() for line in told("COPY")):
        if (ROOT / source).is_dir():
            skipped = shutil.ignore_patterns("__pycache__", "secrets.toml")
            shutil.copytree(ROOT / source, folder / target, ignore=skipped)
        else:
            shutil.copy(ROOT / source, folder / target)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return folder


def another_user() -> int | None:
    """The user of the recipe, where this process may become it and it may run this Python."""
    assert told("USER") == [f"{NOBODY}:{NOBODY}"]
    try:
        subprocess.run([sys.executable, "-c", ""], user=NOBODY, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return NOBODY


@pytest.fixture(scope="module")
def container(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """The recipe's start, where nothing can be written."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = dict(pair.split("=") for pair in told("ENV")[0].split())
    environment = {**os.environ, **settings, "STREAMLIT_SERVER_PORT": str(port)}
    environment |= {"STREAMLIT_SERVER_ALLOWED_HOSTS": "give.example", "HOME": "/nonexistent"}
    environment.pop("PYTHONPATH", None)
    output = tmp_path_factory.mktemp("container") / "log.txt"
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
    limited = [sys.executable, "-c", limit + "os.execv(sys.argv[1], sys.argv[1:])"]
    with output.open("wb") as log:
        copier = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=log)
        process = subprocess.Popen(
            [*limited, *command(told("CMD")[0])],
            cwd=image,
            env=environment,
            stdout=copier.stdin,
            stderr=subprocess.STDOUT,
            user=another_user(),
        )
        started = Container(port, process, output)
        try:
            yield started
        finally:
            process.terminate()
            process.wait(10)
            copier.stdin.close()
            copier.wait(10)


def wait_until_healthy(container: Container) -> None:
    end = time.monotonic() + 60
    while not container.healthy():
        said = container.output.read_text(errors="replace")
        assert container.process.poll() is None, said
        assert time.monotonic() < end, said


def test_what_is_copied_is_there_and_goes_to_the_build() -> None:
    ignored = (ROOT / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    sources = [line.split()[0] for line in told("COPY")]
    assert {f"!{source}" for source in sources} == {line for line in ignored if line[0] == "!"}
    for source in sources:
        assert (ROOT / source).exists(), source


def test_packages_are_those_that_are_pinned() -> None:
    assert "--require-hashes -r requirements.txt" in told("RUN")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="starts as a container of Linux does")
def test_it_starts_where_nothing_can_be_written_and_tells_its_health(container: Container) -> None:
    wait_until_healthy(container)
    url = f"http://127.0.0.1:{container.port}"
    assert ask(url, "/").status == 200
    with session(url, "http://give.example", "give.example") as opened:
        assert b"wg-card" in opened.sent or b"wg-rest" in opened.sent
    process = Path(f"/proc/{container.process.pid}")
    if process.exists() and (user := another_user()) is not None:
        assert process.stat().st_uid == user


def test_a_server_that_is_not_there_is_not_healthy(container: Container) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert not container._replace(port=free.getsockname()[1]).healthy()
