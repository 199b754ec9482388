"""What must always hold about surveys, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable

from references.surveys.selectors.figures import REACHED
from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """Waves count their invitations; nobody was written to without an ask; the last score stands on the contact."""
    yield by_query(
        "waves count what was sent and answered",
        "SELECT w.public_id AS wave, w.sent, w.answered FROM references_surveywave w"
        " WHERE w.sent <> (SELECT count(*) FROM references_surveyinvitation i"
        "   WHERE i.wave_id = w.id AND i.state = ANY(%(reached)s::text[]))"
        " OR w.answered <> (SELECT count(*) FROM references_surveyinvitation i"
        "   WHERE i.wave_id = w.id AND i.state = 'answered')",
        {"reached": "{" + ",".join(REACHED) + "}"},
    )
    yield by_query(
        "every survey that was sent was first an ask",
        "SELECT i.public_id AS invitation FROM references_surveyinvitation i"
        " WHERE i.sent_at IS NOT NULL AND i.ask_id IS NULL",
        {},
    )
    yield by_query(
        "a contact's NPS is their last answer's",
        "SELECT c.public_id AS contact, c.nps FROM references_contact c"
        " JOIN LATERAL (SELECT i.score FROM references_surveyinvitation i"
        "   JOIN references_survey s ON s.id = i.survey_id WHERE i.contact_id = c.id AND s.kind = 'nps'"
        "   AND i.state = 'answered' AND i.score IS NOT NULL"
        "   ORDER BY i.answered_at DESC, i.id DESC LIMIT 1) last ON true"
        " WHERE c.nps IS DISTINCT FROM last.score",
        {},
    )
