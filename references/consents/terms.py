"""One thing that can be agreed to, before it is a row: what, where, to whom, in which territory."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from references.consents import policy
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.models import ConsentTerm
from refprogram.kernel.errors import InvalidInput


@dataclass(frozen=True, order=True)
class TermSpec:
    """A term as it is asked for. Empty channel: each one; empty territory: everywhere."""

    scope: str
    channel: str = ""
    audience: int = UseAudience.PUBLIC.value
    territory: str = ""
    ask_first: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is kept with a release."""
        return asdict(self)

    @property
    def what(self) -> str:
        """Return what may be shown: “Quote”."""
        return str(Scope(self.scope).label)

    @property
    def where(self) -> str:
        """Return where, to whom and in which territory, in one line."""
        return where_words(self.channel, self.audience, self.territory, ask_first=self.ask_first)


def where_words(channel: str, audience: int, territory: str, *, ask_first: bool = False) -> str:
    """Return "Website, everybody, EMEA only"."""
    words = [
        str(Channel(channel).label) if channel else _("Anywhere"),
        str(UseAudience(audience).label).lower(),
        _("%(territory)s only") % {"territory": territory} if territory else _("all countries"),
    ]
    if ask_first:
        words.append(_("ask before each use"))
    return ", ".join(words)


def spec_of(term: ConsentTerm) -> TermSpec:
    """Return a row as a spec."""
    return TermSpec(term.scope, term.channel, term.audience, term.territory, term.ask_first)


def read(kept: Iterable[Mapping[str, Any]]) -> list[TermSpec]:
    """Return the specs that a release keeps."""
    return [TermSpec(**one) for one in kept]


def every(
    *, scopes: Iterable[str], channels: Iterable[str], audience: int, territory: str = "", ask_first: bool = False
) -> Iterator[TermSpec]:
    """Yield each combination of what and where; no channel means each one."""
    places = list(channels) or [""]
    for scope in scopes:
        for channel in places:
            yield TermSpec(scope, channel, int(audience), territory, ask_first)


def checked(specs: Iterable[TermSpec]) -> list[TermSpec]:
    """Return the specs, each once and known; refuse none, too many, and what does not exist."""
    found = sorted(set(specs))
    if not found:
        message = _("Say at least one thing that may be shown.")
        raise InvalidInput(message, errors={"scopes": message})
    if len(found) > policy.TERMS_AT_ONCE:
        message = _("At most %(most)d things at once; this would be %(n)d.")
        message %= {"most": policy.TERMS_AT_ONCE, "n": len(found)}
        raise InvalidInput(message, errors={"scopes": message})
    for spec in found:
        if spec.scope not in Scope.values or spec.channel not in {"", *Channel.values}:
            message = _("There is no such thing to agree to.")
            raise InvalidInput(message, errors={"scopes": message})
        if spec.audience not in UseAudience.values:
            message = _("There is no such audience.")
            raise InvalidInput(message, errors={"audience": message})
    return found


def in_words(specs: Iterable[TermSpec], *, until: dt.date) -> str:
    """Return a list of terms as it is kept with the words agreed to: one line each."""
    lines = [f"– {spec.what}: {spec.where}" for spec in specs]
    return "\n".join([_("What I ticked:"), *lines, _("Until %(day)s") % {"day": until.isoformat()}])
