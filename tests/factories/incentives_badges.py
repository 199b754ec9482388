"""Badges, and who wears them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from incentives.badges.granting import BadgeGranting, grant_many
from incentives.models import Badge, BadgeGrant
from tests.factories.people import UserFactory


class BadgeFactory(DjangoModelFactory):
    """A badge that one person can have once; no limit."""

    class Meta:
        model = Badge

    slug = factory.Sequence(lambda n: f"badge-{n}")
    name = factory.Sequence(lambda n: f"Badge {n}")
    words = "For a good deed."


_numbers = iter(range(1, 10**9))


def wish(badge, person, at=None, key=None):
    """Return the wish that a rule utters: this badge for that person."""
    at, key = at or timezone.now(), key or f"test:{next(_numbers):06}"
    return BadgeGranting(key, person.pk, None, None, None, at, badge.pk)


def worn(badge=None, person=None, actor=None) -> BadgeGrant:
    """Give a badge as a rule does, or in somebody's name."""
    return grant_many([wish(badge or BadgeFactory(), person or UserFactory().person)], actor=actor)[0]
