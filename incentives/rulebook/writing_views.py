"""The pages on which a rule is written: a sentence of selects, read out while it is typed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from incentives.rulebook import selectors, services
from incentives.rulebook.checking import faults
from incentives.rulebook.definition import Definition, read
from incentives.rulebook.forms import RuleForm
from incentives.rulebook.models import Rule
from incentives.rulebook.sentences import sentence
from incentives.rulebook.typed import Typed, stepped, typed_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.stale import revision_of

READ = "say"  # what the page asks for while somebody types: the sentence alone


@dataclass(frozen=True)
class Reading:
    """What is typed so far as a sentence, and what makes no sense in it; none as long as its core is missing."""

    sentence: str = ""
    faults: tuple[str, ...] = ()


def reading_of(typed: Typed, rule: Rule | None) -> Reading:
    """Return how what is typed would read."""
    form = RuleForm(typed)
    form.full_clean()
    definition = form.definition()
    if definition is None:
        return Reading()
    wrong = tuple(faults(definition, of=rule).values())
    return Reading(sentence(_as_far_as_said(read(definition))), wrong)


def _as_far_as_said(says: Definition) -> Definition:
    """Return a rule without the lines that are only begun."""
    whole = {
        "conditions": tuple(one for one in says.conditions if one.values),
        "milestones": tuple(one for one in says.milestones if one.topic and one.percent),
        "fading": says.fading if says.fading and says.fading.percents else None,
    }
    return says.model_copy(update=whole)


class RulePage(FormPage):
    """What writing and changing have in common."""

    form_class = RuleForm
    permission = "incentives.write_rules"
    template_name = "incentives/rulebook/write.html"
    form_template = "incentives/rulebook/write.html#form"
    rule: Rule | None = None

    def typed(self) -> Typed:
        """Return what stands in the fields at first."""
        raise NotImplementedError

    def build(self, data: Any = None, files: Any = None) -> RuleForm:
        """Return the form: with what was sent, or as it stands at first."""
        return RuleForm(data) if data is not None else RuleForm(typed=self.typed())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the rule; or take a step of writing, which keeps nothing: a line more or less, the sentence so far."""
        act = request.POST.get("act", "")
        if act == READ:
            return self.read_out()
        if act:
            form = RuleForm(typed=stepped(request.POST, act))
            form.point_at(act)
            return self.show(form)
        return super().post(request, *args, **kwargs)

    def read_out(self) -> HttpResponse:
        """Return the sentence of what is typed."""
        context = {"reading": reading_of(self.request.POST, self.rule)}
        return render(self.request, "incentives/rulebook/_reading.html", context)

    def get_context(self, form: Any) -> dict[str, Any]:
        """Add how it reads, where it is sent to, and of which kind a line was taken away."""
        act = self.request.POST.get("act", "")
        return {
            "reading": reading_of(form.typed, self.rule),
            "here": self.request.path,
            "dropped": act.split("-")[1] if act.startswith("drop-") else "",
            "revision": form.data.get("revision") or self.request.POST.get("revision") or self.revision(),
        }

    def revision(self) -> str:
        """Return which text of the rule is shown; a new one has none."""
        return str(self.rule.revision) if self.rule is not None else ""


class NewRule(RulePage):
    """Write a rule."""

    title = _("New rule")
    facts = _("It gives nothing until the head of sales switches it on.")
    verb = _("Keep as draft")
    cancel_url = reverse_lazy("incentives:rules")

    def typed(self) -> Typed:
        """Begin with a limit a quarter to be filled in."""
        return MultiValueDict({"cap-0-most": [""]})

    def save(self, form: RuleForm) -> str:
        """Keep the draft and open it."""
        drafted = services.draft_rule(**form.fields_of_rule(), actor=self.request.user)
        return drafted.get_absolute_url()


class ChangeRule(RulePage):
    """Change a rule that is not on."""

    title = _("Change the rule")
    verb = _("Keep the change")
    kwargs: dict[str, Any]

    @cached_property
    def rule(self) -> Rule:  # type: ignore[override]
        """The rule of this address."""
        visible = selectors.rules_visible_to(self.request.user)
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the rule."""
        return reverse("incentives:rule", args=[self.rule.public_id])

    def typed(self) -> Typed:
        """Begin with the rule as it is."""
        return typed_of(self.rule.name, self.rule.says)

    def save(self, form: RuleForm) -> str:
        """Keep the change and show the rule."""
        read = revision_of(self.request) if "revision" in self.request.POST else None
        changed = services.change_draft(rule=self.rule, **form.fields_of_rule(), actor=self.request.user, revision=read)
        return changed.get_absolute_url()
