"""Winners in words: for the gallery, for pictures, for the pages of colleagues and of the winners themselves."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards.contests import zones
from awards.contests.enums import Audience
from awards.models import Award, Contest
from awards.promotion import selectors
from awards.promotion.models import WinnerQuote
from awards.promotion.words import figure, first_lines, us
from refprogram.notices.mails import absolute


@dataclass(frozen=True)
class Measured:
    """One measured result that may be published."""

    what: str
    before: str
    after: str
    period: str


@dataclass(frozen=True)
class Words:
    """What a winner says, and who it is."""

    text: str
    name: str
    title: str


@dataclass(frozen=True)
class Winner:
    """One winner, as those may read of them who look: `quote` is None unless it may be shown.

    `logo`: whether there is one that may be shown; only public pages ask for it.
    """

    award: Award
    who: str
    title: str
    category: str
    kind: str
    year: int
    contest: str
    measured: Measured | None
    quote: Words | None
    logo: bool = False

    @property
    def url(self) -> str:
        """The winner's public page."""
        return reverse("awards:winner", args=[self.award.contest.slug, self.award.public_id])


def winner(award: Award, logos: Container[int] = ()) -> Winner:
    """Return an award that `selectors.with_what_may` read, in words; `logos`: the awards whose logo may be shown."""
    entry = award.place.entry
    return Winner(
        award=award,
        who=entrant(award),
        title=entry.title,
        category=award.place.category.name,
        kind=kind_words(award),
        year=award.contest.year,
        contest=award.contest.name,
        measured=measured(award),
        quote=words_of(award),
        logo=award.pk in logos,
    )


def winners(awards: Iterable[Award], logos: Container[int] = ()) -> list[Winner]:
    """Return several."""
    return [winner(award, logos) for award in awards]


def entrant(award: Award) -> str:
    """Return whose entry it is."""
    entry = award.place.entry
    if entry.account is not None:
        return entry.account.name
    return entry.team.name if entry.team is not None else ""


def kind_words(award: Award) -> str:
    """Return what they won, as badges say it."""
    if award.people_choice:
        return _("People’s choice")
    return _("Joint winner") if award.kind == "joint" else _("Winner")


def measured(award: Award) -> Measured | None:
    """Return the first measured result that may be published."""
    found = next(iter(award.place.entry.__dict__.get("figures", [])), None)
    if found is None:
        return None
    return Measured(found.what, figure(found, "before"), figure(found, "after"), found.period)


def quote_of(award: Award) -> WinnerQuote | None:
    """Return the words that a winner lends, released or not."""
    return getattr(award, "quote", None)


def words_of(award: Award) -> Words | None:
    """Return a winner's words as they may be shown: released to the letter, and they let themselves be quoted."""
    quote, owner = quote_of(award), award.place.entry.owner
    if quote is None or quote.released_at is None or owner is None:
        return None
    if not (selectors.may(award, "quote") and selectors.may(award, "name")):
        return None
    return Words(quote.text, owner.name, owner.title if selectors.may(award, "title") else "")


# ---------------------------------------------------------------- what may be taken along


def public_address(award: Award) -> str:
    """Return the address of a winner's public page, as others write it down."""
    return absolute(reverse("awards:winner", args=[award.contest.slug, award.public_id]))


def is_public(contest: Contest) -> bool:
    """Whether a contest has a page of winners that everybody reads."""
    return contest.audience == Audience.CUSTOMERS


def embed_code(award: Award) -> str:
    """Return what a winner puts on a page of their own: the badge, leading to their page in the gallery."""
    picture = absolute(reverse("awards:winner-file", args=[award.contest.slug, award.public_id, "badge.svg"]))
    return (
        f'<a href="{public_address(award)}"><img src="{picture}" width="220" height="220" '
        f'alt="{_attribute(badge_words(award))}"></a>'
    )


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def badge_words(award: Award) -> str:
    """Return what the badge says, for who cannot see it."""
    return _("%(kind)s, %(category)s: %(contest)s") % {
        "kind": kind_words(award), "category": award.place.category.name, "contest": award.contest.name,
    }  # fmt: skip


