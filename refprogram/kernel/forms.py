"""Forms: one column, errors beside their fields and summed on top, and nothing done twice.

A room declares a `Form` (or `ModelForm`) and a `FormPage` with `save`. Every rendered form carries a `submit_key`; the
first POST writes it in the transaction of what it does, a second one waits for that and is sent to the same result.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.files.forms import Sender, say_who_sends
from refprogram.kernel.list_parts import ListRequest
from refprogram.kernel.models import SubmittedForm
from refprogram.kernel.stale import Stale

Words = str | Promise
PLAIN_ERRORS: Mapping[str, Any] = {
    "min_value": gettext_lazy("At least %(limit_value)s."),
    "max_value": gettext_lazy("At most %(limit_value)s."),
    "min_length": gettext_lazy("At least %(limit_value)d characters; this has %(show_value)d."),
    "max_length": gettext_lazy("At most %(limit_value)d characters; this has %(show_value)d."),
    "max_digits": gettext_lazy("At most %(max)s digits."),
    "max_decimal_places": gettext_lazy("At most %(max)s digits after the point."),
    "max_whole_digits": gettext_lazy("At most %(max)s digits before the point."),
}
Url = str | Promise


class CrispyMixin:
    """Gives a form its helper: fields only, the page draws the form around them. `layout` orders or groups them."""

    layout: ClassVar[Layout | None] = None
    summed: ClassVar[bool] = True  # the page says above the form what is wrong; crispy-forms need not say it again

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws the fields."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        helper.form_show_errors = True
        if self.layout is not None:
            helper.layout = self.layout
        return helper


class PlainErrorsMixin:
    """Says limits in plain words, wherever a field has none of its own."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Validate; the fields are all there by now, also those that a form adds as it is made."""
        for field in self.fields.values():
            field.error_messages = {**PLAIN_ERRORS, **field.error_messages}
        super().full_clean()  # type: ignore[misc]


class Form(PlainErrorsMixin, CrispyMixin, forms.Form):
    """Base of forms that feed a service."""


class ModelForm(PlainErrorsMixin, CrispyMixin, forms.ModelForm):
    """Base of forms whose fields are a model's; saving is still a service's business."""


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def add_refusal(form: forms.BaseForm, error: ValidationError | DomainError) -> None:
    """Put what a service refused beside the fields it names, or on top of the form."""
    for name, words in refusals(error):
        form.add_error(name if name in form.fields else None, words)


def refusals(error: ValidationError | DomainError) -> Iterable[tuple[str, Any]]:
    """Return the pairs of field and message in a refusal; what names no field stands under `__all__`."""
    if isinstance(error, DomainError):
        return error.errors.items() or [(NON_FIELD_ERRORS, error.message)]
    if hasattr(error, "error_dict"):
        return error.message_dict.items()
    return [(NON_FIELD_ERRORS, error.messages)]


def with_what_is_kept(form: forms.BaseForm, error: Stale) -> forms.BaseForm:
    """Return a form that somebody was faster than: what was typed stands, and the revision is the present one."""
    sent: Any = form.data
    kept = sent.copy()  # with all values of choices of several
    kept[form.add_prefix("revision")] = str(error.revision)
    form.data = kept
    add_refusal(form, error)
    return form


# ---------------------------------------------------------------- double submit


def key_of(text: str) -> uuid.UUID | None:
    """Return a form's key as sent; None for none, or for something else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def result_of(key: uuid.UUID | None, user: Any) -> str:
    """Return where the form with this key led when it was sent before; empty if it was not."""
    sent = SubmittedForm.objects.filter(key=key).first() if key else None
    return "" if sent is None else _result(sent, user)


def claim(key: uuid.UUID, user: Any) -> SubmittedForm:
    """Take the key for this transaction. If another one holds it, wait for its end; its result is then in the row."""
    sent, created = SubmittedForm.objects.get_or_create(key=key, defaults={"user": user})
    if not created:
        _result(sent, user)
    return sent


def _result(sent: SubmittedForm, user: Any) -> str:
    if sent.user_id != (user.pk if user else None):
        raise PermissionDenied
    return sent.result_url


# ---------------------------------------------------------------- the page


class FormPage(LoginRequiredMixin, View):
    """Base of every page that is a form: title, fields, one verb, a way back."""

    form_class: ClassVar[type[forms.BaseForm]]
    title: ClassVar[Words] = ""
    facts: ClassVar[Words] = ""
    verb: ClassVar[Words] = gettext_lazy("Save")
    cancel_url: ClassVar[Url] = ""
    draft: ClassVar[str] = ""
    permission: ClassVar[str] = ""
    use_htmx: ClassVar[bool] = False
    danger: ClassVar[bool] = False  # the verb takes something away: its button says so
    template_name: ClassVar[str] = "components/form_page.html"
    form_template: ClassVar[str] = "components/form_page.html#form"

    request: ListRequest

    # ---- for rooms to write

    def save(self, form: Any) -> str:
        """Call one service with the cleaned data; return the address to go to."""
        raise NotImplementedError

    def get_initial(self) -> Mapping[str, Any]:
        """Return the first values of the fields."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return further arguments of the form."""
        return {}

    def get_title(self) -> Words:
        """Return the page's title."""
        return self.title

    def get_cancel_url(self) -> str:
        """Return where "Cancel" leads."""
        return str(self.cancel_url)

    def get_context(self, form: forms.BaseForm) -> dict[str, Any]:
        """Return what a template of the room's own needs beside `form` and `page`."""
        return {}

    # ---- how it works

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not open the page; anonymous readers go to the sign-in."""
        if self.permission and request.user.is_authenticated and not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the empty form."""
        return self.show(self.build())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save once and go on; an invalid form comes back with 422, nothing typed is lost."""
        if earlier := result_of(self.key, self.author):
            return self.go(earlier)
        form = self.build(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.go(self.submit(form))
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except Stale as error:
            return self.show(with_what_is_kept(form, error), status=error.status)
        except (ValidationError, DomainError) as error:
            add_refusal(form, error)
            return self.show(form, status=422)

    @transaction.atomic
    def submit(self, form: forms.BaseForm) -> str:
        """Save together with the form's key; return the address to go to."""
        sent = claim(self.key, self.author) if self.key else None
        if sent is not None and sent.result_url:
            return sent.result_url
        url = str(self.save(form))
        if sent is not None:
            sent.result_url = url
            sent.save(update_fields=["result_url"])
        return url

    @cached_property
    def key(self) -> uuid.UUID | None:
        """The key that the form was sent with."""
        return key_of(self.request.POST.get("submit_key", ""))

    @property
    def author(self) -> Any:
        """The user that the key belongs to; none behind a signed link."""
        return self.request.user if self.request.user.is_authenticated else None

    def build(self, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Return the form, bound if there is data."""
        form = self.form_class(data, files, initial=dict(self.get_initial()), **self.get_form_kwargs())
        say_who_sends(form, Sender(self.author))
        return form

    def show(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        """Return the page, or for htmx the form alone."""
        alone = bool(self.request.htmx) and not self.request.htmx.boosted
        template = self.form_template if alone else self.template_name
        context = {"page": self, "form": form, "submit_key": self.key or uuid.uuid4(), **self.get_context(form)}
        return render(self.request, template, context, status=status)

    def go(self, url: str) -> HttpResponse:
        """Go to the result; htmx is told to take the whole page there."""
        if self.request.htmx and not self.request.htmx.boosted:
            return HttpResponseClientRedirect(url)
        return HttpResponseRedirect(url)
