"""What winners are written after the announcement."""

from django.utils.translation import gettext as _

from awards.models import Award
from awards.promotion.addresses import address_of
from awards.promotion.models import WinnerQuote
from awards.promotion.notice_kinds import KIT, WORDS
from refprogram.notices.mails import as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person


def kit(award: Award, person: Person) -> None:
    """Tell a winner what they may use from now on."""
    with as_reader(person):
        text = _("You won at %(contest)s: badge, certificate and more") % {"contest": award.contest.name}
        context = {
            "contest": award.contest, "entry": award.place.entry, "category": award.place.category,
            "people_choice": award.people_choice, "action_label": _("Take what you like"),
            "action_url": address_of(award, person),
        }  # fmt: skip
        letter = Letter(subject=text, template="awards/winner_kit", context=context)
        tell(person=person, kind=KIT, key=f"winner-kit:{award.pk}", text=text, letter=letter)


def please_release(quote: WinnerQuote, award: Award, person: Person) -> None:
    """Ask a winner to release words that we propose."""
    with as_reader(person):
        text = _("May we quote you like this?")
        context = {
            "contest": award.contest, "quote": quote.text, "by": quote.proposed_by.name if quote.proposed_by else "",
            "action_label": _("Release or change the words"), "action_url": address_of(award, person),
        }  # fmt: skip
        letter = Letter(subject=text, template="awards/winner_words", context=context)
        key = f"winner-words:{quote.pk}:{quote.updated_at:%Y%m%d%H%M%S%f}"
        tell(person=person, kind=WORDS, key=key, text=text, letter=letter)
