"""Pages behind a judge's links: GET shows and never acts, whoever opens it; POST acts.

The invitation is answered without a session, as every link is. The door makes a session, so its POST also needs the
CSRF token of the page: another site cannot put somebody into a session that is not theirs.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from awards.contests import zones
from awards.judging import services, sessions
from awards.judging.enums import EXPECTED, JudgeState
from awards.judging.forms import AnswerForm
from awards.models import Judge
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import SignedLink


def _judge(link: SignedLink) -> Judge:
    judge = services.by_link(link.subject_id)
    if judge is None:
        raise Http404
    return judge


def invitation(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask somebody whether they judge: yes with a number, or no, perhaps with another name."""
    judge = _judge(link)
    with timezone.override(zones.own_or(judge.person.time_zone, judge.contest.tz)):
        if request.method != "POST" or judge.state != JudgeState.INVITED:
            if request.method == "POST" and request.POST.get("act") == "mail" and judge.state in EXPECTED:
                services.mail_door(judge=judge)
                return _invitation(request, judge, link, mailed=True)
            return _invitation(request, judge, link)
        return _answered(request, judge, link)


def _answered(request: HttpRequest, judge: Judge, link: SignedLink) -> HttpResponse:
    form = AnswerForm(request.POST, judge=judge)
    if not form.is_valid():
        return _invitation(request, judge, link, form=form, status=422)
    data = form.cleaned_data
    try:
        if request.POST.get("act") == "no":
            services.decline(judge=judge, reason=data["reason"], suggests=data["suggests"])
        else:
            services.accept(judge=judge, cap=data["cap"], expertise=form.expertise())
    except InvalidInput as refusal:
        form.add_error(None, refusal.message)
        return _invitation(request, judge, link, form=form, status=422)
    return redirect(request.path)


def _invitation(
    request: HttpRequest,
    judge: Judge,
    link: SignedLink,
    *,
    form: AnswerForm | None = None,
    mailed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "judge": judge,
        "contest": judge.contest,
        "form": form or AnswerForm(judge=judge),
        "asked": judge.state == JudgeState.INVITED,
        "accepted": judge.state in EXPECTED,
        "declined": judge.state == JudgeState.DECLINED,
        "mailed": mailed,
        "ends_at": link.expires_at,
    }
    return render(request, "awards/judging/invitation.html", context, status=status)


@csrf_protect
def door(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show whose room this is; with a tap and the page's own token they come in."""
    judge = _judge(link)
    if judge.state not in EXPECTED:
        raise DomainError(_("You do not judge this contest, or no longer. Thank you for your time."))
    if request.method == "POST":
        judge, used = services.enter(token=token)
        sessions.enter(request, judge, used)
        return redirect("awards:judging-room", judge.public_id)
    return render(request, "awards/judging/door.html", {"judge": judge, "contest": judge.contest})


def door_is_old(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """A link that is too old opens nothing; a tap mails a new one to the address that we know."""
    judge = _judge(link)
    mailed = request.method == "POST"
    if mailed:
        services.mail_door(judge=judge)
    context = {"judge": judge, "contest": judge.contest, "mailed": mailed}
    return render(request, "awards/judging/door_is_old.html", context, status=200 if mailed else 410)
