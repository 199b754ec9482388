"""Where everything lies, by checkout, user and variables."""

import os

import pytest

from refprogram.ops import places


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REFPROGRAM_STATE", str(tmp_path / "state"))


def test_without_variables_everything_is_embedded(tmp_path):
    assert (places.is_embedded(), places.is_redis_embedded()) == (True, True)
    assert places.state_dir() == tmp_path / "state"
    assert places.log_dir() == tmp_path / "state" / "logs"
    assert places.database_url() == f"postgresql://app@/app?host={places.postgres_socket_dir()}"


def test_variables_replace_the_embedded_servers(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@db/house")
    monkeypatch.setenv("REDIS_URL", "redis://cache:6379/0")
    assert (places.is_embedded(), places.is_redis_embedded()) == (False, False)
    assert places.database_url() == "postgres://me@db/house"


def test_two_states_have_two_sockets_short_enough_for_the_system(monkeypatch, tmp_path):
    first = places.valkey_socket()
    monkeypatch.setenv("REFPROGRAM_STATE", str(tmp_path / ("deep/" * 30)))
    second = places.valkey_socket()
    assert first != second
    assert all(len(os.fsencode(path)) < 100 for path in (first, second))


@pytest.mark.parametrize(
    ("url", "number", "redis", "broker"),
    [
        ("redis://cache:6379", 1, "redis://cache:6379/1", "redis://cache:6379/1"),
        ("redis://cache:6379/4", 1, "redis://cache:6379/5", "redis://cache:6379/5"),
        ("rediss://:pass@cache/0?ssl_cert_reqs=none", 0, *["rediss://:pass@cache/0?ssl_cert_reqs=none"] * 2),
        ("unix:///run/v.sock", 1, "unix:///run/v.sock?db=1", "redis+socket:///run/v.sock?virtual_host=1"),
        ("unix:///run/v.sock?db=2", 1, "unix:///run/v.sock?db=3", "redis+socket:///run/v.sock?virtual_host=3"),
    ],
)
def test_cache_and_broker_count_on_from_the_database_that_is_named(monkeypatch, url, number, redis, broker):
    monkeypatch.setenv("REDIS_URL", url)
    assert (places.redis_url(number), places.broker_url(number)) == (redis, broker)


def test_a_database_without_a_number_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://cache/zero")
    with pytest.raises(ValueError, match="REDIS_URL: 'zero'"):
        places.redis_url()
