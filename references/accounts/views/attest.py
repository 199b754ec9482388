"""`/accounts/attest/`: "still true?" of all customers that somebody answers for, in one go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import policy, selectors, services
from references.accounts.enums import Word
from references.accounts.models import Account
from refprogram.kernel.errors import InvalidInput
from refprogram.people.gates import permission_required

SHOWN = 50


@permission_required("references.attest")
def attest(request: HttpRequest) -> HttpResponse:
    """Show who waits for a word; keep the words that were given, all or none."""
    user: Any = request.user
    due = list(selectors.to_attest(user)[: SHOWN + 1])
    accounts, more = due[:SHOWN], len(due) > SHOWN
    if request.method == "POST":
        try:
            done = services.attest(words=_words(request, accounts), actor=user)
        except InvalidInput as problem:
            return _show(request, accounts, more=more, problem=problem.message)
        _say(request, done)
        return redirect("references:attest")
    return _show(request, accounts, more=more)


def _words(request: HttpRequest, accounts: list[Account]) -> list[services.Attest]:
    """Read one word per account that was shown and still waits; "all" fills in those that nothing was said of."""
    fill = Word.TRUE.value if request.POST.get("rest") == Word.TRUE else ""
    shown = set(request.POST.getlist("shown"))
    words = []
    for account in accounts:
        key = account.public_id
        word = request.POST.get(f"word-{key}", "") or (fill if key in shown else "")
        if word:
            reason, left = request.POST.get(f"reason-{key}", ""), request.POST.get(f"left-{key}", "")
            words.append(services.Attest(account, word, reason, left))
    return words


def _say(request: HttpRequest, done: services.Attested) -> None:
    facts = [
        (done.confirmed, ngettext("%(n)d confirmed", "%(n)d confirmed", done.confirmed)),
        (done.frozen, ngettext("%(n)d left alone", "%(n)d left alone", done.frozen)),
        (done.left, ngettext("%(n)d person left", "%(n)d people left", done.left)),
    ]
    said = ", ".join(words % {"n": n} for n, words in facts if n)
    if said:
        messages.success(request, _("Thank you: %(what)s.") % {"what": said})
    else:
        messages.warning(request, _("Nothing was chosen."))


def _show(request: HttpRequest, accounts: list[Account], *, more: bool, problem: str = "") -> HttpResponse:
    people, now = selectors.speakers_of(accounts), timezone.now()
    grace = policy.now().verify_grace
    rows = []
    for account in accounts:
        last = account.verified_at
        ends = last + policy.verify_every(account.tier) + grace if last is not None else None
        key = account.public_id
        rows.append(
            {
                "account": account,
                "people": people.get(account.pk, []),
                "ends": ends,
                "over": ends is not None and ends < now,
                "word": request.POST.get(f"word-{key}", ""),
                "reason": request.POST.get(f"reason-{key}", ""),
                "left": request.POST.get(f"left-{key}", ""),
            }
        )
    context = {"rows": rows, "more": more, "problem": problem}
    return render(request, "references/accounts/attest.html", context, status=422 if problem else 200)
