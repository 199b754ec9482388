"""What draws do when something happened. Each is safe to run twice."""

from django.utils.translation import gettext as _

from incentives.draws import selectors
from incentives.draws.notice_kinds import DRAW
from refprogram.kernel.models import Event
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell


def tell_winners(event: Event) -> None:
    """A draw was drawn: whoever won hears it."""
    for win in selectors.wins_of(event.subject_id):
        with as_reader(win.person):
            text = _("You won the draw %(draw)s: %(prize)s") % {"draw": win.draw.name, "prize": win.draw.prize}
            url = win.get_absolute_url()
            context = {
                "lead": _("Dear %(name)s,") % {"name": win.person.name},
                "paragraphs": [
                    text,
                    _("It is being approved, and then ordered. How it was drawn can be recomputed on its page."),
                ],
                "action_label": _("See the draw"),
                "action_url": absolute(url),
            }
            letter = Letter(text, "incentives/reward", context)
            tell(person=win.person, kind=DRAW, key=f"won:{win.pk}", text=text, url=url, letter=letter)
