"""The pages of entries for colleagues: lists, one entry with its screening, and what is done with it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards import visibility
from awards.contests import zones
from awards.contests.doors import ContestListPage, contest_or_404
from awards.contests.models import Contest
from awards.entries import page, selectors, services
from awards.entries.filters import EntryFilter
from awards.entries.forms import DuplicateForm, ExtendForm, ReasonForm, ScreenForm, TeamEntryForm
from awards.entries.models import ContestEntry
from awards.entries.services.locks import is_internal, part_of
from awards.entries.tables import EntryTable, MyEntryTable
from awards.entries.writing_page import EntryPage
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.forms import FormPage, add_refusal
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

SCREEN, RUN = "awards.screen_entries", "awards.run_contest"


def entry_or_404(request: Any, public_id: str, needs: str = "") -> ContestEntry:
    """Return the entry; 404 for whom it is hidden from, 403 without the permission `needs`."""
    entry = selectors.entry_or_404(request.user, public_id)
    if needs and not request.user.has_perm(needs, entry.contest):
        raise PermissionDenied
    return entry


class MyEntryList(ListPage):
    """`/entries/`: the entries of one’s own customers, and those one brought or helps with, over all contests."""

    page = "awards:my-entries"
    title = gettext_lazy("Entries to contests")
    permission = "awards.see_contests"
    table_class = MyEntryTable
    filterset_class = EntryFilter
    search_fields = ("code", "account__name", "team__name")
    default_sort = "-submitted"
    steady = True
    views = (
        View("drafts", gettext_lazy("Not handed in yet"), "state=draft&state=approval&state=needs_fix"),
        View("in", gettext_lazy("Handed in"), "state=submitted&state=screening&state=eligible&state=locked"),
    )
    empty = Empty(gettext_lazy("Entries of customers you look after, or brought, stand here."))

    def get_queryset(self) -> QuerySet[ContestEntry]:
        """Return the entries that the reader may know of."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[ContestEntry]) -> QuerySet[ContestEntry]:
        """Add who entered which contest, and who brought them."""
        return selectors.with_names(rows)


class EntryList(ContestListPage):
    """`/contests/<slug>/entries/`: the entries of one contest; the screening queue is its first view."""

    page = below = "awards:entries"
    permission = "awards.see_contests"
    table_class = EntryTable
    filterset_class = EntryFilter
    search_fields = ("code", "account__name", "team__name")
    default_sort = "since"
    steady = True
    views = (
        View("waiting", gettext_lazy("To screen"), "state=submitted&state=screening"),
        View("drafts", gettext_lazy("Not handed in yet"), "state=draft&state=approval&state=needs_fix"),
        View("eligible", gettext_lazy("Eligible"), "state=eligible&state=locked&state=closed"),
    )
    empty = Empty(gettext_lazy("Nobody has begun an entry that you may know of."))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say whose entries these are, and what a colleague may begin here."""
        contest, slug = self.contest, self.contest.slug
        self.title = _("Entries to %(contest)s") % {"contest": contest.name}
        if is_internal(contest):
            self.primary_action = Action(_("Enter with a team"), reverse("awards:entry-new", args=[slug]), icon="plus")
        else:
            self.primary_action = Action(
                _("Propose a customer"), reverse("awards:invite-new", args=[slug]), icon="plus"
            )
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ContestEntry]:
        """Return the entries of the contest that the reader may know of."""
        return selectors.of_contest(self.request.user, self.kwargs["slug"])

    def with_facts(self, rows: QuerySet[ContestEntry]) -> QuerySet[ContestEntry]:
        """Add who entered, and whether the reader may read what it says."""
        return selectors.with_list_facts(rows, self.request.user)


@permission_required("awards.see_contests")
@require_safe
def entry_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show an entry: where it stands, and to who may read it what it says, with the screening."""
    entry = entry_or_404(request, public_id)
    form = ScreenForm(entry=entry)
    return render(request, "awards/entries/entry.html", page.context_of(entry, request.user, form))


@permission_required("awards.see_contests")
@require_POST
def screen(request: MemberRequest, public_id: str) -> HttpResponse:
    """Decide on an entry; then the next that waits, or the list."""
    entry = entry_or_404(request, public_id, SCREEN)
    form = ScreenForm(request.POST, entry=entry)
    if form.is_valid() and visibility.may_read(request.user, entry):
        said = form.cleaned_data
        days = said["days"]
        until = timezone.now() + dt.timedelta(days=days) if days else None
        try:
            services.screen(
                entry=entry, decision=said["decision"], by=request.user, codes=said["codes"], reason=said["reason"],
                fix_until=until,
            )  # fmt: skip
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            following = selectors.waiting(request.user).filter(contest=entry.contest).exclude(pk=entry.pk).first()
            return redirect(following or entry)
    entry = entry_or_404(request, public_id)
    context = page.context_of(entry, request.user, form)
    return render(request, "awards/entries/entry.html", context, status=422)


# ---------------------------------------------------------------- one tap


