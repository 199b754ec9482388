"""The cache may sleep: then everything is a miss, and nobody waits for it twice."""

import pytest
from django.core.cache import cache

from refprogram.kernel import soft_cache


@pytest.fixture
def asleep(settings, tmp_path):
    """A server's socket at which nobody listens."""
    settings.CACHES = {
        "default": {
            "BACKEND": "refprogram.kernel.soft_cache.SoftCache",
            "LOCATION": f"unix://{tmp_path}/nobody?db=0",
        }
    }


def test_awake_it_keeps_and_counts():
    cache.set("a", 1)

    assert (cache.get("a"), cache.get("b", "nothing"), "a" in cache) == (1, "nothing", True)
    assert [soft_cache.count("n", seconds=60) for _ in range(3)] == [1, 2, 3]


def test_asleep_everything_is_a_miss(asleep):
    cache.set("a", 1)
    cache.set_many({"b": 2})
    cache.delete_many(["b"])

    assert (cache.get("a"), cache.get("a", "nothing"), cache.get_many(["a", "b"])) == (None, "nothing", {})
    assert (cache.add("a", 1), cache.touch("a"), cache.delete("a"), "a" in cache) == (True, False, False, False)
    assert cache.get_or_set("a", lambda: 7) == 7
    assert soft_cache.count("n", seconds=60) == 0


def test_asleep_it_is_asked_once_and_then_left_alone(asleep, caplog):
    caplog.set_level("WARNING")  # a worker of an earlier test leaves the root logger at "error"
    for _ in range(5):
        cache.get("a")

    assert len(caplog.records) == 1
