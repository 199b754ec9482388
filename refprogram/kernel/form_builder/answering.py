"""The page on which a form is answered: behind a signed link without an account, or signed in.

GET shows and changes nothing, whoever opens it. Typing is kept on the server by htmx; POST sends. A room subclasses
`AnswerPage`, says which version is asked and how an answer is opened and sent, and calls `respond`.
"""

import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import attachments, reading, selectors, services, shown
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormAnswer, FormVersion


class AnswerPage:
    """One person's page of one form. Its template extends `plain.html` or `base.html` by `base_template`."""

    template = "kernel/form_builder/answer.html"
    base_template = "plain.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    # ---- for rooms to write

    def found(self) -> FormAnswer | None:
        """Return the answer that was begun or sent, with its version; None if there is none. No effect."""
        raise NotImplementedError

    def current(self) -> FormVersion:
        """Return the version that is asked now, with its design."""
        raise NotImplementedError

    def open(self, version: FormVersion) -> FormAnswer:
        """Start the answer and return it, or return the one that somebody started meanwhile. On POST only."""
        raise NotImplementedError

    def send(self, answer: FormAnswer, values: dict[str, Any]) -> None:
        """Send the answer for good, with whatever the room does then. Called in a transaction."""
        services.submit_answer(answer=answer, values=values, revision=self.revision, tab=self.tab)

    def send_new(self, version: FormVersion, values: dict[str, Any]) -> None:
        """Send an answer that was not begun, whole, with whatever the room does then. In one transaction.

        Where it is refused nothing is kept: what was typed stands on the page that comes back.
        """
        with transaction.atomic():
            self.send(self.open(version), values)

    def preset(self, specs: list[FieldSpec]) -> dict[str, Any]:
        """Return values to begin with, such as the number chosen in a mail. They are shown, not kept."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the page says around the form: `greeting`, `title`, `lead`, `verb`, `ends_at`, `no`."""
        return {}

    # ---- how it works

    def respond(self) -> HttpResponse:
        """Answer the request."""
        if self.request.method != "POST":
            answer = self.found()
            if answer is not None and answer.state == AnswerState.SUBMITTED:
                return self.thanks(answer.version)
            return self.show(answer, self._beginning(answer))
        act = self.request.POST.get("act", "")
        if act == "save":
            return self._save()
        if act.startswith(("upload:", "drop:")):
            return self._file(*act.split(":", 1))
        return self._send()

    @cached_property
    def revision(self) -> int:
        """The revision that the page was drawn from, or last saved."""
        text = self.request.POST.get("revision", "")
        return int(text) if text.isdecimal() and len(text) < 9 else 0

    @cached_property
    def tab(self) -> str:
        """This tab's own name, made when the page was drawn."""
        return self.request.POST.get("tab", "")[:12] or secrets.token_hex(6)

    def _drawn(self) -> FormVersion:
        """Return the version that the page was drawn from: who began on it, ends on it."""
        return selectors.version_for(self.current(), self.request.POST.get("version", ""))

    def _beginning(self, answer: FormAnswer | None) -> dict[str, Any]:
        if answer is not None:
            return {**answer.values, **self.preset(selectors.specs_of(answer.version))}
        return self.preset(selectors.specs_of(self.current()))

    def _typed(self, version: FormVersion, kept: Mapping[str, Any]) -> dict[str, Any]:
        return reading.posted(selectors.specs_of(version), self.request.POST, kept)

    def _begun(self) -> FormAnswer:
        """Return the answer that this person is writing, begun now if need be."""
        begun = self.found()
        if begun is not None:
            return begun
        with transaction.atomic():
            return self.open(self._drawn())

    def _save(self) -> HttpResponse:
        """Keep what is typed; answer the line that says so, with the new revision."""
        answer = self._begun()
        if answer.state == AnswerState.SUBMITTED:
            return self._saved({"sent": True, "revision": answer.revision})
        typed, stale = self._typed(answer.version, answer.values), False
        revision = answer.revision if self.request.POST.get("keep") else self.revision
        try:
            answer = services.save_answer(answer=answer, values=typed, revision=revision, tab=self.tab)
        except services.StaleDraft:
            stale = True
        done, asked = shown.progress(selectors.specs_of(answer.version), typed)
        return self._saved(
            {
                "stale": stale,
                "revision": self.revision if stale else answer.revision,
                "done": done,
                "asked": asked,
                "saved_at": None if stale else answer.updated_at,
            }
        )

    def _saved(self, context: Mapping[str, Any]) -> HttpResponse:
        return render(self.request, f"{self.template}#saved", {**context, "here": self.request.path})

    def _file(self, act: str, key: str) -> HttpResponse:
        """Take or drop the file of one field at once; answer that field alone."""
        error = ""
        answer = self._begun()
        with transaction.atomic():
            specs = [spec for spec in selectors.specs_of(answer.version) if spec.key == key]
            try:
                self._change_file(answer, act, key)
            except InvalidInput as refusal:
                error = refusal.errors.get("file", refusal.message)
            answer.refresh_from_db(fields=["values"])
        names = attachments.names_of(answer.values, specs)
        fields = shown.shown(specs, answer.values, {key: error}, names)
        context = {"field": fields[0] if fields else None, "files_ready": True}
        return render(self.request, f"{self.template}#one", context)

    def _change_file(self, answer: FormAnswer, act: str, key: str) -> None:
        upload = self.request.FILES.get(f"{reading.PREFIX}{key}")
        if act == "drop":
            services.keep_file(answer=answer, key=key, file_id="")
        elif upload is not None:
            services.keep_file(answer=answer, key=key, file_id=attachments.take(upload, answer))

    def _send(self) -> HttpResponse:
        """Send the answer; what is wrong comes back beside its field, with everything that was typed."""
        answer = self._begun() if self.request.FILES else self.found()
        problems = self._take_files(answer)
        version = answer.version if answer is not None else self._drawn()
        typed = self._typed(version, answer.values if answer is not None else {})
        try:
            if answer is None:
                self.send_new(version, typed)
            else:
                with transaction.atomic():
                    self.send(answer, typed)
        except services.StaleDraft as stale:
            about: dict[str, Any] = {"problem": stale.message, "stale": True, "status": 409}
        except InvalidInput as refusal:
            about = {"errors": {**refusal.errors, **problems}, "status": 422}
        except DomainError as refusal:
            about = {"problem": refusal.message, "status": refusal.status}
        else:
            return redirect(self.request.path)
        if answer is not None:  # with the revision as it is by now: sending again sends this
            answer.refresh_from_db(fields=["revision", "updated_at"])
        return self.show(answer, typed, version=version, **about)

    def _take_files(self, answer: FormAnswer | None) -> dict[str, str]:
        """Keep files that came with the form itself, as they do without scripts; return what is wrong with them."""
        problems: dict[str, str] = {}
        if not self.request.FILES or answer is None or answer.state == AnswerState.SUBMITTED:
            return problems
        for spec in selectors.specs_of(answer.version):
            if self.request.FILES.get(f"{reading.PREFIX}{spec.key}") is None:
                continue
            try:
                with transaction.atomic():
                    self._change_file(answer, "upload", spec.key)
            except InvalidInput as refusal:
                problems[spec.key] = refusal.errors.get("file", refusal.message)
        answer.refresh_from_db(fields=["values"])
        return problems

    def show(
        self,
        answer: FormAnswer | None,
        values: Mapping[str, Any],
        *,
        version: FormVersion | None = None,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        stale: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """Return the whole page."""
        version = answer.version if answer is not None else version or self.current()
        specs = selectors.specs_of(version)
        fields = shown.shown(specs, values, errors, attachments.names_of(values, specs))
        done, asked = shown.progress(specs, values)
        context = {
            "version": version,
            "fields": fields,
            "wrong": [field for field in fields if field.error],
            "revision": answer.revision if answer is not None else 0,
            "tab": self.tab,
            "problem": problem,
            "stale": stale,
            "done": done,
            "asked": asked,
            "multipart": shown.has_files(specs),
            "base_template": self.base_template,
            "verb": _("Send"),
            "title": version.design.name,
            "here": self.request.path,
            "saved_at": answer.updated_at if answer is not None else None,
            **self.context(),
        }
        return render(self.request, self.template, context, status=status)

    def thanks(self, version: FormVersion) -> HttpResponse:
        """Return the page after it was sent."""
        context = {"version": version, "base_template": self.base_template, "title": version.design.name}
        return render(self.request, "kernel/form_builder/answered.html", {**context, **self.context()})
