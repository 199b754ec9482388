"""The cache as what it is: a help that may be missing. Nothing a person does fails because it sleeps."""

import logging
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def get(key: str) -> Any:
    """Return what is kept, or None where there is nothing, or nobody to ask."""
    try:
        return cache.get(key)
    except RedisError as error:
        log.warning("cache does not answer: %s", error)
        return None


def keep(key: str, value: Any, *, seconds: int) -> None:
    """Keep a value for some seconds, if that can be done."""
    try:
        cache.set(key, value, timeout=seconds)
    except RedisError as error:
        log.warning("cache does not answer: %s", error)


def count(key: str, *, seconds: int) -> int:
    """Count one more under `key` within a window of `seconds`; return how many there were. 0: it cannot be known."""
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key))
    except (RedisError, ValueError) as error:
        log.warning("cache does not count: %s", error)
        return 0
