"""Reading entries: who sees which, what they say, what waits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from awards import visibility
from awards.contests.models import Contest
from awards.entries import content
from awards.entries.enums import OPEN_INVITES, EntryState, InviteState
from awards.entries.models import ContestEntry, EntryHelper, EntryInvite, EntryVersion
from awards.entries.selectors.one import entry_or_404, helpers_of, last_version, with_people
from refprogram.kernel.form_builder.fields import FieldSpec, from_json
from refprogram.kernel.labels import Label
from refprogram.kernel.models import StoredFile
from refprogram.people.models import Person, User

__all__ = [
    "entries_with_files_for",
    "entry_behind_link",
    "entry_labels",
    "entry_of_invite",
    "entry_or_404",
    "files_of",
    "helpers_of",
    "invite_behind_link",
    "invite_labels",
    "invites_visible_to",
    "last_version",
    "of_contest",
    "open_invites_of",
    "person_by_id",
    "prize_lines",
    "public_contests",
    "said",
    "visible_to",
    "waiting",
    "with_list_facts",
    "with_names",
    "with_people",
]

WAITING = (EntryState.SUBMITTED, EntryState.SCREENING)


def visible_to(user: User) -> QuerySet[ContestEntry]:
    """Return the entries whose existence and state a colleague may know."""
    return visibility.entries_for(user)


def of_contest(user: User, slug: str) -> QuerySet[ContestEntry]:
    """Return those of one contest, whose key is found first: for one contest an index has them in the list's order."""
    return visible_to(user).filter(contest=Contest.objects.filter(slug=slug).order_by().values("pk")[:1])


def with_names(rows: QuerySet[ContestEntry]) -> QuerySet[ContestEntry]:
    """Add what lists name beside an entry, and nothing else: thousands are exported."""
    return rows.select_related("contest", "account", "team", "nominator__person").only(
        "public_id", "code", "title", "state", "state_since", "submitted_at", "contest__name", "account__name",
        "team__name", "nominator__person__name",
    )  # fmt: skip


def with_list_facts(rows: QuerySet[ContestEntry], user: User) -> QuerySet[ContestEntry]:
    """Add what lists show beside an entry: whether the reader may read what it says."""
    readable = visibility.readable_for(user).filter(pk=OuterRef("pk"))
    return with_names(rows).annotate(readable=Exists(readable))


def waiting(user: User) -> QuerySet[ContestEntry]:
    """Return what waits to be screened, of the contests that this colleague runs or screens, the oldest first."""
    rows = ContestEntry.objects.filter(state__in=WAITING, anchor=False)
    if not user.has_perm("awards.start_contests"):
        parts = ["manager", "screener"]
        rows = rows.filter(contest__members__user=user.pk, contest__members__part__in=parts).distinct()
    return rows.order_by("state_since", "pk")


def said(entry: ContestEntry, version: EntryVersion | None = None) -> tuple[dict[str, Any], list[FieldSpec]]:
    """Return what an entry says to who may read it, and what its form asked: what was handed in, not later typing.

    `version` is the last one, where it is known already.
    """
    drafted = entry.state in (EntryState.DRAFT, EntryState.APPROVAL)
    version = None if drafted else version or last_version(entry)
    if version is not None and version.form_version is not None:
        return version.content, from_json(version.form_version.fields)
    return content.written(entry), content.specs_of(entry)


def files_of(said_: Mapping[str, Any]) -> dict[str, StoredFile]:
    """Return the files that content names, by their public id."""
    wanted = list(said_["files"])
    if not wanted:
        return {}
    return {file.public_id: file for file in StoredFile.objects.filter(public_id__in=wanted, removed_at__isnull=True)}


def entry_behind_link(pk: int) -> ContestEntry | None:
    """Return the entry that a signed link opens."""
    rows = ContestEntry.objects.select_related(
        "contest", "account__owner__person", "team", "owner", "contact__person", "answer__version__design"
    )
    return rows.filter(pk=pk).first()


def person_by_id(pk: int | None) -> Person | None:
    """Return the person whose link it is."""
    return Person.objects.filter(pk=pk).first() if pk is not None else None


def entries_with_files_for(user: User) -> QuerySet[Any, Any]:
    """Return the keys of the entries whose files a colleague may read."""
    helps = Q(owner=user.person_id) | Q(pk__in=EntryHelper.objects.filter(person=user.person_id).values("entry"))
    return ContestEntry.objects.filter(helps | Q(pk__in=visibility.readable_for(user).values("pk"))).values("pk")


# ---------------------------------------------------------------- invitations


def invites_visible_to(user: User) -> QuerySet[EntryInvite]:
    """Return the invitations a colleague may see: all for who runs the contest, else own ones and own customers’."""
    rows = EntryInvite.objects.select_related(
        "contest", "category", "account__owner__person", "contact__person", "proposed_by__person"
    )
    if user.has_perm("awards.start_contests"):
        return rows
    if not user.has_perm("awards.see_contests"):
        return rows.none()
    run = Contest.objects.filter(members__user=user.pk, members__part="manager").values("pk")
    return rows.filter(Q(proposed_by=user.pk) | Q(account__owner=user.pk) | Q(contest__in=run))


def open_invites_of(contest: Contest) -> int:
    """Count the invitations that are open."""
    return EntryInvite.objects.filter(contest=contest, state__in=OPEN_INVITES).count()


def invite_behind_link(pk: int) -> EntryInvite | None:
    """Return the invitation that a signed link opens."""
    rows = EntryInvite.objects.select_related(
        "contest", "category", "account", "contact__person", "proposed_by__person"
    )
    return rows.filter(pk=pk).exclude(state=InviteState.PROPOSED).first()


def entry_of_invite(invite: EntryInvite) -> ContestEntry | None:
    """Return the entry that an invitation brought."""
    return ContestEntry.objects.filter(invite=invite).first()


def public_contests() -> QuerySet[Contest]:
    """Return contests for pages that need no sign-in; the view says which."""
    return Contest.objects.all()


def prize_lines(contest: Contest) -> list[str]:
    """Return what can be won, for the invitation."""
    return [prize.item for prize in contest.prizes.order_by("place", "pk")[:3]]


# ---------------------------------------------------------------- names in sentences


def entry_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return what entries are called in a sentence: their code and link, to who may know of them.

    To everybody else it is "an entry": beside the customer's name a code would tell blind judges whose it is.
    """
    wanted = list(ids)
    seen = visible_to(viewer).filter(pk__in=wanted).only("code", "public_id")
    labels = {row.pk: Label(row.code, row.get_absolute_url()) for row in seen}
    return {pk: labels.get(pk, Label(_("An entry"))) for pk in wanted}


def invite_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return what invitations are called: the contest they are to."""
    wanted = list(ids)
    rows = EntryInvite.objects.filter(pk__in=wanted).select_related("contest")
    seen = set(invites_visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {row.pk: Label(row.contest.name, row.get_absolute_url() if row.pk in seen else "") for row in rows}
