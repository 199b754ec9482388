"""First words of an executive's letter, from the facts: to be changed, and sent as oneself."""

from django.utils.translation import gettext as _

from incentives.activity.models import Presentation
from incentives.quality.words import month_words


def letter(row: Presentation) -> str:
    """Return a draft: what was seen, what is asked for, and that it clears the matter. No figures of others."""
    return _(
        "Dear %(name)s,\n\n"
        "in %(month)s you used our CRM less than nearly everybody else. I would like to understand why, and I would "
        "like you to get to know one part of it well: please show us “%(topic)s”, in ten minutes, in the program "
        "itself.\n\n"
        "When that is done, nothing of the month is held against you any more. If the day does not suit you, or there "
        "is something that I should know, just answer this mail."
    ) % {"name": row.user.first_name, "month": month_words(row.case.period_starts_on), "topic": row.topic}
