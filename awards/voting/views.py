"""The vote for who runs the contest, and for who agrees to its count: what looks odd, the figures, the result."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, QuerySet, Value
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestForm, ContestListPage, contest_or_404
from awards.contests.models import Contest
from awards.contests.tabs import head_of
from awards.results import services as results
from awards.voting import forms, selectors, services, shown, window
from awards.voting.enums import Flag
from awards.voting.filters import VoteFilter
from awards.voting.models import PublicVote
from awards.voting.tables import VoteTable
from refprogram.kernel.lists import BulkAction, Empty, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

TAB = "awards:votes"
RUN, READ, AGREE = "awards.run_contest", "awards.read_votes", "awards.agree_to_votes"


def _contest(request: Any, slug: str, needs: str) -> Contest:
    """Return a contest with a public vote; 404 where it has none."""
    contest = contest_or_404(request, slug, needs)
    if not window.has_vote(contest):
        raise Http404
    return contest


@permission_required("awards.see_contests")
@require_safe
def votes(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/votes/`: how many votes there are, what is odd, and once it is over the figures."""
    contest, user = _contest(request, slug, READ), request.user
    now, runs = timezone.now(), user.has_perm(RUN, contest)
    blind = shown.beside_judges(contest, now)
    context = {
        **head_of(contest, user, TAB),
        "may": runs,
        "state": shown.state_of(contest, now, blind),
        "totals": selectors.totals_of(contest),
        "up": selectors.up_for_vote(contest).count(),
        "clusters": [shown.cluster(one) for one in selectors.clusters_of(contest)] if runs else [],
        "blind": blind,
        **shown.result_of(contest, user, now),
    }
    return render(request, "awards/voting/votes.html", context)


