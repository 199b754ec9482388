"""Whom this room tells what. Telling the same thing twice does nothing."""

from django.utils.translation import gettext as _

from references.batches import letters, selectors
from references.requests.enums import NameState
from references.requests.models import BatchName
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import tell

PURPOSE = "batch_name"


def _name(event: Event) -> BatchName:
    return selectors.for_link().get(pk=event.subject_id)


def ask_customer(event: Event) -> None:
    """Ask the customer by one mail, whose link answers without a password."""
    name = _name(event)
    if name.state != NameState.ASKED:
        return
    person = name.contact.person
    link = links.issue(purpose=PURPOSE, subject=name, person_id=person.pk)
    letter = letters.may_we_name_you(name, link)
    tell(person=person, kind="customer.ask", key=f"batch.name:{name.pk}", text=letter.subject, letter=letter)


def tell_requester(event: Event) -> None:
    """A customer has answered: whoever needs the names sees it in the program."""
    name = _name(event)
    words = {
        "batch.name_allowed": _("%(account)s may be named: %(batch)s"),
        "batch.name_refused": _("%(account)s is not named: %(batch)s"),
    }
    text = words[event.topic] % {"account": name.account.name, "batch": name.batch.name}
    tell(
        person=name.batch.requester.person,
        kind="request.answer",
        key=f"{event.topic}:{name.pk}",
        text=text,
        url=name.batch.get_absolute_url(),
    )
