"""“Still true?”: somebody who knows the customer says so, again and again."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import kept, policy
from references.accounts.enums import FreezeKind, Membership
from references.accounts.models import Account, Freeze
from references.accounts.services import standing
from references.accounts.services.locks import Actor, actor_id, lock_account, user_of
from refprogram.kernel import links
from refprogram.kernel.stream import emit


@transaction.atomic
def ask_still_true(*, account: Account, actor: Actor = None) -> Account:
    """Ask who owns the account whether the customer is still happy; the mail goes out when the event is handled."""
    account = lock_account(account.pk)
    standing.shift(account, Membership.REVIEW_DUE, standing.Because(actor))
    emit("account.review_due", subject=account, account_id=account.pk, actor_id=actor_id(actor))
    return account


@transaction.atomic
def ask_many_still_true(*, accounts: QuerySet[Account], actor: Actor) -> int:
    """Ask about those that are references and not being asked about already; return how many, `AT_ONCE` at most."""
    due = accounts.filter(state=Membership.ACTIVE).order_by("pk")[: policy.AT_ONCE]
    return len([ask_still_true(account=account, actor=actor) for account in due])


@transaction.atomic
def confirm_still_true(*, account: Account, actor: Actor, token: str = "") -> Account:
    """Still a happy customer; holds for as long as the tier says. `token` is the mail's link, if it came by that."""
    if token:
        links.use(token)
    account = lock_account(account.pk)
    account.verified_at = timezone.now()
    account.save(update_fields=["verified_at"])
    if account.state == Membership.REVIEW_DUE:
        standing.shift(account, Membership.ACTIVE, standing.Because(actor))
    elif standing.promote_all(account):
        kept.settle(account)
    if not token:
        links.withdraw(subject=account, purpose="still_true")
    emit("account.verified", subject=account, account_id=account.pk, actor_id=actor_id(actor))
    return account


@transaction.atomic
def deny_still_true(*, account: Account, reason: str, actor: Actor, token: str = "") -> Account:
    """No longer a happy customer: nobody asks them for anything until this is lifted."""
    if token:
        links.use(token)
    account = lock_account(account.pk)
    freeze, created = Freeze.objects.get_or_create(
        account=account,
        kind=FreezeKind.OTHER,
        source_ref="",
        lifted_at=None,
        defaults={"reason": reason or _("The owner says: not a happy customer now."), "imposed_by": user_of(actor)},
    )
    if created:
        kept.settle(account)
        emit(
            "account.frozen",
            subject=account,
            account_id=account.pk,
            actor_id=actor_id(actor),
            payload={"freeze": freeze.pk},
        )
    return account
