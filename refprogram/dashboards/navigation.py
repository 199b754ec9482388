"""Where a person can go from every page: the side, and the five tabs on a phone.

Nothing here asks the database. It runs for every page, so what depends only on the role is worked out once
per process, and the counters beside the words come afterwards by htmx (`/nav/counts/`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.menu import DESK, FEEDBACK, MAIL, SECTIONS, STYLEGUIDE, TABS, Item, Section
from refprogram.dashboards.script_words import scripts_say
from refprogram.governance.pilots.features import pages_closed_to

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class HasRole(Protocol):
    """All that is read from a user here."""

    @property
    def pk(self) -> int:
        """Who it is: pilots show some places to a chosen few."""

    @property
    def role(self) -> str:
        """A value of `people.enums.Role`."""


@lru_cache(maxsize=64)
def _places(role: str, *, mail: bool, styleguide: bool) -> tuple[Section, ...]:
    sections = (Section("", (DESK, FEEDBACK)), *SECTIONS.get(role, ()))
    tools = (*((MAIL,) if mail else ()), *((STYLEGUIDE,) if styleguide else ()))
    return (*sections, Section(_("Demo and development"), tools)) if tools else sections


@lru_cache(maxsize=64)
def _without(sections: tuple[Section, ...], urls: frozenset[str]) -> tuple[Section, ...]:
    """The same places without those that a pilot shows to others alone."""
    return tuple(replace(each, items=tuple(item for item in each.items if item.url not in urls)) for each in sections)


def _current(items: tuple[Item, ...], path: str) -> str:
    """The longest address that the path lies under, so that `/nominations/new/` is not `/nominations/`."""
    under = [item.url for item in items if item.url == path or (item.url != "/" and path.startswith(item.url))]
    return max(under, key=len, default="")


@lru_cache(maxsize=512)
def _marked(sections: tuple[Section, ...], current: str) -> tuple[Section, ...]:
    return tuple(
        replace(section, items=tuple(replace(item, current=item.url == current) for item in section.items))
        for section in sections
    )


def navigation_for(user: HasRole, path: str) -> list[Section]:
    """The side of this person's pages, with the place they are in marked."""
    sections = _places(
        user.role, mail=settings.DEBUG or bool(getattr(settings, "DEMO", False)), styleguide=settings.DEBUG
    )
    if closed := pages_closed_to(user):
        sections = _without(sections, closed)
    return list(_marked(sections, _current(tuple(item for section in sections for item in section.items), path)))


@lru_cache(maxsize=512)
def _tabs(role: str, current: str) -> tuple[Item, ...]:
    return tuple(replace(item, current=item.url == current) for item in TABS.get(role, (DESK,)))


def tabs_for(user: HasRole, path: str) -> tuple[Item, ...]:
    """Five thumbs' width of it, for a phone."""
    return _tabs(user.role, _current(TABS.get(user.role, (DESK,)), path))


def _role(request: HttpRequest) -> HasRole:
    """The signed-in person. Pages with the shell have one, and every user of ours has a role."""
    return cast("HasRole", request.user)


def _side(sections: tuple[Section, ...], language: str | None) -> SafeString:
    """The side as HTML; the language is only the cache's key."""
    del language
    return render_to_string("components/nav.html", {"sections": sections})


def _bar(tabs: tuple[Item, ...], language: str | None) -> SafeString:
    """The five tabs as HTML; the language is only the cache's key."""
    del language
    return render_to_string("components/tabs.html", {"tabs": tabs})


def _head() -> SafeString:
    """Styles and scripts as HTML; addresses of files do not change while the process lives."""
    return render_to_string("components/head.html")


# The same few hundred characters for everybody in one role and place: drawn once. A developer sees every change.
_kept_side = lru_cache(maxsize=512)(_side)
_kept_bar = lru_cache(maxsize=512)(_bar)
_kept_head = lru_cache(maxsize=1)(_head)


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor. Callables, so that pages without the shell (signed links, fragments, mails) pay nothing."""
    side, bar = (_side, _bar) if settings.DEBUG else (_kept_side, _kept_bar)
    return {
        "shell_nav": lambda: side(tuple(navigation_for(_role(request), request.path)), get_language()),
        "shell_tabs": lambda: bar(tabs_for(_role(request), request.path), get_language()),
        "shell_head": _head if settings.DEBUG else _kept_head,
        "shell_words": lambda: scripts_say(get_language()),
        "program_name": getattr(settings, "PROGRAM_NAME", "refprogram"),
        "organisation": getattr(settings, "ORGANISATION_NAME", ""),
    }
