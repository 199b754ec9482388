"""The small words of the design system: icons, pills, bars, money, times. `{% load rp %}`.

Everything here is also a plain function, because table rows are built in Python (one renderer, no template
per cell) and must look exactly like the same thing in a template. Only ``markup.filled`` makes markup.
"""

import re
import zlib
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from refprogram.kernel.desk import DeskItem
from refprogram.kernel.drawn import drawn
from refprogram.kernel.markup import filled
from refprogram.kernel.task_lines import task_lines
from refprogram.kernel.templatetags._addresses import url
from refprogram.kernel.templatetags._fields import field, form_field, rating
from refprogram.kernel.templatetags._kept import kept
from refprogram.kernel.templatetags._pictures import (
    HEAT_WORDS,
    TONES,
    bar,
    delta,
    heat,
    heat_bucket,
    legend,
    range_plot,
    ring,
    score,
    sla,
    spark,
    stack,
)
from refprogram.kernel.templatetags._pieces import facts, skeleton
from refprogram.kernel.templatetags._wording import (
    compact,
    day,
    day_short,
    exact,
    exact_words,
    money,
    money_short,
    number,
    pct,
    plain,
    relative_days,
    relative_words,
    reltime,
)
from refprogram.kernel.templatetags._words import blocktranslate, translate

__all__ = [
    "HEAT_WORDS",
    "TONES",
    "avatar",
    "bar",
    "compact",
    "day",
    "day_short",
    "delta",
    "exact",
    "exact_words",
    "facts",
    "field",
    "form_field",
    "heat",
    "heat_bucket",
    "icon",
    "initials",
    "legend",
    "money",
    "money_short",
    "number",
    "pct",
    "pill",
    "plain",
    "range_plot",
    "rating",
    "relative_days",
    "relative_words",
    "reltime",
    "ring",
    "score",
    "skeleton",
    "sla",
    "spark",
    "stack",
    "tone",
]

register = template.Library()
for _filter in (compact, day, day_short, exact, money, money_short, number, pct, plain, reltime):
    register.filter(_filter.__name__, _filter)
for _tag in (bar, delta, facts, field, form_field, heat, legend, rating, ring, score, skeleton, sla, spark, stack):
    register.simple_tag(_tag)
register.simple_tag(range_plot, name="range")
register.tag("kept", kept)
# Tags of Django's at a fifth of their cost, for templates that load `i18n rp`, in this order.
register.tag("url", url)
for _name in ("translate", "trans"):
    register.tag(_name, translate)
for _name in ("blocktranslate", "blocktrans"):
    register.tag(_name, blocktranslate)

# ---------------------------------------------------------------- words and marks


@register.simple_tag(takes_context=True)
def tasks(context: Context, items: Iterable[DeskItem]) -> SafeString:
    """What needs somebody: `components/task_line.html` of each, for desks with many."""
    return task_lines(items, context["csrf_token"])


@register.simple_tag
def stat_tiles(stats: Iterable[Hashable]) -> SafeString:
    """Numbers that answer back: `components/stat_tile.html` of each, each drawn once as long as it says the same."""
    return SafeString("".join([drawn("components/stat_tile.html", stat=stat) for stat in stats]))


@register.simple_tag
def piece(template: str, **shown: Hashable) -> SafeString:
    """A component of words and figures alone, drawn once as long as they are the same (`kernel/drawn.py`)."""
    return drawn(template, **shown)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """One of our own icons (static/css/icons.css). Decorative always: the word beside it carries the meaning."""
    return filled('<i class="ic ic-{}{}" aria-hidden="true"></i>', name, f" ic-{size}" if size else "")


@register.simple_tag
def pill(word: object, tone: str = "", title: str = "") -> SafeString:
    """State of a thing: always a word, the colour only underlines it. Unknown tones are drawn as idle."""
    css = f" {tone}" if tone in TONES else ""
    if title:
        return filled('<span class="rp-pill{}" title="{}">{}</span>', css, title, word)
    return filled('<span class="rp-pill{}">{}</span>', css, word)


