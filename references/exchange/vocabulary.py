"""Known spellings, against which a file's words are held: what is close to one, but not it, is probably a slip."""

import difflib
import functools

from babel import Locale

INDUSTRIES = (
    "aerospace",
    "agriculture",
    "automotive",
    "banking",
    "biotechnology",
    "chemicals",
    "construction",
    "consulting",
    "education",
    "electronics",
    "employment",
    "energy",
    "engineering",
    "entertainment",
    "finance",
    "food and beverage",
    "government",
    "healthcare",
    "hospitality",
    "insurance",
    "legal",
    "life sciences",
    "logistics",
    "manufacturing",
    "marketing",
    "media",
    "medical",
    "mining",
    "non-profit",
    "pharmaceuticals",
    "public sector",
    "real estate",
    "retail",
    "services",
    "software",
    "technology",
    "telecommunications",
    "transport",
    "travel",
    "utilities",
)
SIMILAR = 0.84


@functools.cache
def countries() -> dict[str, str]:
    """Return the names of all countries in English (Unicode CLDR) by their lower-case form."""
    names = Locale("en").territories
    return {name.casefold(): name for code, name in names.items() if len(code) == 2}


@functools.cache
def industries() -> dict[str, str]:
    """Return the known industries by themselves."""
    return {name: name for name in INDUSTRIES}


def closest(word: str, known: dict[str, str]) -> str | None:
    """Return the known spelling that `word` is probably meant to be; None if it is one itself, or like none.

    Blanks and hyphens are passed over first ("GTXPro" is "GTX Pro"); then similarity of at least 0.84.
    """
    folded = word.casefold()
    if not folded or folded in known:
        return None
    squeezed = {_squeeze(key): name for key, name in known.items()}
    if _squeeze(folded) in squeezed:
        return squeezed[_squeeze(folded)]
    near = difflib.get_close_matches(folded, known, n=1, cutoff=SIMILAR)
    return known[near[0]] if near else None


def _squeeze(word: str) -> str:
    return "".join(c for c in word if c.isalnum())
