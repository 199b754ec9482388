"""What people are told about gifts: the receiver once, plainly; who asked and who looks after it, as it goes on."""

from django.conf import settings
from django.utils.translation import gettext as _

from refprogram.governance.fulfilment import selectors
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import ANSWER_DAYS
from refprogram.kernel import links
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell


def program_of() -> str:
    """Return who gives, as the receiver knows them."""
    return str(getattr(settings, "ORGANISATION_NAME", "") or settings.PROGRAM_NAME)


def ask_receiver(row: Fulfilment, *, key: str) -> None:
    """Ask the receiver whether it is there; the link needs no sign-in."""
    link = links.issue(purpose="gift_receipt", subject=row, person_id=row.receiver_id, days=ANSWER_DAYS)
    is_charity = row.kind == GiftKind.CHARITY
    subject = _("We gave something in your name") if is_charity else _("Has it arrived?")
    tell(
        person=row.receiver,
        kind="gift_delivered",
        key=key,
        text=_("%(program)s gave %(item)s: is it there?") % {"program": program_of(), "item": row.item},
        letter=Letter(
            subject,
            "governance/gift_delivered",
            {
                "gift": row,
                "program": program_of(),
                "is_charity": is_charity,
                "action_label": _("See it and answer"),
                "action_url": link,
                "fine": _("If you may not or would rather not accept it, the same page takes your no."),
            },
        ),
    )


def tell_requester(row: Fulfilment, text: str, *, key: str, mail: bool = False) -> None:
    """Tell who asked what became of it; by mail only where they may have to do something."""
    letter = Letter(text, "governance/gift_news", {"gift": row, "text": text, **_button(row)}) if mail else None
    tell(
        person=row.requested_by.person, kind="gift_news", key=key, text=text, url=row.get_absolute_url(), letter=letter
    )


def tell_handlers(row: Fulfilment, text: str, *, kind: str, key: str, mail: bool = False) -> None:
    """Tell who looks after gifts."""
    letter = Letter(text, "governance/gift_news", {"gift": row, "text": text, **_button(row)}) if mail else None
    for reader in selectors.handlers():
        tell(person=reader.person, kind=kind, key=key, text=text, url=row.get_absolute_url(), letter=letter)


def _button(row: Fulfilment) -> dict[str, str]:
    return {"action_label": _("Open the gift"), "action_url": absolute(row.get_absolute_url())}
