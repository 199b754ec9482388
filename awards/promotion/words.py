"""Words and figures that public pages, pictures and drafts share."""

from typing import Any

from django.conf import settings

from refprogram.kernel.templatetags import rp


def us() -> str:
    """Return what the organisation is called."""
    return str(settings.ORGANISATION_NAME or "refprogram")


def figure(metric: Any, side: str) -> str:
    """Return a measured value with its unit; `side` is "before" or "after"."""
    value = rp.plain(getattr(metric, side))
    gap = "" if metric.unit[:1] in {"%", "°"} and not value else "\u202f"
    return f"{value}{gap}{metric.unit}" if metric.unit else value


def first_lines(text: str, most: int) -> str:
    """Return the beginning of a text in one paragraph, ended at a word; marks of Markdown are left out."""
    plain = " ".join(text.replace("*", "").replace("#", "").replace("`", "").split())
    if len(plain) <= most or not most:
        return plain if most else ""
    return plain[:most].rsplit(" ", 1)[0] + " …"
