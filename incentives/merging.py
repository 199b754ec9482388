"""Two customers or two people became one, or two again: points, rewards and badges follow.

A person's go over when the person is one everywhere: who is a colleague too, or still stands for themselves at another
customer, keeps theirs. Money and tickets are colleagues' alone, who are never merged. What a rule gives at most it
gives to the one that there is now.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext as _

from incentives.ledger import joining
from incentives.ledger.models import Wallet
from incentives.ledger.services import wallet_of, wallet_of_account
from incentives.models import BadgeGrant, FeedPost, Look, Promise, Redemption, TrustHold
from incentives.rulebook import tallying
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import note_moved
from references.models import Account, Contact
from refprogram.kernel.models import Event
from refprogram.kernel.stream import lane
from refprogram.people.models import User

Place = tuple[type[Any], str]
OF_ACCOUNT: Final[tuple[Place, ...]] = ((Redemption, "account"), (FeedPost, "account"))
OF_CONTACT: Final[tuple[Place, ...]] = ((Redemption, "contact"),)
OF_PERSON: Final[tuple[Place, ...]] = tuple(
    (model, "person") for model in (Redemption, TrustHold, BadgeGrant, FeedPost, Look)
)
OF_WALLET: Final[tuple[Place, ...]] = ((Redemption, "wallet"), (Promise, "wallet"))
WALLETS: Final = "incentives.Wallet.merged_into"
LIMITS: Final = "incentives.RuleTally.holder"


@lane("rules")
def follow(event: Event) -> None:
    """What the merged one holds, asked for and won goes over to the kept one."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=event.payload["merge"])  # nobody undoes it meanwhile
    if merge.undone_at is not None:
        return
    pairs = [(merge.merged_id, merge.kept_id)]
    if merge.noun == "account":
        _shift(merge, OF_ACCOUNT, *pairs[0])
        _follow_account(merge)
        pairs = [(int(gone), int(stays)) for gone, stays in (event.payload.get("people") or {}).items()]
    for gone, stays in pairs:
        _shift(merge, OF_CONTACT, gone, stays)
        _follow_person(merge, *(Contact.objects.select_related("person").get(pk=pk) for pk in (gone, stays)))


def _follow_account(merge: Merge) -> None:
    wallet = Wallet.objects.filter(account=merge.merged_id).first()
    if wallet is not None:
        _join(merge, wallet, wallet_of_account(Account.objects.get(pk=merge.kept_id)))


def _follow_person(merge: Merge, gone: Contact, stays: Contact) -> None:
    if gone.person_id == stays.person_id or _stands_alone(gone.person_id):
        return
    _shift(merge, OF_PERSON, gone.person_id, stays.person_id)
    wallet = Wallet.objects.filter(person=gone.person_id).first()
    if wallet is not None:
        _join(merge, wallet, wallet_of(stays.person))
    rules = tallying.join(gone.person_id, stays.person_id)
    if rules:
        note_moved(merge_id=merge.pk, key=f"{LIMITS}:{gone.person_id}:{stays.person_id}", ids=rules)


def _stands_alone(person_id: int) -> bool:
    others = Contact.objects.filter(person=person_id, merged_into__isnull=True)
    return others.exists() or User.objects.filter(person=person_id).exists()


def _join(merge: Merge, source: Wallet, target: Wallet) -> None:
    """Let one wallet stand for both. What waits or was asked for out of the other goes with it."""
    _shift(merge, OF_WALLET, source.pk, target.pk)
    memo = _("%(name)s is the same customer") % {"name": source.holder}
    went = joining.go_over(source=source, target=target, key=f"merge:{merge.pk}:{source.pk}", memo=memo[:200])
    note_moved(merge_id=merge.pk, key=f"{WALLETS}:{source.pk}", ids=went)


def _shift(merge: Merge, places: Iterable[Place], source: int, target: int) -> None:
    for model, name in places:
        rows = model._default_manager.filter(**{name: source}).order_by("pk")
        ids = moving.shift(model, name, list(rows.values_list("pk", flat=True)), target)
        if ids:
            note_moved(merge_id=merge.pk, key=f"{moving.key_of(model, name)}:{source}", ids=ids)


@lane("rules")
def part(event: Event) -> None:
    """Each gets its own back."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    limits: list[tuple[list[int], list[int]]] = []
    for key, ids in merge.moved.items():
        place, _colon, source = key.partition(":")
        if place == WALLETS:
            _come_back(merge, int(source), ids)
        elif place == LIMITS:
            limits.append((ids, [int(person) for person in source.split(":")]))
        elif place.startswith("incentives."):
            label, _dot, name = place.rpartition(".")
            moving.shift(apps.get_model(label), name, ids, int(source))
    for rules, people in limits:  # counted as everything is booked by now
        tallying.part(rules, people)


def _come_back(merge: Merge, source: int, led_here: list[int]) -> None:
    wallet = Wallet.objects.get(pk=source)
    memo = _("%(name)s is a customer of their own again") % {"name": wallet.holder}
    joining.come_back(source=wallet, led_here=led_here, key=f"unmerge:{merge.pk}:{source}", memo=memo[:200])