VERBS: dict[str, tuple[Callable[[ContestEntry, Any], object], Any, str]] = {
    "redacted": (
        lambda row, by: services.mark_redacted(entry=row, by=by), gettext_lazy("Noted: judges learn no name."), SCREEN,
    ),
    "not-redacted": (
        lambda row, by: services.mark_redacted(entry=row, by=by, done=False), gettext_lazy("Noted."), SCREEN,
    ),
    "known": (
        lambda row, by: services.say_it_is_them(entry=row, by=by), gettext_lazy("Noted: it is the customer we know."),
        SCREEN,
    ),
    "another": (
        lambda row, by: services.say_it_is_another(entry=row, by=by), gettext_lazy("Noted: it is another company."),
        SCREEN,
    ),
    "confirm": (
        lambda row, by: services.disqualify(entry=row, by=by, reason=""), gettext_lazy("Disqualified."), RUN,
    ),
    "keep": (lambda row, by: services.keep_in(entry=row, by=by), gettext_lazy("It stays in the contest."), RUN),
}  # fmt: skip


@permission_required("awards.see_contests")
@require_POST
def entry_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Note that no name is left, say whose entry it is, confirm or refuse a disqualification."""
    act, done, needs = VERBS[verb]
    entry = entry_or_404(request, public_id, needs)
    press(request, lambda: act(entry, request.user), str(done))
    return redirect(entry)


class _OfEntry(FormPage):
    """A form about one entry, for who runs its contest."""

    permission = "awards.see_contests"
    needs = RUN
    kwargs: dict[str, Any]

    @cached_property
    def entry(self) -> ContestEntry:
        """The entry."""
        return entry_or_404(self.request, self.kwargs["public_id"], self.needs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form to who may send it."""
        self.entry  # noqa: B018 looking it up is the check
        return super().get(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Go back to the entry."""
        return self.entry.get_absolute_url()


class Extend(_OfEntry):
    """`/entries/<id>/extend/`."""

    form_class = ExtendForm
    title = gettext_lazy("Give this entrant more time")
    facts = gettext_lazy("They alone; they are told by mail. The reason stays in the record.")
    verb = gettext_lazy("Give them the time")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Read the clock of the contest."""
        return {"contest": self.entry.contest}

    def save(self, form: ExtendForm) -> str:
        """Extend it."""
        until = zones.instant(form.cleaned_data["until"], self.entry.contest.tz, field="until")
        services.extend(entry=self.entry, until=until, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.entry.get_absolute_url()


class Withdraw(_OfEntry):
    """`/entries/<id>/withdraw/`: for the entrant, who asked for it."""

    form_class = ReasonForm
    title = gettext_lazy("Withdraw it for the entrant")
    facts = gettext_lazy("Judges do not see it any more, and nothing of it is published. They are told by mail.")
    verb = gettext_lazy("Withdraw it")
    danger = True

    def save(self, form: ReasonForm) -> str:
        """Withdraw it."""
        services.withdraw(entry=self.entry, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.entry.get_absolute_url()


class Disqualify(_OfEntry):
    """`/entries/<id>/disqualify/`."""

    form_class = ReasonForm
    title = gettext_lazy("Ask to disqualify it")
    facts = gettext_lazy("A second person has to confirm it. The entrant then reads the reason.")
    verb = gettext_lazy("Ask for it")
    danger = True

    def save(self, form: ReasonForm) -> str:
        """Ask for it."""
        services.disqualify(entry=self.entry, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.entry.get_absolute_url()


class LookAgain(_OfEntry):
    """`/entries/<id>/look-again/`."""

    form_class = ReasonForm
    title = gettext_lazy("Screen it once more")
    verb = gettext_lazy("Open the screening again")

    def save(self, form: ReasonForm) -> str:
        """Open it again."""
        services.look_again(entry=self.entry, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.entry.get_absolute_url()


class Duplicate(_OfEntry):
    """`/entries/<id>/duplicate/`."""

    needs = SCREEN
    form_class = DuplicateForm
    title = gettext_lazy("It says the same as another one")
    verb = gettext_lazy("Put it aside")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the other entries of the same entrant."""
        return {"entry": self.entry}

    def save(self, form: DuplicateForm) -> str:
        """Put it aside."""
        services.mark_duplicate(entry=self.entry, of=form.cleaned_data["of"], by=self.request.user)
        return self.entry.get_absolute_url()


# ---------------------------------------------------------------- writing, signed in


class EnterWithTeam(FormPage):
    """`/contests/<slug>/entries/new/`: a team of ours enters an internal contest."""

    permission = "awards.see_contests"
    form_class = TeamEntryForm
    title = gettext_lazy("Enter with a team")
    verb = gettext_lazy("Begin the entry")
    kwargs: dict[str, Any]

    @cached_property
    def contest(self) -> Contest:
        """The contest."""
        contest = contest_or_404(self.request, self.kwargs["slug"])
        if not is_internal(contest):
            raise Http404
        return contest

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with one’s own team."""
        return {"user": self.request.user}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Look the contest up: it is hidden from some."""
        return {"contest": self.contest}

    def get_cancel_url(self) -> str:
        """Go back to the contest’s entries."""
        return reverse("awards:entries", args=[self.contest.slug])

    def save(self, form: TeamEntryForm) -> str:
        """Begin it."""
        user = self.request.user
        entry = services.begin(contest=self.contest, owner=user.person, actor=user, **form.cleaned_data)
        return reverse("awards:entry-write", args=[entry.public_id])


@permission_required("awards.see_contests")
def write(request: MemberRequest, public_id: str) -> HttpResponse:
    """Write in an entry, signed in: its owner and whoever was asked to help."""
    at = timezone.now()
    entry = selectors.entry_behind_link(entry_or_404(request, public_id).pk)
    if entry is None or not part_of(entry, request.user.person_id):
        raise Http404
    return SignedInPage(request, entry, request.user.person, at=at).respond()


class SignedInPage(EntryPage):
    """The same pages in the frame of the program."""

    base_template = "base.html"
