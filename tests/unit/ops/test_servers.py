"""The embedded servers: private, durable, and clear about what is wrong."""

import stat

import pytest
import redis

from refprogram.ops import servers
from refprogram.ops.servers import Postgres, Valkey, make_private


@pytest.fixture
def state(tmp_path, monkeypatch):
    """A state folder of this test alone."""
    monkeypatch.setenv("REFPROGRAM_STATE", str(tmp_path))
    (tmp_path / "logs").mkdir()
    return tmp_path


def test_what_was_queued_outlives_a_stop(state):
    for _ in range(2):
        server = Valkey(state)
        server.start()
        with redis.Redis(unix_socket_path=str(server.socket)) as client:
            client.rpush("default", "a task")
            waiting = client.llen("default")
        server.stop()
    assert waiting == 2
    assert not server.is_running()
    assert not server.socket.exists()


def test_only_we_can_enter_the_sockets_folder(state):
    server = Valkey(state)
    server.start()
    try:
        assert stat.S_IMODE(server.socket.parent.stat().st_mode) == 0o700
    finally:
        server.stop()


def test_a_server_that_does_not_start_says_so_and_shows_its_log(state, monkeypatch):
    monkeypatch.setattr(servers, "get_binary_path", lambda: "/bin/false")
    server = Valkey(state)
    with pytest.raises(SystemExit, match=r"valkey did not start; its log is .*valkey\.log"):
        server.start()
    server.stop()


def test_data_of_another_major_version_are_refused_before_anything_is_touched(state):
    (state / "postgres-9").mkdir()
    with pytest.raises(SystemExit, match="holds postgres-9, but Postgres"):
        Postgres(state).start()
    assert [path.name for path in state.iterdir() if "postgres" in path.name] == ["postgres-9"]


def test_a_stale_pid_file_is_dropped(state):
    server = Postgres(state)
    server.data.mkdir()
    (server.data / "postmaster.pid").write_text("1\n")  # alive, and no Postgres
    server._drop_stale_pid()
    assert not (server.data / "postmaster.pid").exists()


def test_a_private_folder_is_made_anew(tmp_path):
    folder = tmp_path / "sockets"
    folder.mkdir(mode=0o777)
    (folder / "planted").touch()
    make_private(folder)
    assert (list(folder.iterdir()), stat.S_IMODE(folder.stat().st_mode)) == ([], 0o700)
