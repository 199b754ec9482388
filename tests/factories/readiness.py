"""What is introduced, whom it concerns, a step of its plan; something that somebody said."""

import factory
from factory.django import DjangoModelFactory

from refprogram.governance.feedback import services
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.people.models import User


class ChangeFactory(DjangoModelFactory):
    """A change under way that is nobody's."""

    class Meta:
        model = Change

    name = factory.Sequence(lambda n: f"Change {n}")
    starts_on = "2027-01-11"


class AudienceFactory(DjangoModelFactory):
    """Newcomers, in words."""

    class Meta:
        model = Audience

    change = factory.SubFactory(ChangeFactory)
    words = "newcomers"
    current = "They ask a colleague."
    desired = "They look into the library."


class ChangeStepFactory(DjangoModelFactory):
    """A mail that is not sent yet."""

    class Meta:
        model = ChangeStep

    change = factory.SubFactory(ChangeFactory)
    kind = "message"
    channel = "mail"
    name = factory.Sequence(lambda n: f"Letter {n}")
    due_on = "2027-01-04"


def said(by: User, *, change: Change | None = None, words: str = "The form is long.", kind: str = "hurts") -> FieldNote:
    """Say something about the program."""
    return services.give(kind=kind, words=words, by=by, change=change)
