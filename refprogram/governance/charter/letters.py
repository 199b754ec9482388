"""What people are told about the charter."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.charter.models import CharterVersion
from refprogram.kernel.addresses import address
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

on_day = lazy(rp.day, str)  # written while the mail is, in its reader's language


def opinion_wanted(version: CharterVersion, reader: User, by: str, *, key: str) -> None:
    """Ask a colleague what they think of a draft."""
    url = version.get_absolute_url()
    with as_reader(reader.person):
        subject = _("%(name)s would like your opinion of the program’s charter") % {"name": by}
        context = {
            "version": version,
            "until": on_day(version.consult_until),
            "action_label": _("Read it and say what you think"),
            "action_url": absolute(url),
        }
        letter = Letter(subject, "governance/charter_opinion", context)
        tell(person=reader.person, kind="charter.opinion", key=key, text=subject, url=url, letter=letter)


def commented(version: CharterVersion, reader: User, name: str, *, key: str) -> None:
    """Tell who made a draft that a colleague has commented on it."""
    with as_reader(reader.person):
        text = _("%(name)s commented on the charter, version %(n)d") % {"name": name, "n": version.number}
        tell(person=reader.person, kind="charter.commented", key=key, text=text, url=version.get_absolute_url())


def approved(version: CharterVersion, reader: User, *, key: str) -> None:
    """Tell who made it that it can be published."""
    with as_reader(reader.person):
        text = _("The charter, version %(n)d, is approved: publish it when you are ready") % {"n": version.number}
        tell(person=reader.person, kind="charter.commented", key=key, text=text, url=version.get_absolute_url())


def published(version: CharterVersion, reader: User, changes: list[str], *, key: str) -> None:
    """Tell a colleague that the charter changed, how, and that three questions wait."""
    with as_reader(reader.person):
        subject = _("The program has a new charter") if version.number == 1 else _("The program’s charter changed")
        url = address("governance:charter-acknowledge")
        context = {
            "version": version,
            "changes": changes,
            "action_label": _("Read it and answer three questions"),
            "action_url": absolute(url),
        }
        letter = Letter(subject, "governance/charter_published", context)
        tell(person=reader.person, kind="charter.published", key=key, text=subject, url=url, letter=letter)
