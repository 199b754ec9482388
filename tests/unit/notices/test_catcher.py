"""The mail catcher keeps what would have left."""

import pytest
from django.core.mail import EmailMultiAlternatives

from refprogram.notices import catcher


@pytest.fixture(autouse=True)
def _catching(settings, tmp_path):
    settings.EMAIL_BACKEND = "refprogram.notices.catcher.CatcherBackend"
    settings.MAIL_CATCHER_DIR = tmp_path / "mail"


def send(to="Ann Lee <ann@x.example>", subject="Héllo", html="<p>Hi</p>"):
    message = EmailMultiAlternatives(subject, "Hi\nhttps://x.example/s/abc/\n", to=[to])
    message.attach_alternative(html, "text/html")
    message.send()


def test_a_caught_mail_can_be_read_in_both_parts():
    send()

    (mail,) = catcher.caught()
    assert (mail.to, mail.subject) == ("Ann Lee <ann@x.example>", "Héllo")
    assert (mail.html.strip(), "https://x.example/s/abc/" in mail.text) == ("<p>Hi</p>", True)


def test_the_newest_comes_first_and_a_recipient_can_be_picked():
    send(subject="first")
    send(to="bob@x.example", subject="second")

    assert [mail.subject for mail in catcher.caught()] == ["second", "first"]
    assert [mail.subject for mail in catcher.caught(to="ANN@")] == ["first"]


@pytest.mark.parametrize("name", ["", "../secret", "0000000000000000001-abcdef01", "x" * 300])
def test_a_name_is_no_path(name):
    assert catcher.find(name) is None
