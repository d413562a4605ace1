"""run.py as its users meet it: real environments and real pip, with no network."""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).parents[1] / "run.py"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
SETTING_UP = "Setting up .venv"
ECHO = "import os, sys\nprint(sys.argv[1:], os.getcwd())\n"
# The first step of a set-up is killed, and run.py with it, as by a lost machine.
KILLED_AS_IT_IS_MADE = (
    "import os, signal, subprocess; "
    "subprocess.run = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)"
)
ABSENT = f"absent==1.0 --hash=sha256:{64 * '0'}\n"


def requirement(root: Path, module: str) -> str:
    """A line that pins a wheel, made on the spot, whose one module echoes its arguments."""
    wheel, info = root / f"{module}-1.0-py3-none-any.whl", f"{module}-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{module}.py", ECHO)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any")
        archive.writestr(f"{info}/RECORD", "")
    return f"./{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def fill(root: Path) -> Path:
    """A project whose two requirements files stand for Streamlit and for pytest."""
    root.mkdir()
    shutil.copy(RUN, root)
    (root / RUNTIME).write_text(requirement(root, "streamlit"))
    (root / DEVELOPMENT).write_text((root / RUNTIME).read_text() + requirement(root, "pytest"))
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return fill(tmp_path / "a project")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, set up for its users."""
    root = fill(tmp_path_factory.mktemp("ready") / "a project")
    assert SETTING_UP in run(root, "python", "-c", "pass").stderr
    return root


@pytest.fixture
def pins(ready: Path) -> Iterator[Path]:
    """The requirements of a ready project, for a test to spoil."""
    path = ready / RUNTIME
    tested = path.read_bytes()
    yield path
    path.write_bytes(tested)


def environment(**more: str) -> dict[str, str]:
    """No settings of the machine's pip, and no network."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {**inherited, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", **more}


