"""The dictionary, part two: how requests are answered."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from references.requests.enums import RequestState
from refprogram.dashboards.metrics import places
from refprogram.dashboards.metrics.dictionary import DOWN, NEITHER, Example, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import plain, share

R = RequestState
SOURCE: Final = _("The requests of the program, by the day they ended or took place")
CLOCKS: Final = _("The clocks of requests: working time by each requester's calendar, pauses left out")
OWNER: Final = _("Reference manager")
_ENDED: Final = {"closed": 18, "by_content": 2, "unfilled": 5, "rejected": 3, "redirected": 1}
_ANSWERED: Final = ("closed", "by_content")

METRICS: Final = (
    Metric(
        "fill_rate", _("Fill rate"), Group.REQUESTS,
        _("(closed + answered by content) / (closed + answered by content + not filled), requests that ended in the "
          "last 90 days. Refused and passed on ones stand beside it, so that nobody can flatter it."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.ended, share(_ANSWERED, (*_ANSWERED, "unfilled")),
        Example(_ENDED, Decimal(80), _("18 closed, 2 by content, 5 not filled: 20 of 25, 80 %.")),
        places.requests_ended(R.CLOSED, R.BY_CONTENT, R.UNFILLED),
    ),
    Metric(
        "turnaround", _("Median turnaround"), Group.REQUESTS,
        _("Half of the customers' yeses of the last 90 days came within this many working hours of the request; time "
          "for which the clock stood still is left out."),
        CLOCKS, OWNER, Unit.HOURS, lambda world: world.requests.clocks, plain("agreement_p50", n="agreement_n"),
        Example({"agreement_p50": 14, "agreement_n": 3}, Decimal(14), _("9, 14 and 40 hours: 14 h.")),
        places.requests_asked, better=DOWN,
    ),
    Metric(
        "turnaround_p90", _("Turnaround, nine of ten"), Group.REQUESTS,
        _("Nine of ten yeses of the last 90 days came within this many working hours."),
        CLOCKS, OWNER, Unit.HOURS, lambda world: world.requests.clocks, plain("agreement_p90", n="agreement_n"),
        Example({"agreement_p90": 36, "agreement_n": 11}, Decimal(36), _("Of eleven, the tenth took 36 h: 36 h.")),
        places.requests_asked, better=DOWN,
    ),
    Metric(
        "first_response", _("First response"), Group.REQUESTS,
        _("Half of the requests of the last 90 days got a first decision, of a person or by themselves, within this "
          "many working hours."),
        CLOCKS, OWNER, Unit.HOURS, lambda world: world.requests.clocks, plain("reaction_p50", n="reaction_n"),
        Example({"reaction_p50": 2.5, "reaction_n": 3}, Decimal("2.5"), _("1, 2.5 and 8 hours: 2.5 h.")),
        places.requests_asked, better=DOWN,
    ),
    Metric(
        "on_time", _("On time"), Group.REQUESTS,
        _("References that took place on or before the day they were needed / all that took place, last 90 days; what "
          "was written down afterwards is left out."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.held, share(("in_time",), ("asked_first",)),
        Example({"in_time": 9, "asked_first": 12}, Decimal(75), _("9 of 12: 75 %.")), places.requests_held,
    ),
    Metric(
        "acceptance", _("Customers who say yes"), Group.REQUESTS,
        _("Accepted / (accepted + declined + no answer), customers asked in the last 90 days. Look closer below 50 %."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.asked,
        share(("accepted",), ("accepted", "declined", "no_reply")),
        Example({"accepted": 14, "declined": 4, "no_reply": 2}, Decimal(70), _("14 of 20: 70 %.")),
        places.requests_asked,
    ),
    Metric(
        "deflection", _("Answered by content"), Group.REQUESTS,
        _("Answered by content / (closed + answered by content), requests that ended in the last 90 days."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.ended, share(("by_content",), _ANSWERED),
        Example(_ENDED, Decimal(10), _("2 of 20: 10 %.")), places.requests_ended(R.BY_CONTENT),
    ),
    Metric(
        "shadow_rate", _("Written down afterwards"), Group.REQUESTS,
        _("References written down after the fact / all references that took place, last 90 days."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.held, share(("afterwards",), ("held",)),
        Example({"afterwards": 3, "held": 15}, Decimal(20), _("3 of 15: 20 %.")), places.requests_held, better=DOWN,
    ),
    Metric(
        "usefulness", _("Use to the prospect"), Group.REQUESTS,
        _("Mean of how useful requesters found references, 1 to 5, feedback of the last 90 days."),
        _("Feedback of requesters"), OWNER, Unit.RATIO, lambda world: world.requests.said,
        plain("useful", n="useful_n"),
        Example({"useful": 4.25, "useful_n": 4}, Decimal("4.25"), _("5, 4, 4 and 4: 4.25.")), places.requests_held,
    ),
    Metric(
        "expectation_gap", _("Expectation gap"), Group.REQUESTS,
        _("Mean of (how it was - what was expected), on the same scale, feedback of the last 90 days."),
        _("Feedback of requesters"), OWNER, Unit.RATIO, lambda world: world.requests.said, plain("gap", n="gap_n"),
        Example({"gap": 0.5, "gap_n": 2}, Decimal("0.5"), _("One as expected, one better by one: 0.50.")),
        places.requests_held,
    ),
    Metric(
        "again", _("Customers who would do it again"), Group.REQUESTS,
        _("Customers who said that they would do it again / those who answered that, feedback of the last 90 days."),
        _("Feedback of customers"), OWNER, Unit.PERCENT, lambda world: world.requests.said,
        share(("would",), ("answered",)), Example({"would": 9, "answered": 10}, Decimal(90), _("9 of 10: 90 %.")),
        places.requests_held,
    ),
    Metric(
        "refused", _("Refused or passed on"), Group.REQUESTS,
        _("(refused + passed on) / all requests that ended in the last 90 days, those taken back left out."),
        SOURCE, OWNER, Unit.PERCENT, lambda world: world.requests.ended,
        share(("rejected", "redirected"), tuple(_ENDED)),
        Example({**_ENDED, "rejected": 4}, Decimal("16.6667"), _("4 refused and 1 passed on of 30: 16.7 %.")),
        places.requests_ended(R.REJECTED, R.REDIRECTED), better=NEITHER,
    ),
)  # fmt: skip
