"""A charter that holds, with something in and out of scope; what was asked of the program."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Turn
from refprogram.governance.charter import selectors, services
from refprogram.governance.charter.enums import CharterState, Horizon
from refprogram.governance.charter.models import CharterQuestion, CharterVersion, PlanStep, RoadMark, ScopeLine
from refprogram.governance.plotting import services as plotting
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.weighing import weigh
from refprogram.people.models import User


class CharterVersionFactory(DjangoModelFactory):
    """A draft that says what the program is for; `charter_of` gives one with lines, `holding` one that holds."""

    class Meta:
        model = CharterVersion

    number = factory.Sequence(lambda n: n + 1)
    mission = "Happy customers speak for us, never too often."
    starts_on = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))


class ScopeLineFactory(DjangoModelFactory):
    """Reference calls, an hour and a half each."""

    class Meta:
        model = ScopeLine

    version = factory.SubFactory(CharterVersionFactory)
    name = factory.Sequence(lambda n: f"Line {n}")
    hours = Decimal("1.5")


class CharterQuestionFactory(DjangoModelFactory):
    """A question that somebody wrote, with one wrong answer."""

    class Meta:
        model = CharterQuestion

    version = factory.SubFactory(CharterVersionFactory)
    text = "Who owns the program?"
    right = "We do"
    wrong = factory.LazyFunction(lambda: ["Nobody"])
    sentence = "We own it."


def charter_of(state: CharterState = CharterState.DRAFT, **fields: object) -> CharterVersion:
    """Return a version with one line in scope and one out of it, two milestones, and a step of the plan."""
    version = CharterVersionFactory(state=state, **fields)
    month = version.starts_on
    ScopeLineFactory(version=version, name="Reference call", kind="call", words=["call"])
    ScopeLineFactory(
        version=version, inside=False, name="Board name", words=["board names"], hours=Decimal(4),
        because="Boards are asked by the executives.",
    )  # fmt: skip
    RoadMark.objects.bulk_create(
        RoadMark(version=version, horizon=Horizon.SHORT, name=name, month=month)
        for name in ("Hundred references", "First contest")
    )
    PlanStep.objects.bulk_create([PlanStep(version=version, month=month, name="Connect the CRM")])
    return version


def holding(**fields: object) -> CharterVersion:
    """Return a charter that holds."""
    return charter_of(CharterState.PUBLISHED, published_at=timezone.now(), **fields)


def right_answers(version: CharterVersion) -> list[int]:
    """Return the places of the right answers to a version's questions."""
    return [question.place for question in selectors.questions_of(version)]


def consulted(*, by: User, people: list[User], **fields: object) -> CharterVersion:
    """Return a version about which these colleagues are asked."""
    until = timezone.localdate() + dt.timedelta(days=7)
    return services.consult(version=charter_of(made_by=by, **fields), people=people, until=until, by=by)


def approve(version: CharterVersion, *, by: User) -> None:
    """Say yes in the approval that a version waits for; the stream carries it out."""
    turn = Turn.objects.get(approval__subject_type="charterversion", approval__subject_id=version.pk, state="open")
    approvals.decide(approval=turn.approval, turn=turn, by=by, verdict=Verdict.APPROVE)


def plotted(*, by: User, text: str = "Two board names", **fields: object) -> PlottedRequest:
    """Return what was asked, as it stands on the map now."""
    return plotting.keep(weighed=weigh(text, viewer=by), by=by, **fields)


def passed_on(*, by: User, to: User, **fields: object) -> PlottedRequest:
    """Return what was passed on to a colleague."""
    due_on = timezone.localdate() + dt.timedelta(days=5)
    return plotting.redirect(row=plotted(by=by, **fields), to=to, due_on=due_on, because="Not ours.", by=by)
