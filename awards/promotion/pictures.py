"""What is drawn of winners: badge, certificate, cards, and the run-of-show on paper.

A drawing is kept by the facts that it shows: what changes is drawn anew, and nobody can have the same drawn all day.
Whether it may be shown is asked before, each time.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from django.core.cache import cache

from awards.models import Award
from awards.promotion import shown
from refprogram.kernel.typesetting import typeset

Kind = Literal["pdf", "png", "svg"]
KEPT: Final = 24 * 3600
TYPES: Final = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}


def kept(source: str, facts: Mapping[str, Any], kind: Kind) -> bytes:
    """Return a drawing of these facts: one that was made lately, or a new one."""
    said = json.dumps(facts, sort_keys=True, default=str).encode()
    key = f"drawn:{source}:{kind}:{hashlib.sha256(said).hexdigest()}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = typeset(source, facts, kind=kind)
        cache.set(key, found, KEPT)
    return found


# What there is of one winner, by the name it is downloaded as: source, facts, and what it is.
FILES: Final[Mapping[str, tuple[str, Callable[[Award], dict[str, Any]], Kind]]] = {
    "badge.svg": ("winner_badge", shown.badge_facts, "svg"),
    "badge.png": ("winner_badge", shown.badge_facts, "png"),
    "certificate.pdf": ("winner_certificate", shown.certificate_facts, "pdf"),
    "card.png": ("winner_card", shown.card_facts, "png"),
    "quote.png": ("winner_quote", shown.quote_facts, "png"),
}


def draw(award: Award, name: str) -> tuple[bytes, str]:
    """Return one of the files and its media type. Whoever calls has asked whether it may be shown."""
    source, facts, kind = FILES[name]
    return kept(source, facts(award), kind), TYPES[kind]
