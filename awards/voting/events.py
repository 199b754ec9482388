"""What happens to votes. Nothing here says for whom: until the announcement that is known by those who decide."""

from django.utils.translation import gettext_lazy as _

from awards.results.events import deciders
from refprogram.kernel.topics import Topic

TOPICS = [
    Topic("votes.quarantined", _("{actor} set {n} votes of {subject} aside"), ("n", "reason"), visible=deciders,
          tone="wait", icon="shield", silent=True),
    Topic("votes.counted", _("{actor} looked at {n} votes of {subject}: they count"), ("n", "reason"),
          visible=deciders, tone="ok", icon="check", silent=True),
    Topic("votes.voided", _("{actor} took {n} votes of {subject} out: {reason}"), ("n", "reason"), visible=deciders,
          tone="stop", icon="x", silent=True),
    Topic("votes.beside_blind", _("{actor} let the public vote of {subject} open beside blind judging: {reason}"),
          ("reason",), visible=deciders, tone="wait", icon="eye", silent=True),
    Topic("votes.wait_for_judges", _("{actor} let the public vote of {subject} wait for the judges"),
          visible=deciders, tone="ok", icon="clock", silent=True),
    Topic("choice.counted", _("{actor} counted the public vote of {subject}"), ("votes",), visible=deciders,
          tone="info", icon="scale", silent=True),
    Topic("choice.taken_back", _("{actor} took the count of the public vote of {subject} back"), visible=deciders,
          tone="wait", icon="refresh", silent=True),
    Topic("choice.agreed", _("{actor} agreed to the public vote of {subject}"), ("late",), visible=deciders,
          tone="ok", icon="shield", silent=True),
]  # fmt: skip
