"""Promotion for colleagues: winners with all that may be used of them, and the texts around them."""

import csv
import io
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import AFTER_PUBLICATION, SHOWN
from awards.contests.models import Contest
from awards.contests.tabs import head_of
from awards.models import Award
from awards.promotion import drafts, forms, pictures, selectors, services, shown
from references.content import markdown
from refprogram.kernel.exports import BYTE_ORDER_MARK, safe
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

TAB = "awards:promotion"
WRITE = "awards.write_about_winners"


@permission_required("awards.see_contests")
@require_safe
def promotion(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/promotion/`: who won, with badge, certificate and cards; press draft and run-of-show."""
    contest = contest_or_404(request, slug)
    user = request.user
    writes = user.has_perm(WRITE, contest)
    found = selectors.winners_for(user, contest)
    context = {
        **head_of(contest, user, TAB),
        "announced": contest.state in AFTER_PUBLICATION,
        "decided": writes and contest.state in services.READY,
        "writes": writes,
        "winners": [_line(award) for award in found],
        "public": shown.is_public(contest) and contest.state in SHOWN,
        "texts": _texts(contest, found) if writes and contest.state in services.READY else [],
        "leads": selectors.leads_by_sponsor(contest) if user.has_perm("awards.run_contest", contest) else [],
    }
    return render(request, "awards/promotion/promotion.html", context)


def _line(award: Award) -> dict[str, Any]:
    return {
        "winner": shown.winner(award),
        "named": selectors.may(award, "site"),
        "quote": shown.quote_of(award),
    }


def _texts(contest: Contest, winners: list[Award]) -> list[dict[str, Any]]:
    """Return both texts, each with whom it names although they do not agree (any more)."""
    kit, gone = selectors.kit_of(contest), selectors.won_no_more(contest)
    return [
        {
            "what": what,
            "title": TITLES[what],
            "text": text,
            "html": markdown.render(text),
            "against": drafts.named_against(text, winners, where),
            "no_more": drafts.named_no_more(text, gone, winners),
            "words_against": drafts.quoted_against(text, winners),
        }
        for what, where in ((services.PRESS, "press"), (services.SHOW, "stage"))
        for text in [getattr(kit, services.FIELDS[what])]
    ]


TITLES = {services.PRESS: gettext_lazy("Press draft"), services.SHOW: gettext_lazy("Run-of-show")}


class EditText(ContestForm):
    """`/contests/<slug>/promotion/<what>/`: change the press draft or the run-of-show."""

    form_class = forms.TextForm
    needs = WRITE
    back = TAB
    template_name = "awards/promotion/text.html"

    @property
    def what(self) -> str:
        """Which of the two."""
        return str(self.kwargs["what"])

    @cached_property
    def kept(self) -> str:
        """The text as it is."""
        return str(getattr(selectors.kit_of(self.contest), services.FIELDS[self.what]))

    def may_open(self) -> None:
        """Refuse who may not, and everybody before there is something to say."""
        if self.contest.state not in services.READY:
            raise Http404

    def get_title(self) -> Any:
        """Return which text it is."""
        return TITLES[self.what]

    def get_initial(self) -> dict[str, Any]:
        """Return the text as it is, and its mark."""
        return {"text": self.kept, "seen": services.mark_of(self.kept)}

    def save(self, form: forms.TextForm) -> str:
        """Keep it."""
        services.write(contest=self.contest, what=self.what, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


@permission_required("awards.see_contests")
@require_POST
def write_anew(request: MemberRequest, slug: str, what: str) -> HttpResponse:
    """Write a text from the facts."""
    contest = contest_or_404(request, slug, WRITE)
    by = request.user
    press(request, lambda: services.write_anew(contest=contest, what=what, by=by), _("Written from the facts."))
    return redirect(TAB, slug)


@permission_required("awards.see_contests")
@require_safe
def show_on_paper(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/promotion/run-of-show.pdf`."""
    contest = contest_or_404(request, slug, WRITE)
    text = selectors.kit_of(contest).run_of_show
    if not text or contest.state not in services.READY:
        raise Http404
    content = pictures.kept("run_of_show", drafts.for_paper(text, contest), "pdf")
    return _file(content, "application/pdf", f"{contest.slug}-run-of-show.pdf")


# ---------------------------------------------------------------- one winner


def _award(request: MemberRequest, slug: str, public_id: str) -> Award:
    """Return a winner that the colleague may read of, or 404."""
    contest = contest_or_404(request, slug)
    found = next((row for row in selectors.winners_for(request.user, contest) if row.public_id == public_id), None)
    if found is None:
        raise Http404
    found.contest = contest
    return found


@permission_required("awards.see_contests")
@require_safe
def kit(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """`/contests/<slug>/promotion/<award>/`: everything there is of one winner, and their words."""
    award = _award(request, slug, public_id)
    contest, user = award.contest, request.user
    quote, writes = shown.quote_of(award), user.has_perm(WRITE, contest)
    named = selectors.may(award, "site")
    context = {
        **head_of(contest, user, TAB),
        "winner": shown.winner(award),
        "named": named,
        "public": named and shown.is_public(contest) and contest.state in AFTER_PUBLICATION,
        "writes": writes,
        "quote": quote,
        "may_quote": selectors.may(award, "quote") and selectors.may(award, "name"),
        "files": files_of(award, colleague=True),
        "texts": shown.social_texts(award, own=False) if named else [],
        "embed": shown.embed_code(award) if shown.is_public(contest) else "",
        "form": forms.QuoteForm(initial={"text": quote.text if quote else ""}),
        "announced": contest.state in AFTER_PUBLICATION,
    }
    return render(request, "awards/promotion/kit.html", context)


def files_of(award: Award, *, colleague: bool) -> list[str]:
    """Return which files there are of a winner now: cards of who may be named, words that were released.

    Winners take their own card and certificate whatever they agreed to: it is theirs to show.
    """
    named = selectors.may(award, "site") or not colleague
    wanted = {"card.png": named, "quote.png": shown.words_of(award) is not None and named}
    return [name for name in pictures.FILES if wanted.get(name, True)]


@permission_required("awards.see_contests")
@require_safe
def kit_file(request: MemberRequest, slug: str, public_id: str, name: str) -> HttpResponse:
    """`/contests/<slug>/promotion/<award>/<file>`."""
    award = _award(request, slug, public_id)
    if name not in files_of(award, colleague=True):
        raise Http404
    content, media_type = pictures.draw(award, name)
    return _file(content, media_type, file_name(award, name))


def file_name(award: Award, name: str) -> str:
    """Return what a file is called once it is saved."""
    return f"{award.contest.slug}-{award.place.category.slug}-{name}"


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@permission_required("awards.see_contests")
@require_POST
def propose_words(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """Propose words to a winner."""
    contest_or_404(request, slug, WRITE)
    award = _award(request, slug, public_id)
    text = str(request.POST.get("text", ""))
    press(
        request,
        lambda: services.propose_quote(award=award, text=text, by=request.user),
        _("The winner is asked to release them."),
    )
    return redirect("awards:promotion-kit", slug, public_id)


# ---------------------------------------------------------------- sponsors


@permission_required("awards.see_contests")
@require_POST
def leads(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """`/contests/<slug>/sponsors/<id>/names.csv`: who agreed to be named to this sponsor. POST: it is written down."""
    contest = contest_or_404(request, slug, "awards.run_contest")
    sponsor = get_object_or_404(contest.sponsors.select_related("contest"), public_id=public_id, takes_leads=True)
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    lines = csv.writer(buffer)
    lines.writerow([_("Company"), _("Name"), _("Title"), _("E-mail"), _("Entry"), _("Agreed on")])
    for row in services.take_leads(sponsor=sponsor, by=request.user):
        owner, account = row.entry.owner, row.entry.account
        if owner is not None:
            company = account.name if account is not None else ""
            cells = (company, owner.name, owner.title, owner.email, row.entry.title, f"{row.signed_at:%Y-%m-%d}")
            lines.writerow([safe(cell) for cell in cells])
    response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{contest.slug}-{sponsor.public_id}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
