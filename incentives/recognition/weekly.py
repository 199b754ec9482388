"""What came into the feed in a week, told to every colleague in one line: for the digest, or at once, as each likes."""

import datetime as dt
from typing import Final

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.recognition.enums import PostKind
from incentives.recognition.feed import for_everybody
from incentives.recognition.models import FeedPost
from incentives.recognition.notice_kinds import FEED
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.notices.mails import as_reader
from refprogram.notices.many import Telling, tell_many
from refprogram.people.enums import Role
from refprogram.people.models import User

DAYS: Final = 7


def tell_of_week() -> int:
    """Tell colleagues what the feed of last week holds; return how many. Twice on one Monday is once."""
    monday = rollups.start_of(Period.WEEK, rollups.day_of(timezone.now()))
    ends = dt.datetime.combine(monday, dt.time.min, tzinfo=timezone.get_default_timezone())
    posts = FeedPost.objects.filter(at__gte=ends - dt.timedelta(days=DAYS), at__lt=ends, hidden_at__isnull=True)
    counts = dict(posts.filter(for_everybody()).order_by().values_list("kind").annotate(n=Count("pk")))
    if not counts:
        return 0
    readers = User.objects.filter(is_active=True).exclude(role=Role.JUDGE).select_related("person").order_by("pk")
    url, key = reverse("incentives:feed"), f"feed-week:{monday.isoformat()}"

    def telling(reader: User) -> Telling:
        with as_reader(reader.person):
            return Telling(reader.person, key, words_of(counts), url)

    return tell_many(kind=FEED, tellings=(telling(reader) for reader in readers.iterator()))


def words_of(counts: dict[str, int]) -> str:
    """Say how much there is of each kind."""
    n = {kind: counts.get(kind, 0) for kind in PostKind.values}
    said = [
        ngettext("%(n)d win", "%(n)d wins", n["win"]) % {"n": n["win"]} if n["win"] else "",
        ngettext("%(n)d letter", "%(n)d letters", n["letter"]) % {"n": n["letter"]} if n["letter"] else "",
        ngettext("%(n)d badge", "%(n)d badges", n["badge"]) % {"n": n["badge"]} if n["badge"] else "",
        _("thanks to %(n)d") % {"n": n["thanks"]} if n["thanks"] else "",
    ]
    return _("Last week among colleagues: %(what)s.") % {"what": ", ".join(one for one in said if one)}
