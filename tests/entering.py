"""Writing an entry as its people do: behind a signed link, with what a browser sends."""

import re
from typing import Any

from awards.entries.addresses import address_of
from awards.models import ContestEntry


def path_of(entry: ContestEntry, person: Any = None) -> str:
    url = address_of(entry, person or entry.owner)
    return url[url.index("/s/") :]


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def typed(entry: ContestEntry, **more: Any) -> dict[str, Any]:
    """Return what a browser sends of a whole entry."""
    slug = entry.contest.categories.order_by("pk").values_list("slug", flat=True)[0]
    return {
        "title": "Routes by night", "summary": "A quarter less", "category": [slug],
        "f-challenge": "Late", "f-solution": "Planned anew", "metric": ["one"], "m-one-factor": "cost",
        "m-one-what": "Cost of a delivery", "m-one-before": "12.50", "m-one-after": "9", "m-one-unit": "EUR",
        "revision": str(entry.revision), "tab": "first", **more,
    }  # fmt: skip
