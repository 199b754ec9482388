"""Notices, mails and wishes; kinds are the program's own."""

import factory
from factory.django import DjangoModelFactory

from refprogram.notices.enums import Channel
from refprogram.notices.models import Mail, Notice, Preference
from tests.factories.people import PersonFactory


class NoticeFactory(DjangoModelFactory):
    """An unread line that leads to the desk. The reader's counter is the service's business."""

    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    kind = "nomination_outcome"
    key = factory.Sequence(lambda n: f"notice:{n}")
    text = factory.Sequence(lambda n: f"Your nomination number {n} was approved")
    url = "/"


class MailFactory(DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = Mail

    person = factory.SubFactory(PersonFactory)
    kind = "nomination_outcome"
    key = factory.Sequence(lambda n: f"mail:{n}")
    to = factory.SelfAttribute("person.email")
    subject = "Good news"
    text = "It was approved.\n"
    html = "<p>It was approved.</p>"


class PreferenceFactory(DjangoModelFactory):
    """Not by mail."""

    class Meta:
        model = Preference

    person = factory.SubFactory(PersonFactory)
    kind = "nomination_outcome"
    channel = Channel.OFF
