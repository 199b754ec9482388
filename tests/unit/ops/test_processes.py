"""Children, and what a person is shown of their logs."""

import signal
import sys

from refprogram.ops.processes import Tail, kill_group, last_lines, rotate, start, stop

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def test_a_tail_shows_warnings_and_whole_tracebacks_only(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("old error\n")
    tail = Tail(log)
    with log.open("a") as file:
        file.write("all is well\nTraceback (most recent call last):\n  File x\nValueError: bad\nfine\nan error")
    assert tail.fresh() == ["Traceback (most recent call last):", "  File x", "ValueError: bad"]
    with log.open("a") as file:
        file.write(" at the end\n")
    assert tail.fresh() == ["an error at the end"]
    assert tail.fresh() == []


def test_a_tail_waits_for_a_log_that_is_not_there(tmp_path):
    tail = Tail(tmp_path / "later.log")
    assert tail.fresh() == []
    (tmp_path / "later.log").write_text("WARNING: here\n")
    assert tail.fresh() == ["WARNING: here"]


def test_rotation_keeps_the_last_three(tmp_path):
    log = tmp_path / "web.log"
    for number in range(6):
        log.write_text(str(number))
        rotate(log)
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {"web.log.1": "5", "web.log.2": "4", "web.log.3": "3"}


def test_the_end_of_a_log_is_shown_indented(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("".join(f"{number}\n" for number in range(20)))
    assert last_lines(log, 2) == "\n    18\n    19"
    assert last_lines(tmp_path / "none.log") == ""


def test_a_child_ends_when_asked_and_is_killed_when_it_does_not_listen(tmp_path, eventually):
    log = tmp_path / "child.log"
    deaf = start([sys.executable, "-c", DEAF], log=log)
    polite = start([sys.executable, "-c", "import time; time.sleep(60)"])
    eventually(lambda: "deaf" in log.read_text())

    stop([deaf, polite], grace=0.3)

    assert (deaf.returncode, polite.returncode) == (-signal.SIGKILL, -signal.SIGTERM)
    kill_group(deaf)  # one that is gone is no error
