"""The feed as somebody reads it: letters, badges, thanks and wins, newest first.

Left out: what was taken down, and what names somebody who would rather not stand there: whom it is about, who thanked
or wrote (they read it themselves). A customer is named only where they agreed to be named, and the reader may know the
name; else it is said of which industry they are.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from incentives.recognition.enums import PostKind
from incentives.recognition.models import FeedPost, Letter, RecognitionChoice
from references.accounts import clock
from references.accounts.enums import Membership
from references.consents.enums import Scope
from references.models import Account, ConsentTerm
from refprogram.kernel import labels, timeline
from refprogram.people.models import User

PAGE: Final = 30
NAME_THE_ACTOR: Final = (PostKind.LETTER, PostKind.THANKS)
ICONS: Final = {PostKind.LETTER: "mail", PostKind.BADGE: "star", PostKind.THANKS: "heart", PostKind.WIN: "trophy"}


@dataclass(frozen=True)
class Line:
    """One post as it is read: who, what, in which words."""

    row: FeedPost
    icon: str
    who: str
    said: Any
    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class Read:
    """A page of the feed; `older` is the address of what comes after it, empty at the end."""

    lines: list[Line] = field(default_factory=list)
    older: str = ""


def visible_to(user: User) -> QuerySet[FeedPost]:
    """Return the posts that a colleague reads."""
    if not user.has_perm("incentives.view_rewards"):
        return FeedPost.objects.none()
    own = Q(person=user.person_id) | Q(actor=user.person_id, kind__in=NAME_THE_ACTOR)
    return FeedPost.objects.filter(own | for_everybody(), hidden_at__isnull=True)


def for_everybody() -> Q:
    """Narrow posts to those that name nobody who would rather not stand there."""
    private = RecognitionChoice.objects.filter(in_feed=False)
    names_private_actor = Q(Exists(private.filter(person=OuterRef("actor"))), kind__in=NAME_THE_ACTOR)
    return ~Q(Exists(private.filter(person=OuterRef("person")))) & ~names_private_actor


def read(user: User, *, kind: str = "", before: str = "", n: int = PAGE) -> Read:
    """Return a page of the feed: of one kind, or of all, older than the post with that id. Five queries at most."""
    rows = visible_to(user)
    if kind in PostKind.values:
        rows = rows.filter(kind=kind)
    last = FeedPost.objects.filter(public_id=before).values_list("at", "pk").first() if before else None
    if last is not None:
        rows = rows.filter(Q(at__lt=last[0]) | Q(at=last[0], pk__lt=last[1]))
    found = list(with_words(rows).order_by("-at", "-pk")[: n + 1])
    shown = found[:n]
    more = len(found) > n
    return Read(lines_of(shown, user), shown[-1].public_id if more else "")


def with_words(rows: QuerySet[FeedPost]) -> QuerySet[FeedPost]:
    """Add all that lines are written from."""
    return rows.select_related(
        *("person", "actor", "account", "event", "thanks", "grant__badge", "letter__writer__person"),
    )


def lines_of(rows: Sequence[FeedPost], viewer: User) -> list[Line]:
    """Turn posts of `with_words` into lines."""
    names = names_of({row.account_id for row in rows if row.account_id is not None}, viewer)
    events = [row.event for row in rows if row.event is not None and row.account_id is None]
    told: dict[int, Any] = {entry.event_id: entry.text for entry in timeline.entries(events, viewer)} if events else {}
    lines = [_line(row, names, told, viewer) for row in rows]
    return [line for line in lines if line.said]


def names_of(accounts: Iterable[int], viewer: User) -> dict[int, str]:
    """Return what customers are called: by name where they agreed to that and the viewer may know it."""
    wanted = set(accounts)
    if not wanted:
        return {}
    known = labels.resolve({"account": wanted}, viewer)
    agreed = set(agreed_to_name(wanted).values_list("pk", flat=True))
    industries = dict(Account.objects.filter(pk__in=wanted - agreed).values_list("pk", "industry"))
    return {
        pk: known["account", pk].text
        if pk in agreed and ("account", pk) in known
        else _industry(industries.get(pk, ""))
        for pk in wanted
    }


def agreed_to_name(accounts: Iterable[int]) -> QuerySet[Account]:
    """Narrow to customers of whom somebody agreed, today still, that the company is named."""
    terms = ConsentTerm.objects.filter(
        contact__account=OuterRef("pk"), scope=Scope.COMPANY, revoked_at__isnull=True, consent__revoked_at__isnull=True,
        expires_on__gte=clock.today(), ask_first=False,
    )  # fmt: skip
    barred = Q(state=Membership.DO_NOT_CONTACT) | Q(frozen=True)
    return Account.objects.filter(Exists(terms), pk__in=list(accounts)).exclude(barred)


def _industry(industry: str) -> str:
    return _("a customer in %(industry)s") % {"industry": industry} if industry else _("a customer")


def _line(row: FeedPost, names: dict[int, str], told: dict[int, Any], viewer: User) -> Line:
    icon = ICONS[PostKind(row.kind)]
    who = row.person.name if row.person is not None else ""
    words = {"person": who, "actor": row.actor.name if row.actor is not None else ""}
    if row.letter is not None:
        said = _("%(actor)s wrote to %(person)s") % words
        url = row.letter.get_absolute_url() if _opens(row.letter, viewer) else ""
        return Line(row, icon, words["actor"], said, row.letter.body, url)
    if row.thanks is not None:
        return Line(row, icon, words["actor"], _("%(actor)s thanks %(person)s") % words, row.thanks.words)
    if row.grant is not None:
        badge = row.grant.badge
        said = _("%(person)s has the badge %(badge)s") % {**words, "badge": badge.name}
        return Line(row, badge.picture, who, said, row.grant.words or badge.words, badge.get_absolute_url())
    if row.account_id is not None:
        customer = names.get(row.account_id, "")
        said = _("%(person)s brought in a reference: %(customer)s") % {**words, "customer": customer}
        return Line(row, icon, who, said)
    return Line(row, icon, "", told.get(row.event_id or 0, ""))


def _opens(letter: Letter, viewer: User) -> bool:
    """Whether the letter’s own page is for this reader; all others read it here."""
    if viewer.pk in (letter.writer_id, letter.drafted_by_id, letter.copied_to_id):
        return True
    return viewer.person_id == letter.about_id or viewer.has_perm("incentives.run_recognition")


def plain(said: Any) -> str:
    """Return a sentence without its links."""
    return html.unescape(strip_tags(str(said)))
