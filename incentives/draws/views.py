"""Draws: which there are, and one of them with how it was, or will be, drawn."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from incentives.draws import forms, selectors, services
from incentives.draws.enums import DrawState
from incentives.draws.models import Draw
from refprogram.governance.fulfilment.states import pill_of
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

VIEW = "incentives.view_rewards"
SHOWN = 60
TONES = {DrawState.OPEN: "info", DrawState.DRAWN: "ok", DrawState.CANCELLED: "rest"}


@permission_required(VIEW)
@require_safe
def draws(request: MemberRequest) -> HttpResponse:
    """`/draws/`: what can be won, how many tickets there are, and how many are mine."""
    rows = list(selectors.visible_to(request.user).order_by("-closes_at", "-pk")[:SHOWN])
    pools = selectors.pools_of(rows, request.user.person)
    lines = [(row, pools[row.pk], TONES[DrawState(row.state)]) for row in rows]
    context = {
        "open": [line for line in lines if line[0].state == DrawState.OPEN],
        "over": [line for line in lines if line[0].state != DrawState.OPEN],
        "runs": request.user.has_perm(services.RUN),
    }
    return render(request, "incentives/draws/draws.html", context)


def _found(request: MemberRequest, public_id: str) -> Draw:
    row: Draw = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    return row


@permission_required(VIEW)
@require_safe
def draw(request: MemberRequest, public_id: str) -> HttpResponse:
    """One draw: prize, tickets, what is published of it before and after, who won."""
    row = _found(request, public_id)
    runs = request.user.has_perm(services.RUN)
    context = {
        "draw": row,
        "tone": TONES[DrawState(row.state)],
        "pool": selectors.pools_of([row], request.user.person)[row.pk],
        "wins": [
            (won, pill_of(won.win.gift) if won.win.gift is not None else None)
            for won in selectors.won_as_read_by(request.user, row.pk)
        ],
        "drawn_after": services.drawable_at(row),
        "may_call_off": runs and row.state == DrawState.OPEN,
        "may_draw": runs and row.state == DrawState.OPEN and timezone.now() >= services.drawable_at(row),
        "runs": runs,
        "entries": timeline.entries(timeline.latest_of("draw", row.pk), request.user),
    }
    return render(request, "incentives/draws/draw.html", context)


@permission_required(VIEW)
@require_safe
def draw_list(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/draws/<id>/list/`: the list that was drawn from, as it was hashed: people by their ids, no names."""
    row = _found(request, public_id)
    if row.state != DrawState.DRAWN:
        raise Http404
    answer = HttpResponse(row.drawn_from, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{row.public_id}.txt"'
    return answer


@permission_required(services.RUN)
@require_POST
def draw_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Draw what is over, or call it off."""
    row, by = _found(request, public_id), request.user
    acts = {
        "draw": (lambda: services.draw_lots(draw=row, by=by), _("Drawn.")),
        "call-off": (lambda: services.call_off(draw=row, reason=reason_of(request), by=by), _("Called off.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(row.get_absolute_url())


class NewDraw(FormPage):
    """Open a draw."""

    form_class = forms.DrawForm
    title = gettext_lazy("Open a draw")
    verb = gettext_lazy("Open it")
    permission = services.RUN
    cancel_url = reverse_lazy("incentives:draws")
    draft = "incentives:new-draw"

    def save(self, form: forms.DrawForm) -> str:
        """Open it."""
        data: dict[str, Any] = dict(form.cleaned_data)
        last: dt.date = data.pop("last_day")
        closes_at = timezone.make_aware(
            dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min), timezone.get_default_timezone()
        )
        row = services.open_draw(**{**data, "value": data["value"] or 0}, closes_at=closes_at, owner=self.request.user)
        messages.success(self.request, _("Open. Rules can give tickets in it from now on."))
        return row.get_absolute_url()
