"""Somebody with a stake in the program, and their group."""

import factory
from factory.django import DjangoModelFactory

from refprogram.governance.stakeholders.models import DirectoryEntry, Launch, Requirement, Stakeholder, StakeholderGroup
from tests.factories.people import UserFactory


class StakeholderGroupFactory(DjangoModelFactory):
    """A group that is not key."""

    class Meta:
        model = StakeholderGroup

    name = factory.Sequence(lambda n: f"Group {n}")


class StakeholderFactory(DjangoModelFactory):
    """Somebody outside, in the middle of the picture."""

    class Meta:
        model = Stakeholder

    name = factory.Sequence(lambda n: f"Partner {n}")
    group = factory.SubFactory(StakeholderGroupFactory)
    influence = 3
    interest = 3


class RequirementFactory(DjangoModelFactory):
    """Something they need, not met."""

    class Meta:
        model = Requirement

    stakeholder = factory.SubFactory(StakeholderFactory)
    text = "A number each month"


class DirectoryEntryFactory(DjangoModelFactory):
    """A colleague who knows hospitals."""

    class Meta:
        model = DirectoryEntry

    user = factory.SubFactory(UserFactory)
    knows = "sales"
    topics = "Hospitals"


class LaunchFactory(DjangoModelFactory):
    """A launch that needs three references."""

    class Meta:
        model = Launch

    name = factory.Sequence(lambda n: f"Launch {n}")
    on = "2027-03-15"
    references = 3
