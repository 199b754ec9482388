"""The mails of signing in (codes, new passwords, what was changed) wait in the same queue as all others."""

from typing import Any

from allauth.core import context as current
from django.contrib.sites.shortcuts import get_current_site

from refprogram.notices import services
from refprogram.people import adapter, selectors


class AccountAdapter(adapter.AccountAdapter):
    """As in people; but whoever asks for a code waits for no mail server, and a sleeping one loses no mail."""

    def deliver(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail for the colleague of that address; there is nobody else to whom such mail goes."""
        reader = selectors.user_by_email(email)
        if reader is None:
            super().deliver(template_prefix, email, context)
            return
        asked = {"request": current.request, "email": email, "current_site": get_current_site(current.request)}
        message = self.render_mail(template_prefix, email, {**asked, **context})
        services.forward(person=reader.person, kind="people.sign_in", message=message)