def social_texts(award: Award, *, own: bool) -> list[tuple[str, str]]:
    """Return words to post: (where, text). `own`: said by the winner, otherwise by a colleague of ours."""
    found = measured(award)
    facts = {
        "who": entrant(award), "title": award.place.entry.title,
        "category": kind_words(award) if award.people_choice else award.place.category.name,
        "chose": _("everybody who voted") if award.people_choice else _("the jury"),
        "contest": award.contest.name, "us": us(), "url": public_address(award),
        "result": _("%(what)s: from %(before)s to %(after)s.") % vars(found) if found else "",
    }  # fmt: skip
    if own:
        short = _("We won “%(category)s” at %(contest)s. %(url)s") % facts
        long = _(
            "We won “%(category)s” at %(contest)s with “%(title)s”. %(result)s\n\nThank you to everybody who made it "
            "happen, and to %(us)s and %(chose)s.\n\n%(url)s"
        ) % facts  # fmt: skip
    else:
        short = _("%(who)s wins “%(category)s” at %(contest)s. Congratulations! %(url)s") % facts
        long = _(
            "%(who)s wins “%(category)s” at %(contest)s with “%(title)s”. %(result)s\n\nCongratulations to the whole "
            "team: it is a pleasure to work with you.\n\n%(url)s"
        ) % facts  # fmt: skip
    if not is_public(award.contest):
        short, long = (text.replace(facts["url"], "").strip() for text in (short, long))
    return [(_("Short"), short), (_("Social media"), long)]


# ---------------------------------------------------------------- for pictures and paper


def _facts(award: Award) -> dict[str, Any]:
    contest = award.contest
    return {
        "lang": (get_language() or "en").split("-", 1)[0],
        "us": us(),
        "contest": contest.name,
        "series": contest.series,
        "year": str(contest.year),
        "kind": kind_words(award),
        "category": "" if award.people_choice else award.place.category.name,
    }


def badge_facts(award: Award) -> dict[str, Any]:
    """Return what a badge says: never who won, so that it can stand anywhere as long as the award stands."""
    return _facts(award)


def card_facts(award: Award) -> dict[str, Any]:
    """Return what a winner's share picture says."""
    found = measured(award)
    return {
        **_facts(award),
        "who": entrant(award),
        "title": first_lines(award.place.entry.title, 110),
        "measured": {**vars(found), "what": first_lines(found.what, 60), "to": _("to")} if found is not None else None,
    }


def quote_facts(award: Award) -> dict[str, Any]:
    """Return what a quote card says. Only of an award whose words may be shown."""
    said = words_of(award)
    if said is None:
        message = "these words may not be shown"
        raise ValueError(message)
    line = ", ".join(part for part in (said.title, entrant(award)) if part)
    return {**_facts(award), "text": said.text, "name": said.name, "line": line}


def certificate_facts(award: Award) -> dict[str, Any]:
    """Return what a certificate says."""
    contest, found = award.contest, measured(award)
    chairs = selectors.chairs_of(contest)
    local = contest.event_at.astimezone(contest.tz).date()
    return {
        **_facts(award),
        "who": entrant(award),
        "title": award.place.entry.title,
        "measured": _("%(what)s: from %(before)s to %(after)s") % vars(found) if found is not None else "",
        "place": ", ".join(part for part in (contest.event_place, date_format(local, "j F Y")) if part),
        "signers": [
            {"name": chairs[0] if chairs else "", "part": _("for the jury")},
            {"name": contest.owner.name, "part": _("for %(us)s") % {"us": us()}},
        ],
        "words": {
            "head": _("Certificate"), "to": _("is awarded to"), "for": _("for"),
            "won": _("%(kind)s of %(contest)s") % {"kind": kind_words(award), "contest": contest.name},
        },
    }  # fmt: skip


def day_words(contest: Contest) -> str:
    """Return when the winners were, or are, announced."""
    return zones.said(contest.announce_at, contest.tz)
