"""Terms and releases put into the words and pills that pages show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock
from references.consents import policy, terms
from references.consents.models import ConsentTerm, Release
from references.consents.selectors import holds
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags.rp import day


@dataclass(frozen=True)
class TermLine:
    """One thing agreed to, as pages show it."""

    term: ConsentTerm
    what: str
    where: str
    pill: Pill
    holds: bool


def term_lines(rows: Iterable[ConsentTerm]) -> list[TermLine]:
    """Return terms in words."""
    return [
        TermLine(
            term=term,
            what=str(term.get_scope_display()),
            where=terms.spec_of(term).where,
            pill=term_pill(term),
            holds=holds(term),
        )
        for term in rows
    ]


@dataclass(frozen=True)
class TermGroup:
    """Things agreed to for the same places and readers until the same day."""

    what: str
    where: str
    pill: Pill
    lines: list[TermLine]


def grouped(lines: Iterable[TermLine]) -> list[TermGroup]:
    """Return lines that differ in nothing but what they are about, as one each."""
    found: dict[tuple[str, str], list[TermLine]] = {}
    for line in lines:
        found.setdefault((line.where, str(line.pill.word)), []).append(line)
    return [TermGroup(", ".join(one.what for one in same), same[0].where, same[0].pill, same)
            for same in found.values()]  # fmt: skip


def term_pill(term: ConsentTerm) -> Pill:
    """Return whether a term holds, and until when."""
    today = clock.today()
    if term.revoked_at is not None:
        return Pill(_("Taken back on %(day)s") % {"day": day(term.revoked_at)}, "stop")
    if term.expires_on < today:
        return Pill(_("Ended on %(day)s") % {"day": day(term.expires_on)})
    left = (term.expires_on - today).days
    if left <= max(policy.notices()):
        return Pill(ngettext("Ends in %(n)d day", "Ends in %(n)d days", left) % {"n": left}, "wait")
    return Pill(_("Until %(day)s") % {"day": day(term.expires_on)}, "ok")


def release_words(release: Release) -> str:
    """Return what a release asks for, in a line."""
    return ", ".join(sorted({spec.what for spec in terms.read(release.terms)}))
