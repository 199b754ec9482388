"""The pages of one entry for whoever has a part in it: behind a signed link without an account, or signed in.

One address, several pages by `?page=`: write, people, send; what somebody may not do yet shows where the entry stands.
GET shows and changes nothing. Typing is kept on the server; a second tab is told.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from awards.entries import content, metrics, selectors, services, shown, wording
from awards.entries.enums import WRITABLE, EntryState, Factor, HelperPart
from awards.entries.forms import HelperForm
from awards.entries.models import ContestEntry
from awards.entries.services.locks import part_of
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.files import services as files
from refprogram.kernel.form_builder import reading
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.form_builder import shown as fields_shown
from refprogram.kernel.form_builder.answering import AnswerPage
from refprogram.kernel.models import FormAnswer, FormVersion
from refprogram.people.models import Person

FILES = "entry_file"
METRIC = "metric-"


class EntryPage(AnswerPage):
    """One person's pages of one entry."""

    template = "awards/entries/write.html"

    def __init__(
        self, request: HttpRequest, entry: ContestEntry, person: Person, *, at: dt.datetime, part: str = ""
    ) -> None:
        super().__init__(request)
        self.entry, self.person, self.at = entry, person, at
        self.part = part or part_of(entry, person.pk)
        if not self.part:
            raise NotAllowed(_("You do not help with this entry any more."))

    # ---- what the base asks

    def found(self) -> FormAnswer | None:
        """Return the answer that holds the draft."""
        return self.entry.answer

    def current(self) -> FormVersion:
        """Return the version that the draft was begun on."""
        if self.entry.answer is None:
            raise DomainError(_("This entry has no form."))
        return self.entry.answer.version

    # ---- which page

    def respond(self) -> HttpResponse:
        """Answer the request: the page that fits the person’s part, the entry’s state, and what was asked for."""
        if self.part == HelperPart.APPROVER:
            return self._approving()
        if self.part == HelperPart.VIEWER:
            return self._status()
        act = self.request.POST.get("act", "") if self.request.method == "POST" else ""
        return self._do(self.acts[act]) if act in self.acts else self._asked_for(act)

    def _asked_for(self, act: str) -> HttpResponse:
        """Return the page of an author: its people, its last look, where it stands, or the writing itself."""
        writing, asked = self.entry.state in WRITABLE, self.request.GET.get("page", "")
        if asked == "send" and (writing or self.entry.state == EntryState.APPROVAL):
            return self._sending()
        if not writing:
            return self._status()
        if asked == "people" and self.part == "owner":
            return self._people()
        if self.request.method == "POST":
            return self._written(act)
        answer = self.found()
        return self.show(answer, answer.values if answer else {}, errors=self._field_errors)

    @cached_property
    def acts(self) -> Mapping[str, Callable[[], str]]:
        """What the buttons do; each returns the page to go to."""
        return {
            "submit": self._submit,
            "ask-approval": self._ask_approval,
            "write-on": self._write_on,
            "take-back": self._take_back,
            "withdraw": self._withdraw,
            "remove-helper": self._remove_helper,
            "again": self._again,
            "end-use": self._end_use,
            "show-in-vote": self._show_in_vote,
            "not-in-vote": self._not_in_vote,
        }

    def _do(self, act: Callable[[], str]) -> HttpResponse:
        try:
            where = act()
        except DomainError as refusal:
            if isinstance(refusal, InvalidInput) and services.problems(self.entry):
                return redirect(f"{self.request.path}?check=1")
            self.entry = selectors.entry_behind_link(self.entry.pk) or self.entry
            page = self._sending if self.entry.state in (*WRITABLE, EntryState.APPROVAL) else self._status
            return page(problem=refusal.message, status=refusal.status)
        return redirect(where)

    # ---- acts

    def _submit(self) -> str:
        post = self.request.POST
        consents = {name.removeprefix("use-"): True for name in post if name.startswith("use-")}
        services.submit(
            entry=self.entry, by=self.person, at=self.at, consents=consents, wants_feedback="feedback" in post,
            revision=self.revision, tab=self.tab,
        )  # fmt: skip
        return self.request.path

    def _ask_approval(self) -> str:
        services.request_approval(entry=self.entry, by=self.person)
        return f"{self.request.path}?page=send"

    def _write_on(self) -> str:
        services.write_on(entry=self.entry, by=self.person)
        return self.request.path

    def _take_back(self) -> str:
        services.take_back(entry=self.entry, by=self.person, at=self.at)
        return self.request.path

    def _withdraw(self) -> str:
        services.withdraw(entry=self.entry, by=self.person)
        return self.request.path

    def _remove_helper(self) -> str:
        key = self.request.POST.get("helper", "")
        services.remove_helper(
            entry=self.entry, by=self.person, helper=int(key) if key.isdecimal() and len(key) < 19 else 0
        )
        return f"{self.request.path}?page=people"

    def _end_use(self) -> str:
        key = self.request.POST.get("use", "")
        rows = self.entry.consents.filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        if (use := rows.first()) is not None:
            services.end_use(entry=self.entry, use=use, by=self.person)
        return self.request.path

    def _show_in_vote(self) -> str:
        if shown.asks_about_vote(self.entry, self.at):
            services.begin_use(entry=self.entry, use=wording.VOTE, by=self.person)
        return self.request.path

    def _not_in_vote(self) -> str:
        if shown.asks_about_vote(self.entry, self.at):
            services.decline_use(entry=self.entry, use=wording.VOTE, by=self.person)
        return self.request.path

    def _again(self) -> str:
        contest = shown.next_contest(self.entry)
        if contest is None:
            raise DomainError(_("No contest of this award takes entries now."))
        new = services.re_enter(entry=self.entry, contest=contest, by=self.person)
        return shown.address_for(new, self.person, self.request)

    # ---- writing

    def _written(self, act: str) -> HttpResponse:
        if act == "save":
            return self._save()
        if act == "add-row" or act.startswith("drop-row:"):
            return self._rows(act)
        if act.startswith(("upload:", "drop:")):
            verb, key = act.split(":", 1)
            return self._proof(verb, key.removeprefix(METRIC)) if key.startswith(METRIC) else self._file(verb, key)
        return self._go_on()

    def _gathered(self, *, without: str = "") -> services.Typed:
        """Return everything that the page sent, as typed."""
        post, answer = self.request.POST, self.found()
        kept = answer.values if answer is not None else {}
        return services.Typed(
            title=post.get("title", ""),
            summary=post.get("summary", ""),
            values=reading.posted(content.specs_of(self.entry), post, kept),
            metrics=[row for row in self._posted_rows(kept) if row["id"] != without],
            categories=post.getlist("category"),
        )

    def _posted_rows(self, kept: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the results as typed. A proof is never named by the browser: it stays what the draft holds."""
        proofs = {row["id"]: row.get("evidence", "") for row in kept.get(metrics.KEY, [])}
        names = [name for name in metrics.LENGTHS if name != "evidence"]
        rows = []
        for key in self.request.POST.getlist("metric")[:40]:
            row: dict[str, Any] = {name: self.request.POST.get(f"m-{key}-{name}", "") for name in (*names, "factor")}
            row["publishable"] = f"m-{key}-publishable" in self.request.POST
            rows.append({**row, "id": key[:8], "evidence": proofs.get(key[:8], "")})
        return rows

    def _keep(self, typed: services.Typed) -> ContestEntry:
        revision = self.entry.revision if self.request.POST.get("keep") else self.revision
        return services.save(entry=self.entry, by=self.person, typed=typed, revision=revision, tab=self.tab)

    def _save(self) -> HttpResponse:
        """Keep what is typed; answer the line that says so."""
        typed, stale = self._gathered(), False
        try:
            self.entry = self._keep(typed)
        except services.StaleDraft:
            stale = True
        done, asked = fields_shown.progress(content.specs_of(self.entry), typed.values or {})
        return self._saved(
            {
                "stale": stale,
                "revision": self.revision if stale else self.entry.revision,
                "done": done,
                "asked": asked,
                "saved_at": None if stale or self.entry.answer is None else self.entry.answer.updated_at,
            }
        )

    def _rows(self, act: str) -> HttpResponse:
        """Keep what is typed, and draw the results anew: with an empty one more, or without one."""
        try:
            self.entry = self._keep(self._gathered(without=act.partition(":")[2]))
        except services.StaleDraft as stale:
            return self._stale(stale)
        if not getattr(self.request, "htmx", None):
            return redirect(f"{self.request.path}{'?more=1' if act == 'add-row' else ''}#results")
        context = {"metrics": self._metric_rows(more=act == "add-row"), "factors": Factor.choices,
                   "revision": self.entry.revision, "here": self.request.path, "swap": True}  # fmt: skip
        return render(self.request, f"{self.template}#rows", context)

    def _stale(self, stale: DomainError) -> HttpResponse:
        typed = self._gathered()
        self.entry.title, self.entry.summary = typed.title or "", typed.summary or ""
        values = {
            **(typed.values or {}), metrics.KEY: metrics.as_typed(typed.metrics or []),
            content.CATEGORIES: list(typed.categories or []),
        }  # fmt: skip
        return self.show(self.found(), values, problem=stale.message, stale=True, status=409)

    def _go_on(self) -> HttpResponse:
        """Keep everything, take files that came with the form, and go to the page on which it is handed in."""
        answer = self.found()
        problems = self._take_files(answer) if answer is not None else {}
        self.entry = selectors.entry_behind_link(self.entry.pk) or self.entry
        try:
            self.entry = self._keep(self._gathered())
        except services.StaleDraft as stale:
            return self._stale(stale)
        if problems:
            answer = self.found()
            return self.show(answer, answer.values if answer else {}, errors=problems, status=422)
        return self._kept_all()

    def _kept_all(self) -> HttpResponse:
        """Go on from the writing, once everything is kept."""
        return redirect(f"{self.request.path}?page=send")

    def _name_proof(self, metric: str, file_id: str) -> ContestEntry:
        return services.keep_proof(entry=self.entry, by=self.person, metric=metric, file_id=file_id)

    def _change_file(self, answer: FormAnswer, act: str, key: str) -> None:
        """Files belong to the entry, so that who may read the entry may read them."""
        upload = self.request.FILES.get(f"{reading.PREFIX}{key}")
        if act == "drop":
            forms.keep_file(answer=answer, key=key, file_id="")
        elif upload is not None:
            forms.keep_file(answer=answer, key=key, file_id=self._stored(upload))

    def _stored(self, upload: UploadedFile) -> str:
        stored = files.store(upload=upload, purpose=FILES, person_id=self.person.pk, subject=self.entry)
        return stored.public_id

    def _proof(self, verb: str, key: str) -> HttpResponse:
        """Take or drop the proof of one result at once; draw that result alone."""
        error, upload = "", self.request.FILES.get(f"m-{key}-evidence")
        try:
            if upload is not None or verb == "drop":
                file_id = self._stored(upload) if upload is not None and verb == "upload" else ""
                self.entry = self._name_proof(key[:8], file_id)
        except InvalidInput as refusal:
            error = refusal.errors.get("file", refusal.message)
        kept = self.entry.answer.values if self.entry.answer is not None else {}
        evidence = next((row["evidence"] for row in kept.get(metrics.KEY, []) if row["id"] == key[:8]), "")
        typed = next((row for row in self._posted_rows(kept) if row["id"] == key[:8]), {"id": key[:8]})
        row = shown.metric_row({**typed, "evidence": evidence}, {f"metrics.{key[:8]}.evidence": error},
                               selectors.files_of({"files": [evidence] if evidence else []}))  # fmt: skip
        context = {"row": row, "factors": Factor.choices, "here": self.request.path}
        return render(self.request, "awards/entries/_metric.html", context)

    # ---- pages

    @cached_property
    def problems(self) -> dict[str, str]:
        """What keeps the draft from being handed in, where the reader came to look."""
        return services.problems(self.entry) if "check" in self.request.GET else {}

    @property
    def _field_errors(self) -> dict[str, str]:
        start = "answers."
        return {key.removeprefix(start): said for key, said in self.problems.items() if key.startswith(start)}

    def _metric_rows(self, values: Mapping[str, Any] | None = None, *, more: bool = False) -> list[shown.MetricRow]:
        answer = self.found()
        kept = values if values is not None else answer.values if answer is not None else {}
        rows = metrics.as_typed(kept.get(metrics.KEY, []))
        if more or not rows:
            rows = [*rows, {"id": metrics.new_id()}]
        found = selectors.files_of({"files": [row["evidence"] for row in rows if row.get("evidence")]})
        return [shown.metric_row(row, self.problems, found) for row in rows]

    def show(self, answer: FormAnswer | None, values: Mapping[str, Any], **about: Any) -> HttpResponse:
        """Return the page on which the entry is written."""
        self._values = values
        return super().show(answer, values, **about)

    _values: Mapping[str, Any] = {}

    def context(self) -> dict[str, Any]:
        """Return what stands around the form’s own questions."""
        chosen = set(self._values.get(content.CATEGORIES, []))
        return {
            **shown.around(self.entry, self.part, self.at, self.person),
            "verb": _("Check and hand in"),
            "revision": self.entry.revision,
            "title": self.entry.contest.name,
            "categories": [
                (row, row.slug in chosen, shown.closes_line(self.entry, row))
                for row in self.entry.contest.categories.all()
            ],
            "metrics": self._metric_rows(self._values, more="more" in self.request.GET),
            "factors": Factor.choices,
            "errors": self.problems,
            "said_title": self.entry.title,
            "said_summary": self.entry.summary,
        }

    def _page(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            **shown.around(self.entry, self.part, self.at, self.person),
            "base_template": self.base_template,
            "here": self.request.path,
            "tab": self.tab,
            "revision": self.entry.revision,
            **more,
        }
        return render(self.request, f"awards/entries/{template}.html", context, status=status)

    def _sending(self, problem: str = "", status: int = 200) -> HttpResponse:
        return self._page("send", status, problem=problem, **shown.sending(self.entry, self.part))

    def _people(self) -> HttpResponse:
        form = HelperForm(self.request.POST if self.request.method == "POST" else None)
        if self.request.method == "POST" and form.is_valid():
            try:
                services.add_helper(entry=self.entry, by=self.person, **form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                return redirect(f"{self.request.path}?page=people")
        status = 422 if form.errors else 200
        return self._page("people", status, form=form, helpers=selectors.helpers_of(self.entry))

    def _status(self, problem: str = "", status: int = 200) -> HttpResponse:
        return self._page("status", status, problem=problem, **shown.standing(self.entry, self.part, self.at))

    def _approving(self) -> HttpResponse:
        problem, status = "", 200
        if self.request.method == "POST":
            try:
                if self.request.POST.get("answer") == "yes":
                    services.approve(entry=self.entry, by=self.person, read=self.request.POST.get("read", ""))
                else:
                    services.send_back(entry=self.entry, by=self.person, note=self.request.POST.get("note", ""))
            except DomainError as refusal:
                problem, status = refusal.message, refusal.status
            else:
                return redirect(self.request.path)
            self.entry = selectors.entry_behind_link(self.entry.pk) or self.entry
        return self._page("approve", status, problem=problem, **shown.approving(self.entry, self.person))
