"""Persons, users, teams: valid and boring; nothing hidden is created beside what a row needs."""

import datetime as dt
import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from refprogram.people.enums import Privilege, Role, Scope
from refprogram.people.models import (
    ApiToken,
    BusinessCalendar,
    Delegation,
    Leave,
    Person,
    Region,
    Restriction,
    Team,
    User,
)


class RegionFactory(DjangoModelFactory):
    """A sales region."""

    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"Region {n}")


class TeamFactory(DjangoModelFactory):
    """A team in a region of its own, without a manager."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    region = factory.SubFactory(RegionFactory)


class PersonFactory(DjangoModelFactory):
    """A person who is nobody's user: a customer's contact, say."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person Number{n}")
    email = factory.Sequence(lambda n: f"person{n}@customer.example")


class UserFactory(DjangoModelFactory):
    """An active rep without a team and without a usable password. `name=` goes to the person."""

    class Meta:
        model = User

    class Params:
        name = factory.Sequence(lambda n: f"Colleague Number{n}")

    email = factory.Sequence(lambda n: f"colleague{n}@house.example")
    person = factory.SubFactory(
        PersonFactory, name=factory.SelfAttribute("..name"), email=factory.SelfAttribute("..email")
    )
    role = Role.REP
    password = "!"


class DelegationFactory(DjangoModelFactory):
    """Holiday cover for a week from today."""

    class Meta:
        model = Delegation

    principal = factory.SubFactory(UserFactory)
    delegate = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda cover: cover.starts_on + dt.timedelta(days=7))


class LeaveFactory(DjangoModelFactory):
    """On holiday for a week from today."""

    class Meta:
        model = Leave

    user = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda leave: leave.starts_on + dt.timedelta(days=7))


class RestrictionFactory(DjangoModelFactory):
    """May not ask for references, from now on, until lifted."""

    class Meta:
        model = Restriction

    user = factory.SubFactory(UserFactory)
    privilege = Privilege.REQUEST_REFERENCES
    reason = "Three references were asked for and not used."


class ApiTokenFactory(DjangoModelFactory):
    """A token whose clear text is `secret` (default `rp_` and a number)."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.Sequence(lambda n: f"rp_secret{n}")

    user = factory.SubFactory(UserFactory)
    name = "A script"
    prefix = factory.LazyAttribute(lambda token: token.secret[:8])
    token_hash = factory.LazyAttribute(lambda token: hashlib.sha256(token.secret.encode()).hexdigest())
    scope = Scope.WRITE


class BusinessCalendarFactory(DjangoModelFactory):
    """Monday to Friday, nine to five, in UTC; no public holidays, nobody follows it."""

    class Meta:
        model = BusinessCalendar

    name = factory.Sequence(lambda n: f"Place {n}")
    time_zone = "UTC"
    hours = factory.LazyFunction(lambda: {str(day): [["09:00", "17:00"]] for day in range(5)})
