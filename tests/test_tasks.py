import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bulk_samples import hears_ctrl_c

from recommender import RecommenderError
from recommender.tasks import tasks

ROOT = Path(__file__).parents[1]
WAITING = """
import time
from recommender.tasks import tasks
if __name__ == "__main__":
    try:
        with tasks(2) as submit:
            waiting = [submit(time.sleep, 60) for _ in range(2)]
            print("started", flush=True)
            waiting[0]()
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_worker_is_this_process_and_works_when_asked() -> None:
    done: list[int] = []
    with tasks(1) as submit:
        result = submit(done.append, 1)
        assert not done
        result()
    assert done == [1]


def test_more_are_processes_of_their_own() -> None:
    with tasks(2) as submit:
        waiting = [submit(os.getpid) for _ in range(4)]
        found = {wait() for wait in waiting}
    assert os.getpid() not in found
    assert len(found) <= 2


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_task_raises_is_raised_where_it_is_waited_for(workers: int) -> None:
    with pytest.raises(ValueError, match="invalid literal"), tasks(workers) as submit:
        submit(int, "x")()


def test_a_killed_process_is_told() -> None:
    with pytest.raises(RecommenderError, match="with fewer --workers"), tasks(2) as submit:
        submit(kill_itself)()


def test_a_failure_does_not_wait_for_what_others_are_doing() -> None:
    def fail() -> None:
        with tasks(2) as submit:
            submit(time.sleep, 60)
            submit(int, "x")()

    started = time.monotonic()
    with pytest.raises(ValueError, match="invalid literal"):
        fail()
    assert time.monotonic() - started < 50


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to interrupt")
def test_ctrl_c_ends_all_processes_at_once_and_quietly(tmp_path: Path) -> None:
    (tmp_path / "waiting.py").write_text(WAITING, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, tmp_path / "waiting.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the job
    assert process.communicate(timeout=50)[0] == "stopped\n"
