"""Pieces of a page that look the same as long as what they show is the same: drawn once per process and language.

For components whose values are all words and figures (a tile, a picture with its table): what they are given is the
key itself, so a piece is never older than its figures. Nothing of the moment or the viewer may stand in such a
template.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Final

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST: Final = 1024


def drawn(template: str, **shown: Hashable) -> SafeString:
    """Return a component with these values, as it was drawn before if it was."""
    return _drawn(template, get_language(), tuple(shown.items()))


@lru_cache(maxsize=MOST)
def _drawn(template: str, _language: str | None, shown: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(get_template(template).render(dict(shown)))
