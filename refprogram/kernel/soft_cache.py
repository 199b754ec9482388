"""The cache as what it is: a help that may be missing. Nothing a person does fails, or waits long, because it sleeps.

`SoftCache` is the backend in settings.CACHES: while the server does not answer, everything is a miss. Sessions are in
the database as well (cached_db), so people stay signed in.
"""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# After a failure the server is left alone for a while: a page that asks ten times waits for it once.
PAUSE_SECONDS: Final = 5.0


def _default(_key: str, default: Any = None) -> Any:
    return default


def _no_counter(*_asked: Any) -> None:
    raise ValueError("the cache does not answer")  # what Django's caches say of a counter that is not there


def _soft(verb: Callable[..., Any], instead: Callable[..., Any]) -> Any:
    @functools.wraps(verb)
    def ask(client: "SoftClient", *asked: Any) -> Any:
        if time.monotonic() < client.asleep_until:
            return instead(*asked)
        try:
            return verb(client, *asked)
        except RedisError as error:
            client.asleep_until = time.monotonic() + PAUSE_SECONDS
            log.warning("cache does not answer: %s", error)
            return instead(*asked)

    return ask


class SoftClient(RedisCacheClient):
    """Asks the server; while it does not answer, knows nothing and keeps nothing."""

    asleep_until = 0.0
    _made: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Return the server's client, made once: to make one costs more than to ask it."""
        if self._made is None:
            self._made = super().get_client(key, write=write)
        return self._made

    get = _soft(RedisCacheClient.get, _default)
    get_many = _soft(RedisCacheClient.get_many, lambda *_keys: {})
    incr = _soft(RedisCacheClient.incr, _no_counter)
    # Nothing is there, so it is added: allauth takes False for "somebody else is trying", and lets nobody sign in.
    add = _soft(RedisCacheClient.add, lambda *_asked: True)
    set = _soft(RedisCacheClient.set, lambda *_asked: None)
    set_many = _soft(RedisCacheClient.set_many, lambda *_asked: None)
    touch = _soft(RedisCacheClient.touch, lambda *_asked: False)
    has_key = _soft(RedisCacheClient.has_key, lambda *_asked: False)
    delete = _soft(RedisCacheClient.delete, lambda *_asked: False)
    delete_many = _soft(RedisCacheClient.delete_many, lambda *_asked: None)


class SoftCache(RedisCache):
    """Redis or Valkey, or nothing."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SoftClient


def count(key: str, *, seconds: int) -> int:
    """Count one more under `key` within a window of `seconds`; return how many there were. 0: it cannot be known."""
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 0
