"""Edits that the demo's people made of late, for the panel “Edits”: on accounts, their people and deals."""

import datetime as dt
from typing import Any

from references.models import Account, Contact, Opportunity, Product
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.edit_history.nouns import choices_of, copies_of, kept_models
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker
from refprogram.people.models import Person, User

EDITED = 12  # of each kind


def build(maker: Maker, people: Company) -> None:
    """Forget how the demo itself was put together, then edit as people do, over the last ten weeks."""
    for model in kept_models():
        for copies in (copies_of(model), *choices_of(model).values()):
            copies._default_manager.all().delete()
    rep = people.reps[0]
    accounts = list(Account.objects.filter(owner=rep).order_by("pk")[:EDITED])
    for account in accounts:
        by = maker.chance.choice((rep, people.marketer))
        city = account.city
        _edit(maker, account, by, city="", employees=maker.chance.randrange(80, 9000))
        _edit(maker, account, by, city=city, csm=maker.chance.choice(people.supporters))
    _choose(maker, accounts[: EDITED // 2], people.marketer)
    for contact in Contact.objects.filter(account__in=accounts).select_related("person").order_by("pk")[:EDITED]:
        _edit(maker, contact, people.marketer, cap_per_quarter=maker.chance.choice((1, 2, 3)))
        _edit(maker, contact.person, rep, phone=f"+31 20 555 {maker.chance.randrange(1000, 9999)}")
    for deal in Opportunity.objects.filter(owner=rep, amount__isnull=False).order_by("pk")[:EDITED]:
        _edit(maker, deal, rep, amount=(deal.amount or 0) + 500 * maker.chance.randrange(1, 9))


def _edit(maker: Maker, row: Account | Contact | Person | Opportunity, by: User, **values: Any) -> None:
    """Change a row on a day of the last ten weeks, each later than the one before."""
    model = type(row)
    with acting(via="page", person=by.person_id):
        model._default_manager.filter(pk=row.pk).update(**values)
    copies = copies_of(model)._default_manager.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    days = sorted(maker.day_ago(70, 1) for _copy in copies)
    for copy, day in zip(copies, days, strict=True):
        moment = maker.moment(day) + dt.timedelta(seconds=copy.pk % 60)
        type(copy)._default_manager.filter(pk=copy.pk).update(pgh_created_at=moment)


def _choose(maker: Maker, accounts: list[Account], by: User) -> None:
    """Note a product that somebody found in use there."""
    copies: Any = choices_of(Account)[Account._meta.get_field("products")]
    for account in accounts:
        another = Product.objects.exclude(pk__in=account.products.all()).order_by("pk").first()
        if another is None:
            continue
        with acting(via="page", person=by.person_id):
            account.products.add(another)
        moment = maker.moment(maker.day_ago(70, 1))
        copies._default_manager.filter(account_id=account.pk).update(pgh_created_at=moment)
