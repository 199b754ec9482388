"""The kernel's rows that tests need without what usually makes them."""

from django.utils import timezone
from factory import LazyFunction
from factory.django import DjangoModelFactory

from refprogram.kernel.models import Job, ProgramSetting


class JobFactory(DjangoModelFactory):
    """A job that waits and that no broker has heard of."""

    class Meta:
        model = Job

    kind = "import"


class ProgramSettingFactory(DjangoModelFactory):
    """A figure as it stands in the table, whatever its limits say."""

    class Meta:
        model = ProgramSetting

    key = "references.accounts.capacity"
    value = 100
    changed_at = LazyFunction(timezone.now)
