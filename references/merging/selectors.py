"""Likely twins, what stands against merging or undoing, and what was merged. `visible_to` first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account, Contact
from references.merging import policy
from references.merging.models import Merge
from refprogram.people.models import User

LOOKED_AT = 200  # the newest accounts, each compared with all: bounded however many there are
EACH = 3
SAME_HOUSE = 90  # as alike as names that differ in little
SHOWN = 50
PERMISSION = "references.merge"
# Mail houses in which anybody may have an address say nothing about a company.
FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "gmx.de",
    "gmx.net", "web.de", "aol.com", "proton.me", "protonmail.com", "mail.com",
})  # fmt: skip


@dataclass(frozen=True)
class Twins:
    """Two accounts that may be one, and why."""

    one: Account
    other: Account
    why: str
    alike: int


def visible_to(user: User) -> QuerySet[Merge]:
    """Return what was merged, for who may merge."""
    merges = Merge.objects.select_related("made_by__person", "undone_by__person")
    return merges.order_by("-pk") if user.has_perm(PERMISSION) else merges.none()


def likely_twins() -> list[Twins]:
    """Return pairs of the newest accounts and what they are like, most alike first: three statements, bounded."""
    newest = list(_newest().values_list("pk", flat=True))
    pairs: dict[tuple[int, int], tuple[str, int]] = {}
    for one, other, alike in _alike():
        if alike >= policy.now().alike_from:
            pairs.setdefault((min(one, other), max(one, other)), (_("Names are alike"), alike))
    for pair, domain in _same_house(newest):
        words = _("Their people write from %(domain)s") % {"domain": domain}
        pairs.setdefault(pair, (words, SAME_HOUSE))
    best = sorted(pairs.items(), key=lambda found: (-found[1][1], found[0]))[:SHOWN]
    rows = Account.objects.in_bulk({pk for pair, _why in best for pk in pair})
    return [Twins(rows[one], rows[other], why, alike) for (one, other), (why, alike) in best]


def _newest() -> QuerySet[Account]:
    return Account.objects.filter(merged_into__isnull=True).order_by("-pk")[:LOOKED_AT]


def _alike() -> list[tuple[int, int, int]]:
    """Return (account, other, likeness of 100) for each of the newest accounts, by the index of names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, b.id, CASE WHEN a.match_key = b.match_key THEN 100 ELSE round(100 * b.s)::int END"
            " FROM (SELECT id, upper(name) AS n, match_key FROM references_account WHERE merged_into_id IS NULL"
            "       ORDER BY id DESC LIMIT %s) a"
            " CROSS JOIN LATERAL (SELECT o.id, o.match_key, similarity(upper(o.name), a.n) AS s"
            "   FROM references_account o WHERE o.merged_into_id IS NULL AND o.id <> a.id AND upper(o.name) %% a.n"
            "   ORDER BY s DESC, o.id LIMIT %s) b",
            [LOOKED_AT, EACH],
        )
        return list(cursor.fetchall())


def _same_house(accounts: list[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield pairs among these accounts whose people write from the same company's address."""
    people = Contact.objects.filter(account__in=accounts).exclude(person__email="")
    houses: dict[str, set[int]] = {}
    for account, mail in people.values_list("account", "person__email"):
        houses.setdefault(mail.rpartition("@")[2].lower(), set()).add(account)
    for domain, found in sorted(houses.items()):
        if domain not in FREE_MAIL:
            first, *others = sorted(found)
            yield from (((first, other), domain) for other in others)


def twins_of(account: Account) -> list[Twins]:
    """Return the accounts that may be the same customer as this one: by name, or by the mail house of their people."""
    others = Account.objects.filter(merged_into__isnull=True).exclude(pk=account.pk).select_related("region")
    upper = account.name.upper()
    alike = others.alias(upper=Upper("name")).filter(Q(upper__trigram_similar=upper) | Q(match_key=account.match_key))
    alike = alike.annotate(likeness=TrigramSimilarity(Upper("name"), upper)).order_by("-likeness", "pk")
    least = policy.now().alike_from
    found = {}
    for other in alike[:EACH]:
        score = 100 if other.match_key == account.match_key else round(100 * other.likeness)
        if score >= least:
            found[other.pk] = Twins(account, other, _("Names are alike"), score)
    domains = _domains(account)
    if domains:
        same = Q()
        for domain in domains:
            same |= Q(contacts__person__email__iendswith=f"@{domain}")
        words = _("Their people write from %(domain)s") % {"domain": ", ".join(sorted(domains))}
        for neighbour in others.filter(same).distinct().order_by("pk")[:EACH]:
            found.setdefault(neighbour.pk, Twins(account, neighbour, words, SAME_HOUSE))
    return list(found.values())


def _domains(account: Account) -> set[str]:
    mails = Contact.objects.filter(account=account).exclude(person__email="").values_list("person__email", flat=True)
    houses = {mail.rpartition("@")[2].lower() for mail in mails[:20]}
    return {house for house in houses if house not in FREE_MAIL}


def blockers(kept: Account, merged: Account) -> Iterator[str]:
    """Yield what stands against making one of two accounts."""
    for row in (kept, merged):
        if row.merged_into_id is not None:
            yield _("%(name)s was merged already.") % {"name": row.name}


def undo_blockers(merge: Merge) -> Iterator[str]:
    """Yield what stands against taking two apart again."""
    if not merge.facts:
        yield _("What undoing needs was erased with a person’s data.")
    if merge.undone_at is not None:
        yield _("This was undone already.")
    if merge.created_at + policy.now().undo_within < timezone.now():
        yield _("That is too long ago: too much may rest on it.")
    pair = [merge.kept_id, merge.merged_id]
    later = Merge.objects.filter(Q(kept_id__in=pair) | Q(merged_id__in=pair), noun=merge.noun, undone_at__isnull=True)
    own = merge.facts.get("nested", [])
    if later.filter(pk__gt=merge.pk).exclude(pk__in=own).exists():
        yield _("One of them was merged once more since. Undo that first.")
    nesting = Merge.objects.filter(noun="account", undone_at__isnull=True, facts__nested__contains=[merge.pk])
    if merge.noun == "contact" and nesting.exists():
        yield _("It came with merging two accounts. Undo that one.")


def names_of(merges: list[Merge]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return (name, address) of every row that these merges name. Two queries."""
    accounts = {pk for one in merges if one.noun == "account" for pk in (one.kept_id, one.merged_id)}
    people = {pk for one in merges if one.noun == "contact" for pk in (one.kept_id, one.merged_id)}
    found = {("account", row.pk): (row.name, row.get_absolute_url()) for row in Account.objects.filter(pk__in=accounts)}
    rows = Contact.objects.filter(pk__in=people).select_related("person")
    return found | {("contact", row.pk): (row.person.name, row.get_absolute_url()) for row in rows}