def run(
    root: Path, *arguments: str, before: tuple[str, ...] = (), cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the project's run.py from another folder, as ``python3 run.py arguments``."""
    command = [*(before or [sys.executable]), str(root / "run.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd or root.parent, env=environment(**more), capture_output=True, text=True
    )


def pretending(statement: str) -> tuple[str, ...]:
    """An interpreter in which the statement holds when run.py starts."""
    start = "runpy.run_path(sys.argv[0], run_name='__main__')"
    return (sys.executable, "-c", f"import runpy, sys; {statement}; sys.argv.pop(0); {start}")


def load(root: Path) -> ModuleType:
    """The project's run.py as a module."""
    spec = importlib.util.spec_from_file_location("run", root / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_help_names_every_command(project: Path) -> None:
    done = run(project, "--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in ("app", "test", "python"))


@pytest.mark.parametrize("given", [["--index", "us.index"], ["--index=us.index"]])
def test_an_index_is_meant_from_where_the_user_is(
    ready: Path, tmp_path: Path, given: list[str]
) -> None:
    done = run(ready, "app", "--", *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "us.index") in done.stdout
    assert "'us.index'" not in done.stdout


def test_help_names_the_index(project: Path) -> None:
    said = run(project, "--help").stdout
    assert "app -- --index us.index" in said
    assert "WHERE_TO_GIVE_INDEX" in said


def test_an_unknown_command_gets_one_line_and_exit_code_2(project: Path) -> None:
    done = run(project, "tests")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("usage: python3 run.py")
    assert not (project / ".venv").exists()


def test_what_is_ready_adds_no_noise_and_stays_where_the_user_is(ready: Path) -> None:
    code = "import os, sys; print(os.getcwd(), *sys.path, sep='\\n'); sys.exit(7)"
    done = run(ready, "python", "-c", code, PYTHONPATH="elsewhere")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (7, "")
    assert lines[0] == str(ready.parent)
    assert lines[2:4] == [str(ready), str(ready.parent / "elsewhere")]


def test_signals_reach_the_command_itself(ready: Path) -> None:
    done = run(ready, "python", "-c", "import os; os.kill(os.getpid(), 15)")
    assert done.returncode == -signal.SIGTERM


@pytest.mark.parametrize("arguments", [(), ("app",), ("app", "--server.port", "8601")])
def test_the_app_starts_in_its_folder_with_its_arguments(
    ready: Path, arguments: tuple[str, ...]
) -> None:
    done = run(ready, *arguments)
    assert done.stdout == f"{['run', 'app.py', *arguments[1:]]} {ready}\n"


def test_a_development_set_up_serves_the_app_too(project: Path) -> None:
    assert SETTING_UP in run(project, "python", "-c", "pass").stderr
    tested = run(project, "test", "-k", "one")
    assert SETTING_UP in tested.stderr
    assert tested.stdout == f"{['-k', 'one']} {project}\n"
    assert run(project, "app").stderr == ""
    assert run(project, "test").stderr == ""


def test_the_stamp_answers_for_one_file_and_one_interpreter(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, venv = load(project), project / ".venv"
    module.interpreter(venv).parent.mkdir(parents=True)
    module.interpreter(venv).touch()
    assert not module.satisfied(venv, RUNTIME)
    module.stamp_file(venv).write_text(module.stamp(RUNTIME))
    assert module.satisfied(venv, RUNTIME)
    assert not module.satisfied(venv, DEVELOPMENT)
    module.stamp_file(venv).write_text(module.stamp(DEVELOPMENT))
    assert module.satisfied(venv, RUNTIME)
    assert module.satisfied(venv, DEVELOPMENT)
    with monkeypatch.context() as patch:
        patch.setattr(module.sys, "base_prefix", "another")
        assert not module.satisfied(venv, RUNTIME)
    (project / DEVELOPMENT).write_text("changed")
    assert not module.satisfied(venv, RUNTIME)
    assert module.reusable(venv)


@pytest.mark.parametrize(("name", "content"), [("run.stamp", b"\xff\x00"), ("bin/python", None)])
def test_a_damaged_set_up_is_made_again(ready: Path, name: str, content: bytes | None) -> None:
    path = ready / ".venv" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert SETTING_UP in run(ready, "python", "-c", "import streamlit").stderr
    assert run(ready, "python", "-c", "import streamlit").stderr == ""


def test_a_changed_file_is_not_taken_for_the_tested_one(ready: Path, pins: Path) -> None:
    pins.write_text(re.sub("sha256:.{4}", "sha256:0000", pins.read_text()))
    done = run(ready, "app")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not the one that was tested" in done.stderr
    assert not (ready / ".venv" / "run.stamp").exists()


def test_a_pin_without_a_hash_is_refused(ready: Path, pins: Path) -> None:
    pins.write_text(pins.read_text().split()[0] + "\n")
    done = run(ready, "app")
    assert done.returncode == 1
    assert "no hash in the requirements file" in done.stderr


def test_an_index_out_of_reach_is_named(ready: Path, pins: Path) -> None:
    pins.write_text(ABSENT)
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_INDEX": "0", "PIP_RETRIES": "1"}
    done = run(ready, "app", **closed)
    assert done.returncode == 1
    assert "could not be reached" in done.stderr


@pytest.mark.parametrize(
    ("stop", "status", "said"),
    [
        (signal.SIGINT, 130, "next run starts the set-up again"),
        (signal.SIGKILL, -signal.SIGKILL, SETTING_UP),
    ],
)
def test_an_interrupted_installation_is_done_again(
    ready: Path, pins: Path, stop: int, status: int, said: str
) -> None:
    tested = pins.read_text()
    pins.write_text(ABSENT)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        process = subprocess.Popen(
            [sys.executable, ready / "run.py"],
            env=environment(PIP_INDEX_URL=index, PIP_NO_INDEX="0"),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with silent.accept()[0]:  # pip waits for an answer: as at a terminal, Ctrl-C goes to all
            os.killpg(process.pid, stop)
            told = process.communicate(timeout=60)[1]
    assert process.returncode == status
    assert said in told
    assert "Traceback" not in told
    pins.write_text(tested)
    again = run(ready, "app")
    assert (again.returncode, SETTING_UP in again.stderr) == (0, True)


def test_a_set_up_that_was_killed_while_it_was_made_is_made_again(ready: Path) -> None:
    module, venv = load(ready), ready / ".venv"
    before = module.read_stamp(venv)
    module.stamp_file(venv).write_text("of another Python\n")  # so that it is made anew
    done = run(ready, "app", before=pretending(KILLED_AS_IT_IS_MADE))
    assert done.returncode == -signal.SIGKILL
    assert not module.stamp_file(venv).exists()
    assert SETTING_UP in run(ready, "app").stderr
    assert module.read_stamp(venv) == before


@pytest.mark.parametrize("target", [None, "nowhere"], ids=["a file", "a link to nothing"])
def test_what_is_in_the_way_of_the_set_up_is_named(project: Path, target: str | None) -> None:
    way = project / ".venv"
    way.symlink_to(project / target) if target else way.touch()
    done = run(project, "app")
    assert done.returncode == 1
    assert done.stderr == (
        f"{way} is in the way: expected a folder, or nothing. Delete it, then run again.\n"
    )


def test_a_missing_file_of_requirements_is_named(ready: Path, pins: Path) -> None:
    pins.unlink()
    done = run(ready, "app")
    assert done.returncode == 1
    assert done.stderr == f"{pins}: No such file or directory. Mend that, then run again.\n"


@pytest.mark.parametrize("way", ["two words", "one word", "the environment"])
def test_a_port_that_is_taken_is_told_with_a_way_out(ready: Path, way: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        options = {
            "two words": ["--server.port", port],
            "one word": [f"--server.port={port}"],
            "the environment": [],
        }
        more = {} if options[way] else {"STREAMLIT_SERVER_PORT": port}
        done = run(ready, "app", *options[way], **more)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Port {port} can't be used: ")
    assert "python3 run.py app --server.port " in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_port_is_tried_at_the_address_that_the_app_listens_to(ready: Path) -> None:
    with socket.create_server(("127.0.0.2", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(ready, "app", "--server.port", port, "--server.address", "127.0.0.2")
    assert done.stderr.startswith(f"Port {port} can't be used: ")


def test_a_missing_ensurepip_is_named_with_its_cure(project: Path) -> None:
    done = run(project, "python", before=pretending("sys.modules['ensurepip'] = None"))
    assert done.returncode == 1
    assert "ensurepip is missing" in done.stderr
    assert ("apt install python3-venv" in done.stderr) == bool(shutil.which("apt"))
    assert "Traceback" not in done.stderr


def test_an_old_python_is_told_before_anything_else(project: Path) -> None:
    done = run(project, before=pretending("sys.version_info = (3, 10, 0)"))
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed")
    assert done.stderr.count("\n") == 1
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_folder_that_may_not_be_written_to_is_named(project: Path) -> None:
    # Root may write anywhere, unless it gives that right up.
    powerless = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", sys.executable)
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root cannot be denied anything without setpriv")
    project.chmod(0o555)
    try:
        done = run(project, "app", before=powerless if os.geteuid() == 0 else ())
    finally:
        project.chmod(0o755)
    assert done.returncode == 1
    assert f"{project} may not be written to" in done.stderr


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: [Errno 13] Permission denied: '.venv/bin/pip'", "may not be written"),
        ("WARNING: Retrying: Temporary failure in name resolution", "could not be reached"),
        ("WARNING: Retrying: HTTPSConnectionPool: Read timed out.", "could not be reached"),
        ("ERROR: No matching distribution found for scipy==1.17.1", "another version of Python"),
        ("error: command 'gcc' failed: No such file or directory", "compiler"),
        ("something new", "lines above"),
    ],
)
def test_what_pip_says_leads_to_a_cure(project: Path, printed: str, advice: str) -> None:
    assert advice in load(project).cure(printed)
