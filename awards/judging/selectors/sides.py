"""What is known of judges and entries, read in few queries whatever their number, for `ties.find`."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from awards.entries.enums import GONE, EntryState
from awards.judging.enums import JudgeState
from awards.judging.ties import EntrySide, JudgeSide, domain_of
from awards.models import CategoryEntry, Contest, ContestEntry, EntryHelper, Judge, Sponsor
from references.accounts.names import match_key
from references.models import Account, Contact
from refprogram.people.enums import Role
from refprogram.people.models import Team, User

SELLERS = (Role.REP, Role.MANAGER, Role.SALES_HEAD)
# Who said no or went has no work to be kept from.
OUT = (JudgeState.DECLINED, JudgeState.EXPIRED, JudgeState.WITHDRAWN, JudgeState.REMOVED)
NOT_COMPETING = (*GONE, EntryState.DRAFT, EntryState.APPROVAL)


def competing(contest: Contest) -> QuerySet[ContestEntry]:
    """Return the entries that judges may come to see."""
    return ContestEntry.objects.filter(contest=contest, anchor=False).exclude(state__in=NOT_COMPETING)


def panel(contest: Contest) -> QuerySet[Judge]:
    """Return the judges who are, or may become, part of the panel."""
    return Judge.objects.filter(contest=contest).exclude(state__in=OUT)


def judge_sides(judges: QuerySet[Judge]) -> list[JudgeSide]:
    """Return the sides of judges."""
    rows = list(judges.select_related("person", "contest"))
    people = {row.person_id for row in rows}
    users = {user.person_id: user for user in User.objects.select_related("team").filter(person__in=people)}
    led: dict[int, set[int]] = defaultdict(set)
    for pk, manager in Team.objects.filter(manager__person__in=people).values_list("pk", "manager__person"):
        led[manager].add(pk)
    works = _accounts_of(people)
    tops = _tops({account for accounts in works.values() for account in accounts})
    sponsors = list(Sponsor.objects.filter(contest__in={row.contest_id for row in rows}))
    known = _Known(users, led, works, tops, sponsors)
    return [_judge_side(row, known) for row in rows]


class _Known(NamedTuple):
    """What is read once for all judges: users, teams led, accounts worked for (by person), tops of groups, sponsors."""

    users: dict[int, User]
    led: dict[int, set[int]]
    works: dict[int, set[int]]
    tops: dict[int, int]
    sponsors: list[Sponsor]


def _judge_side(row: Judge, known: _Known) -> JudgeSide:
    user, accounts = known.users.get(row.person_id), known.works[row.person_id]
    house = match_key(row.organisation)
    own = (user.team_id,) if user is not None and user.team_id is not None else ()
    sells = user is not None and user.role in SELLERS and user.team is not None
    return JudgeSide(
        judge=row.pk,
        person=row.person_id,
        user=user.pk if user is not None else None,
        teams=frozenset({*own, *known.led[row.person_id]}),
        region=user.team.region_id if sells and user is not None and user.team is not None else None,
        accounts=frozenset(accounts),
        families=frozenset(known.tops[account] for account in accounts),
        domain="" if user is not None else domain_of(row.person.email),
        named=frozenset(match_key(name) for name in [*row.ties, row.organisation] if name.strip()),
        sponsored=frozenset(
            one.account_id
            for one in known.sponsors
            if one.contest_id == row.contest_id
            and one.account_id is not None
            and (match_key(one.name) == house or one.account_id in accounts)
        ),
    )


def _accounts_of(people: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Contact.objects.filter(person__in=people, left_company_at__isnull=True, merged_into__isnull=True)
    for person, account in rows.values_list("person", "account"):
        found[person].add(account)
    return found


def _tops(accounts: Collection[int]) -> dict[int, int]:
    """Return the top of each account's group: one query for each storey."""
    parents: dict[int, int | None] = {}
    asked: set[int] = set(accounts)
    while asked:
        parents |= dict(Account.objects.filter(pk__in=asked).values_list("pk", "parent"))
        asked = {up for up in parents.values() if up is not None and up not in parents}
    return {account: _climb(account, parents) for account in accounts}


def _climb(account: int, parents: dict[int, int | None]) -> int:
    seen = {account}
    while (up := parents.get(account)) is not None and up not in seen:
        account = up
        seen.add(up)
    return account


def entry_sides(entries: QuerySet[ContestEntry]) -> list[EntrySide]:
    """Return the sides of entries."""
    rows = list(
        entries.select_related("account__parent", "team", "owner__user", "contact", "invite", "contact__person")
    )
    keys = [row.pk for row in rows]
    helpers: dict[int, list[EntryHelper]] = defaultdict(list)
    for helper in EntryHelper.objects.filter(entry__in=keys).select_related("person__user"):
        helpers[helper.entry_id].append(helper)
    places: dict[int, set[int]] = defaultdict(set)
    for entry, category in CategoryEntry.objects.filter(entry__in=keys).values_list("entry", "category"):
        places[entry].add(category)
    accounts = {row.account_id for row in rows if row.account_id is not None}
    tops = _tops(accounts)
    domains: dict[int, set[str]] = defaultdict(set)
    for account, email in Contact.objects.filter(account__in=accounts).values_list("account", "person__email"):
        domains[account].add(domain_of(email))
    return [_entry_side(row, helpers[row.pk], places[row.pk], tops, domains) for row in rows]


def _entry_side(
    row: ContestEntry,
    helpers: Iterable[EntryHelper],
    categories: set[int],
    tops: dict[int, int],
    domains: dict[int, set[str]],
) -> EntrySide:
    account = row.account
    customers = domains[account.pk] - {""} if account is not None else set()
    outside = [helper.person for helper in helpers if not hasattr(helper.person, "user")]
    helping = {domain_of(person.email) for person in outside} - customers - {""}
    people = {row.owner_id, *(helper.person_id for helper in helpers)}
    if row.contact is not None:
        people.add(row.contact.person_id)
    keepers = {account.owner_id, account.csm_id, account.sponsor_id} if account is not None else set()
    brought = {row.nominator_id, row.invite.proposed_by_id if row.invite is not None else None}
    names = [account.name if account else "", account.parent.name if account is not None and account.parent else ""]
    names.append(row.team.name if row.team is not None else "")
    return EntrySide(
        entry=row.pk,
        account=row.account_id,
        family=tops.get(row.account_id) if row.account_id is not None else None,
        region=account.region_id if account is not None else None,
        team=row.team_id,
        people=frozenset(pk for pk in people if pk is not None),
        keepers=frozenset(pk for pk in keepers if pk is not None),
        nominators=frozenset(pk for pk in brought if pk is not None),
        domains=frozenset(customers),
        helping_domains=frozenset(helping),
        names=frozenset(match_key(name) for name in names if name),
        categories=frozenset(categories),
    )
