"""What a file's words can mean here: the ids behind names, read once per import."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from references.accounts.models import Account, Product
from references.exchange.checking import Known
from references.exchange.specs import Spec
from refprogram.people.models import Person, Region, User


def known_for(spec: Spec) -> Known:
    """Return ids and names for every lookup that the spec's fields use."""
    wanted = {name for f in spec.fields for name in (f.lookup, f.barred, f.known) if name in _ROWS}
    rows = {name: _ROWS[name]() for name in wanted}
    return Known(
        ids={name: {key: pk for key, _clear, pk in found} for name, found in rows.items()},
        names={name: {clear.casefold(): clear for _key, clear, _pk in found} for name, found in rows.items()},
    )


def _folded(
    rows: QuerySet[Product] | QuerySet[Region] | QuerySet[User] | QuerySet[Person], field: str
) -> list[tuple[str, str, int]]:
    return [(name.casefold(), name, pk) for name, pk in rows.values_list(field, "pk")]


def _accounts() -> list[tuple[str, str, int]]:
    """Return the accounts by the key of their name; the name of one that was merged means the one that stayed.

    Of several of one name the oldest is meant: who comes last is kept, and none that was merged comes after the others.
    """
    rows = Account.objects.annotate(meant=Coalesce("merged_into", "pk"), stays=Q(merged_into__isnull=True))
    return list(rows.order_by("stays", "-pk").values_list("match_key", "name", "meant"))


def _industries() -> list[tuple[str, str, int]]:
    """Return the industries in use, as they are spelt here; they have no id."""
    names = Account.objects.exclude(industry="").order_by("industry").values_list("industry", flat=True).distinct()
    return [(name.casefold(), name, 0) for name in names]


_ROWS = {
    "product": lambda: _folded(Product.objects.all(), "name"),
    "region": lambda: _folded(Region.objects.all(), "name"),
    "agent": lambda: _folded(User.objects.exclude(external_ref=""), "external_ref"),
    "account": _accounts,
    "colleague": lambda: _folded(Person.objects.filter(user__isnull=False).exclude(email=""), "email"),
    "industry": _industries,
}
