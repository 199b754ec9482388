"""Which of two thousand addresses is asked for: looked up by its first word, where Django tries one after the other.

Nothing but the search is shorter. Which patterns there are, in which order they are tried and what they make of an
address stays Django's: for each first word there is a resolver of its own that knows only what may begin with it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any, Final, TypeGuard

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

# What stands literally before the first slash, or is all that stands there.
_FIRST_WORD: Final = re.compile(r"([\w-]+)(/|$)")


class ByFirstWord(URLResolver):
    """Resolves an address among the patterns alone that may begin with its first word."""

    def resolve(self, path: Any) -> Any:
        """Return the match, or raise Resolver404, as Django does."""
        found = self.pattern.match(str(path))
        word = found[0].partition("/")[0] if found else ""
        return self._by_word.get(word, self._others).resolve(path)

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        return {word: _narrowed(self, word) for word in set(_words(self)) if word is not None}

    @cached_property
    def _others(self) -> URLResolver:
        return _narrowed(self, None)


def by_first_word(route: str, patterns: Any) -> ByFirstWord:
    """Return what `path(route, patterns)` does, for a list of patterns, or an `include` of them."""
    urlconf, app_name, namespace = patterns if isinstance(patterns, tuple) else (patterns, None, None)
    return ByFirstWord(RoutePattern(route), urlconf, app_name=app_name, namespace=namespace)


def _narrowed(resolver: URLResolver, word: str | None) -> URLResolver:
    """Return a resolver like this one that knows only the patterns which may begin with the word; None: with others."""
    narrow = URLResolver.__new__(URLResolver)
    narrow.__dict__.update(resolver.__dict__, url_patterns=list(_beginning_with(word, resolver.url_patterns)))
    return narrow


def _beginning_with(word: str | None, patterns: Sequence[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if _is_transparent(pattern):
            within = _narrowed(pattern, word)
            if within.url_patterns:
                yield within
        elif _word_of(pattern) in {None, word}:
            yield pattern


def _words(resolver: URLResolver) -> Iterator[str | None]:
    for pattern in resolver.url_patterns:
        if _is_transparent(pattern):
            yield from _words(pattern)
        else:
            yield _word_of(pattern)


def _is_transparent(pattern: URLPattern | URLResolver) -> TypeGuard[URLResolver]:
    """Whether it takes nothing of an address, and only holds others."""
    return isinstance(pattern, URLResolver) and isinstance(pattern.pattern, RoutePattern) and not str(pattern.pattern)


@cache
def _word_of(pattern: URLPattern | URLResolver) -> str | None:
    """Return the first word of every address that the pattern matches; None where they may begin with several."""
    written = str(pattern.pattern)
    if not isinstance(pattern.pattern, RoutePattern):
        if not written.startswith("^") or "|" in written:
            return None
        written = written[1:]
    elif not written:
        return ""
    found = _FIRST_WORD.match(written)
    return found[1] if found and (found[2] or isinstance(pattern, URLPattern)) else None