class VoteList(ContestListPage):
    """`/contests/<slug>/votes/all/`: every vote, to be looked at one by one or together."""

    page, below = "awards:votes-list", TAB
    permission = "awards.see_contests"
    table_class = VoteTable
    filterset_class = VoteFilter
    search_fields = ("domain", "why")
    default_sort = "-cast"
    can_export = False
    views = (
        View("aside", gettext_lazy("Set aside"), "state=quarantined"),
        View("counted", gettext_lazy("Counted"), "state=counted"),
        View("out", gettext_lazy("Taken out"), "state=voided"),
    )
    bulk_actions = (
        BulkAction("count", gettext_lazy("Count them"), icon="check"),
        BulkAction("aside", gettext_lazy("Set aside"), icon="shield"),
        BulkAction(
            "out", gettext_lazy("Take out"), icon="x",
            confirm=gettext_lazy("Take the chosen votes out for good? They stay in the record."),
        ),
    )  # fmt: skip
    empty = Empty(gettext_lazy("Votes stand here once somebody has voted."))

    @cached_property
    def contest(self) -> Contest:
        """The contest."""
        return _contest(self.request, self.kwargs["slug"], RUN)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say whose votes these are."""
        self.title = _("Votes at %(contest)s") % {"contest": self.contest.name}
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[PublicVote]:
        """Return the votes of the contest."""
        over = window.is_closed(self.contest, timezone.now())
        rows = selectors.for_list(self.contest)
        return rows.annotate(figures_open=Value(over, output_field=BooleanField()))

    def bulk_count(self, chosen: QuerySet[PublicVote]) -> str:
        """Count those that were set aside."""
        n = services.count_again(contest=self.contest, votes=chosen, by=self.request.user)
        return ngettext("%(n)d vote counts.", "%(n)d votes count.", n) % {"n": n}

    def bulk_aside(self, chosen: QuerySet[PublicVote]) -> str:
        """Set those that count aside."""
        n = services.set_aside(contest=self.contest, votes=chosen, by=self.request.user)
        return ngettext("%(n)d vote is set aside.", "%(n)d votes are set aside.", n) % {"n": n}

    def bulk_out(self, chosen: QuerySet[PublicVote]) -> str:
        """Take them out."""
        why = _("Taken out together with others, in the list")
        n = services.void(contest=self.contest, votes=chosen, reason=why, by=self.request.user)
        return ngettext("%(n)d vote is taken out.", "%(n)d votes are taken out.", n) % {"n": n}


@permission_required("awards.see_contests")
@require_POST
def group(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """Set a group of votes aside, or count it."""
    contest = _contest(request, slug, RUN)
    chosen = selectors.votes_in(contest, request.POST.get("flag", ""), request.POST.get("key", ""))
    if verb == "aside":
        press(request, lambda: services.set_aside(contest=contest, votes=chosen, by=request.user), _("Set aside."))
    else:
        press(request, lambda: services.count_again(contest=contest, votes=chosen, by=request.user), _("They count."))
    return redirect(TAB, slug)


class TakeOut(ContestForm):
    """`/contests/<slug>/votes/take-out/`: a group of votes, with the reason."""

    form_class = forms.TakeOutForm
    verb = gettext_lazy("Take them out")
    facts = gettext_lazy("They do not count any more, and are not counted again. They stay in the record.")
    back = TAB
    danger = True

    def may_open(self) -> None:
        """Refuse who may not, and contests without a vote."""
        _contest(self.request, self.kwargs["slug"], RUN)

    def get_title(self) -> str:
        """Say how many, and what they have in common."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        flag, key = given.get("flag", ""), given.get("key", "")
        if flag not in Flag.values:
            raise Http404
        n = selectors.votes_in(self.contest, flag, key.replace("\x00", "")).exclude(state="voided").count()
        words = ngettext("Take %(n)d vote out: %(flag)s", "Take %(n)d votes out: %(flag)s", n)
        return words % {"n": n, "flag": Flag(flag).label}

    def get_initial(self) -> dict[str, Any]:
        """Name the group."""
        return {name: self.request.GET.get(name, "") for name in ("flag", "key")}

    def save(self, form: forms.TakeOutForm) -> str:
        """Take them out."""
        said = form.cleaned_data
        chosen = selectors.votes_in(self.contest, said["flag"], said["key"])
        services.void(contest=self.contest, votes=chosen, reason=said["reason"], by=self.request.user)
        return self.get_cancel_url()


NEEDS = {**dict.fromkeys(("count", "back", "tell", "beside", "wait"), RUN), "agree": AGREE,
         "revoke": "awards.certify_results"}  # fmt: skip


@permission_required("awards.see_contests")
@require_POST
def result(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """Count, take back, tell the winner, open beside blind judging (who runs it); agree (chair, certifier); revoke."""
    contest, user = _contest(request, slug, READ), request.user
    if not user.has_perm(NEEDS[verb], contest):
        raise PermissionDenied
    if verb in ("tell", "revoke"):
        award = get_object_or_404(selectors.award_in(contest), public_id=request.POST.get("award", "")[:20])
    seen = request.POST.get("seen", "")
    acts: dict[str, tuple[Any, Any]] = {
        "count": (lambda: services.count(contest=contest, by=user), _("Counted. The second person was told.")),
        "back": (lambda: services.take_back(contest=contest, by=user), _("The count is taken back.")),
        "beside": (
            lambda: services.open_beside_blind(contest=contest, reason=reason_of(request), by=user),
            _("Noted. The vote opens on its day."),
        ),
        "wait": (lambda: services.wait_for_judges(contest=contest, by=user), _("The vote waits for the judges.")),
        "agree": (lambda: services.agree(contest=contest, by=user, seen=seen), _("You agreed.")),
        "tell": (lambda: results.notify(award=award, by=user), _("The winner was told.")),
        "revoke": (lambda: results.revoke(award=award, reason=reason_of(request), by=user), _("Taken back.")),
    }
    press(request, *acts[verb])
    return redirect(TAB, slug)
