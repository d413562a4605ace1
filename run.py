#!/usr/bin/env python3
"""Set the project up and run it, with nothing but Python installed: ``python3 run.py``.

The packages that ``requirements*.txt`` pin go into ``.venv``. A stamp in there says which file
was installed by which interpreter. It is removed before an installation and written after its
success, so that one that was interrupted is done again.

This file has to parse on Python 3.6, to tell its owner that Python 3.11 is needed.
"""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this file may have an older one
    sys.exit(
        f"Python 3.11 or newer is needed; this is {platform.python_version()}, "
        f"{sys.executable}. Start run.py with a newer one, for example: python3.12 run.py"
    )

USAGE = "usage: python3 run.py [app [streamlit args] | test [pytest args] | python [args]]"
HELP = (
    USAGE
    + """

  app      start the app in the browser (also without a command);
           for example: python3 run.py app --server.port 8601
           or, to show the charities of an index: python3 run.py app -- --index us.index
           (WHERE_TO_GIVE_INDEX=us.index in the environment does the same)
  test     run every test, or those that the arguments choose
  python   run the project's Python; for example:
           python3 run.py python -m recommender --help

The first run sets up .venv, later ones only when the requirements or Python have changed."""
)
ROOT = Path(__file__).resolve().parent
INDEX = "WHERE_TO_GIVE_INDEX"
PORT, LAST_PORT = "--server.port", 65535
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
MODULES = {"app": ["-m", "streamlit", "run", "app.py"], "test": ["-m", "pytest"], "python": []}

# What pip prints, and what to do about it; the first that matches is told.
CURES = {
    r"DO NOT MATCH THE HASHES": "A downloaded package is not the one that was tested. Run the "
    "command again; if it stays so, something between you and the package index alters files.",
    r"in --require-hashes mode": "A package has no hash in the requirements file. Compile both "
    "files again with the commands in their first lines.",
    r"No space left on device|Disk quota exceeded": "The disk is full. The set-up takes about "
    "1 GB: free some space, then run the command again.",
    r"Permission denied|Access is denied": "A file may not be written. If .venv was made by "
    "another user, delete it with that user's rights.",
    r"[Cc]onnection|name resolution|timed out|ProxyError|SSLError": "The package index could "
    "not be reached. Check the network (behind a proxy, set HTTPS_PROXY), then run the command "
    "again.",
    r"requires a different Python|No matching distribution": "A package does not exist for "
    "Python {python} on this machine. Try another version of Python, from 3.11 on.",
    r"[Ff]ailed (building|to build)|command '.*(gcc|cc|cl\.exe)'": "A package had to be "
    "compiled. Install a C compiler and Python's headers, then run the command again.",
}


def main(arguments: list[str]) -> None:
    """Do what the command line asks."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    if command in ("-h", "--help"):
        print(HELP)
        return
    if command not in MODULES:
        fail(USAGE, 2)
    venv = ROOT / ".venv"
    try:
        set_up(venv, DEVELOPMENT if command == "test" else RUNTIME)
    except OSError as error:
        fail(f"{error.filename or ROOT}: {error.strerror or error}. Mend that, then run again.")
    if command == "app":
        check_port(rest)
        rest = with_whole_paths(rest)
    if command != "python":
        os.chdir(ROOT)  # Streamlit and pytest look for their settings here
    hand_over([str(interpreter(venv)), *MODULES[command], *rest])


def with_whole_paths(arguments: list[str]) -> list[str]:
    """Make the index's path, which is meant from here, good from the project's folder too."""
    if os.environ.get(INDEX):
        os.environ[INDEX] = str(Path(os.environ[INDEX]).resolve())
    paths, before = [], ""
    for argument in arguments:
        option, equals, path = argument.partition("=")
        if option == "--index" and path:
            argument = option + equals + str(Path(path).resolve())
        paths.append(str(Path(argument).resolve()) if before == "--index" else argument)
        before = argument
    return paths


def set_up(venv: Path, requirements: str) -> None:
    """Make ``.venv`` hold what the requirements file pins, unless it does already."""
    if satisfied(venv, requirements):
        return
    if os.path.lexists(venv) and not venv.is_dir():
        fail(f"{venv} is in the way: expected a folder, or nothing. Delete it, then run again.")
    check_folder(venv if venv.exists() else venv.parent)
    check_ensurepip()
    say("Setting up .venv (about a minute, once) …")
    try:
        usable = reusable(venv)
        stamp_file(venv).unlink(missing_ok=True)  # before anything that can be interrupted
        if not usable:
            create(venv)
        install(venv, requirements)
    except KeyboardInterrupt:
        fail("Stopped. The next run starts the set-up again.", 130)
    stamp_file(venv).write_text(stamp(requirements), encoding="utf-8")


def satisfied(venv: Path, requirements: str) -> bool:
    """Whether the last installation was of these requirements, or of more than these."""
    enough = {DEVELOPMENT, requirements}  # what development needs includes the rest
    return interpreter(venv).exists() and read_stamp(venv) in map(stamp, enough)


def reusable(venv: Path) -> bool:
    """Whether ``.venv`` is whole and this interpreter's, so that pip can bring it up to date."""
    return interpreter(venv).exists() and read_stamp(venv).endswith(this_python())