_TITLES: Final = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "the"})


@register.filter
@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Two letters for a round or square picture: "Dr Ana Sousa" is AS, "Maple & Finch" is MF, "Oriel" is OR."""
    words = [word for word in re.findall(r"[^\W_]+", name or "") if word.lower() not in _TITLES]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1][0]).upper()


@register.filter
@lru_cache(maxsize=4096)
def tone(name: str) -> str:
    """Avatar colour: the same name has the same colour on every page and every machine, so no built-in hash."""
    return ("", "c1", "c2", "c3", "c4")[zlib.crc32((name or "").encode()) % 5]


@register.simple_tag
@lru_cache(maxsize=4096)
def avatar(name: str, kind: str = "", size: str = "") -> SafeString:
    """Initials on a colour; ``kind="co"`` for companies (square). Hidden from readers: the name stands beside it."""
    css = " ".join(part for part in ("rp-ava", kind, tone(name), size) if part)
    return filled('<span class="{}" aria-hidden="true">{}</span>', css, initials(name))


# ---------------------------------------------------------------- tags with a body
# An include cannot hold a body. These tags render the component file of the same name with their content as
# ``body``, so that look and markup stay in one file each.


def _component(context: Context, name: str, **values: object) -> SafeString:
    engine = context.template.engine if context.template else template.Engine.get_default()
    return engine.get_template(f"components/{name}.html").render(Context(values))


@register.simple_block_tag(takes_context=True)
def section(
    context: Context, content: str, title: str, *, count: object = "", link: str = "", link_text: str = "",
    id: str = "", css: str = "",  # noqa: A002 - the attribute it becomes
) -> SafeString:  # fmt: skip
    """{% section "Needs you" count=3 link="/requests/" link_text="All requests" %} … {% endsection %}"""
    return _component(
        context, "section", body=content, title=title, count=count, link=link, link_text=link_text, id=id, css=css
    )


@register.simple_block_tag(takes_context=True)
def card(
    context: Context, content: str, title: str = "", *, css: str = "", id: str = "",  # noqa: A002
    word: str = "", tone: str = "",
) -> SafeString:  # fmt: skip
    """{% card title="Availability" word="Resting" tone="rest" %} … {% endcard %}; css: mine, lift."""
    return _component(context, "card", body=content, title=title, css=css, id=id, word=word, tone=tone)


@register.simple_block_tag(takes_context=True)
def pagehead(
    context: Context, content: str, title: str, *, facts: object = "", crumbs: object = (), picture: str = "",
    kind: str = "co", word: str = "", tone: str = "",
) -> SafeString:  # fmt: skip
    """{% pagehead title=account.name facts=facts crumbs=crumbs %} buttons {% endpagehead %}"""
    return _component(
        context, "page_head", acts=content if content.strip() else "", title=title, facts=facts, crumbs=crumbs,
        picture=picture, kind=kind, word=word, tone=tone,
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def note(context: Context, content: str, tone: str = "", icon: str = "info") -> SafeString:
    """{% note tone="wait" icon="scale" %}<b>Photo finish.</b> …{% endnote %}"""
    return _component(context, "note", body=content, tone=tone, icon=icon)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, title: str, icon: str = "inbox") -> SafeString:
    """{% empty "No prize waits" icon="gift" %}What will be here. <a class="btn …">First step</a>{% endempty %}"""
    return _component(context, "empty", body=content, title=title, icon=icon)


@register.simple_block_tag(takes_context=True)
def menu(context: Context, content: str, label: str, icon: str = "dots", text: str = "") -> SafeString:
    """{% menu label="More" %}<a href="…">…</a><button …>…</button>{% endmenu %}: what is not the primary action."""
    return _component(context, "menu", body=content, label=label, icon=icon, text=text)


# ---------------------------------------------------------------- a small helper for component files


@register.filter
def is_list(value: object) -> bool:
    """Whether a line of facts comes as several: components take it either way."""
    return isinstance(value, list | tuple)


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object:
    """What a mapping holds under a key that is itself a variable."""
    return mapping.get(key, "")
