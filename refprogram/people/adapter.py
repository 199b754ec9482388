"""How allauth meets our people: nobody signs up by themselves, single sign-on finds who was invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from refprogram.people.models import User


def display_name(user: User) -> str:
    """Return how allauth's pages and mails call a user."""
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by password or e-mail code, for those who were invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This access has ended. An administrator can give it back."),
        "email_password_mismatch": _(
            "This address and this password do not go together. Try again, or let us send you a code."
        ),
        "enter_current_password": _("Type the password that you have now."),
        "incorrect_code": _("This code is not the one that we sent, or it is too old."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait some minutes, then try again."),
        "rate_limited": _("That was too often. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone: `/people/invite/` is the door."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send with what our mail layout names; the program's name stands where allauth would put a site."""
        self.deliver(template_prefix, email, {"program_name": settings.PROGRAM_NAME, **context})

    def deliver(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the mail to the mail server; notices, which lie above, put it into their queue instead."""
        super().send_mail(template_prefix, email, context)

    def format_email_subject(self, subject: Any) -> str:
        """Return the subject as written, without the site's name in brackets."""
        return force_str(subject).strip()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: a verified address that we know is that user; an unknown one stays outside."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is created by signing in."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """The company's own identity provider vouches for its addresses (only verified ones get here)."""
        return True
