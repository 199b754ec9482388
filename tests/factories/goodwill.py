"""The ledger of goodwill: entries as they stand in it. What the program writes itself is reached by services."""

from django.utils import timezone
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from references.goodwill.enums import GoodwillKind
from references.goodwill.models import GoodwillEntry
from tests.factories.references import AccountFactory


class GoodwillEntryFactory(DjangoModelFactory):
    """An ask of 40 points, now."""

    class Meta:
        model = GoodwillEntry

    account = SubFactory(AccountFactory)
    kind = GoodwillKind.ASK
    points = -40
    source_type = "test"
    source_id = Sequence(lambda n: n + 1)
    at = LazyFunction(timezone.now)
