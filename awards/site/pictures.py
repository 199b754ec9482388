"""What is drawn for the public: the share picture, the one-page overview, the QR code. Drawn once per change."""

import io
import re
from collections.abc import Callable
from typing import Any, Final, Literal

import segno
from django.core.cache import cache
from django.utils.translation import get_language

from awards.contests.models import Category, Contest
from awards.site import shown
from awards.site.selectors import Site
from refprogram.kernel.typesetting import typeset

# Letters of a paragraph, letters beside a category, lines of a list: as much as fits.
LENGTHS: Final = ((420, 160, 8), (260, 90, 6), (140, 50, 5), (0, 0, 3))
KEPT: Final = 300  # seconds: a name or a judge that changes shows soon, and nobody can have it drawn all day


def _kept(what: str, contest: Contest, draw: Callable[[], bytes]) -> bytes:
    """Return a drawing that was made lately for this contest as it is, or make it."""
    key = f"contest-{what}:{contest.pk}:{contest.updated_at.timestamp()}:{get_language()}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = draw()
        cache.set(key, found, KEPT)
    return found


def share_picture(contest: Contest) -> bytes:
    """Return the PNG of 1200 × 630 that other pages show beside a link."""
    return _kept("og", contest, lambda: _typeset("contest_share", shown.facts_for_picture(contest), "png"))


def category_picture(contest: Contest, category: Category) -> bytes:
    """Return the same for one category: what it asks stands largest."""
    facts = shown.facts_for_category(contest, category)
    return _kept(f"og-{category.pk}", contest, lambda: _typeset("contest_share", facts, "png"))


def overview(site: Callable[[], Site], contest: Contest) -> bytes:
    """Return the contest on one page, as PDF: what does not fit is said shorter, down to its dates and its address."""
    return _kept("pdf", contest, lambda: _on_one_page(site()))


def _on_one_page(site: Site) -> bytes:
    made = b""
    for lengths in LENGTHS:
        made = _typeset("contest_overview", shown.facts_for_paper(site, lengths), "pdf")
        if pages_of(made) == 1:
            break
    return made


def pages_of(pdf: bytes) -> int:
    """Return how many pages a document of ours has."""
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
    return int(found[1]) if found is not None else 0


def _typeset(source: str, facts: dict[str, Any], kind: Literal["pdf", "png"]) -> bytes:
    return typeset(source, facts, kind=kind)


def qr_code(contest: Contest) -> bytes:
    """Return the address of the page as a QR code, as SVG."""
    picture = io.BytesIO()
    segno.make(shown.address(contest), error="m").save(picture, kind="svg", scale=8, border=2)
    return picture.getvalue()
