"""What I earn: the month so far, what waits, what one more would bring, and asking about an amount."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from incentives.pay import policy, services
from incentives.pay.forms import AskForm
from incentives.pay.models import Accrual
from incentives.pay.months import last_day, next_month, this_month
from incentives.pay.selectors import earnings, months
from incentives.pay.selectors.names import month_name
from incentives.pay.tables import PERIOD_WORDS
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest

EARLIEST = 2000


def month_asked(request: HttpRequest) -> dt.date:
    """Return the month that `?month=2026-11` asks for; the present one where that makes no sense."""
    try:
        month = dt.datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return this_month()
    return month if EARLIEST <= month.year <= this_month().year + 1 else this_month()


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def my_earnings(request: MemberRequest) -> HttpResponse:
    """My month of pay as it looks now: `?month=2026-11`."""
    month = month_asked(request)
    found = earnings.estimate(request.user, month)
    pill = PERIOD_WORDS[found.state]
    shown = {
        "estimate": found,
        "name": month_name(month),
        "word": pill.word,
        "tone": pill.tone,
        "is_now": month == this_month(),
        "earlier": f"{month - dt.timedelta(days=1):%Y-%m}",
        "later": f"{next_month(month):%Y-%m}" if month < this_month() else "",
        "ends_on": last_day(month),
        "questions": earnings.questions_of(request.user.person),
        "answer_days": policy.now().answer_days,
    }
    return render(request, "incentives/pay/earnings.html", shown)


class Ask(FormPage):
    """Ask about an amount (`?amount=ID`), or about something that is missing in a month (`?month=2026-11`)."""

    form_class = AskForm
    verb = _("Send the question")
    permission = "incentives.view_rewards"

    @cached_property
    def accrual(self) -> Accrual | None:
        """The amount it is about; one's own."""
        asked = self.request.GET.get("amount", "")
        if not asked:
            return None
        own = months.accruals_visible_to(self.request.user).filter(person=self.request.user.person_id)
        return get_object_or_404(own, public_id=asked)

    def get_title(self) -> str:
        """Say what it is about."""
        if self.accrual is not None:
            return _t("Ask about “%(what)s”") % {"what": self.accrual.name}
        return _t("Something is missing in %(month)s") % {"month": month_name(month_asked(self.request))}

    @property
    def facts(self) -> str:  # type: ignore[override]
        """Say who answers, and until when."""
        return _t("Finance or the head of sales answers within %(days)d working days.") % {
            "days": policy.now().answer_days
        }

    def get_cancel_url(self) -> str:
        """Back to the month."""
        return address("incentives:earnings")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the amount as it is."""
        return {"wanted": self.accrual.amount} if self.accrual is not None else {}

    def save(self, form: AskForm) -> str:
        """Ask, and show the question."""
        given = form.cleaned_data
        asked = services.raise_dispute(
            actor=self.request.user,
            words=given["words"],
            accrual=self.accrual,
            month=None if self.accrual is not None else month_asked(self.request),
            wanted=given["wanted"],
            evidence=given["evidence"],
        )
        return asked.get_absolute_url()
