"""The kernel's rows that tests need without what usually makes them."""

from factory.django import DjangoModelFactory

from refprogram.kernel.models import Job


class JobFactory(DjangoModelFactory):
    """A job that waits and that no broker has heard of."""

    class Meta:
        model = Job

    kind = "import"