def stamp(requirements: str) -> str:
    """What the stamp says after this file was installed by this interpreter."""
    digest = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    return f"{requirements} {digest}\n{this_python()}"


def this_python() -> str:
    """The version and place of this interpreter, the same from inside its virtual environments."""
    return f"{platform.python_implementation()} {platform.python_version()} {sys.base_prefix}\n"


def stamp_file(venv: Path) -> Path:
    """Where the stamp is."""
    return venv / "run.stamp"


def read_stamp(venv: Path) -> str:
    """The stamp, or nothing where there is none."""
    path = stamp_file(venv)
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def interpreter(venv: Path) -> Path:
    """Python inside the virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def create(venv: Path) -> None:
    """Make an empty virtual environment, in place of any other."""
    # Not sys.executable: inside .venv that would be the file that --clear deletes.
    base = getattr(sys, "_base_executable", None) or sys.executable
    run_step([base, "-m", "venv", "--clear", str(venv)], "Python could not make .venv.")


def install(venv: Path, requirements: str) -> None:
    """Let pip install the file's packages, none without the hash that the file names."""
    pip = [str(interpreter(venv)), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    arguments = ["install", "--no-input", "--require-hashes", "--requirement", requirements]
    run_step(pip + arguments, f"pip could not install {requirements}.")


def run_step(command: list[str], failure: str) -> None:
    """Run one step in the project's folder, quiet unless it fails."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace"
    )
    if done.returncode:
        say("\n".join(done.stdout.splitlines()[-15:]))
        fail(f"{failure} {cure(done.stdout)}")


def cure(output: str) -> str:
    """What to do about a failure, by what was printed."""
    found = (advice for pattern, advice in CURES.items() if re.search(pattern, output))
    return next(found, "The lines above say why.").format(python=platform.python_version())


def check_folder(folder: Path) -> None:
    """Stop when the set-up may not write where it has to."""
    if not os.access(folder, os.W_OK):
        fail(f"{folder} may not be written to. Copy the project to a folder of your own.")


def check_ensurepip() -> None:
    """Stop when Python lacks the part that gives a new environment its pip."""
    if importlib.util.find_spec("ensurepip") is None:
        cure = "apt install python3-venv" if shutil.which("apt") else "reinstall Python"
        fail(f"This Python cannot make virtual environments: ensurepip is missing. Try: {cure}")


def check_port(arguments: list[str]) -> None:
    """Stop when the app can't listen at the port that it was told to use."""
    port = setting(PORT, "STREAMLIT_SERVER_PORT", arguments)
    address = setting("--server.address", "STREAMLIT_SERVER_ADDRESS", arguments) or "127.0.0.1"
    if not port.isdecimal() or int(port) > LAST_PORT:
        return  # of none, the app takes the next that is free
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        socket.create_server((address, int(port)), family=family).close()
    except socket.gaierror:
        return  # a name that only the app can make something of
    except PermissionError:
        fail(
            f"Port {port} is the system's. Name one of 1024 or more: python3 run.py app {PORT} 8501"
        )
    except OSError as error:
        fail(
            f"Port {port} can't be used: {error.strerror}. Stop the program that uses it, or "
            f"name another port: python3 run.py app {PORT} {int(port) % LAST_PORT + 1}"
        )


def setting(option: str, variable: str, arguments: list[str]) -> str:
    """Return what Streamlit is told by an option, or else by the environment."""
    told = os.environ.get(variable, "")
    for number, argument in enumerate(arguments):
        named, equals, value = argument.partition("=")
        if named == option:
            told = value if equals else "".join(arguments[number + 1 : number + 2])
    return told


def hand_over(command: list[str]) -> NoReturn:
    """Become the command, so that its exit code and the signals it gets are its own."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if os.name == "nt":  # there, exec starts another process and returns at once
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def say(message: str) -> None:
    """Print beside the output proper, so that a pipe gets only what the command printed."""
    print(message, file=sys.stderr, flush=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong and stop."""
    say(message)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
