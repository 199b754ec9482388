"""What must always be true of campaigns; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterator[Proof]:
    """Messages are done when every copy is, nothing leaves before the start, and customers are written to by an ask."""
    yield by_query(
        "a campaign's message is done when each of its copies left or was refused",
        "SELECT m.public_id AS message, count(*) AS waiting FROM nominations_campaignmessage m"
        " JOIN nominations_messagesend s ON s.message_id = m.id"
        " WHERE m.sent_at IS NOT NULL AND s.sent_at IS NULL AND s.refused = '' GROUP BY m.public_id",
    )
    yield by_query(
        "a copy of a campaign's message either left or was refused, and only what left was followed",
        "SELECT s.id AS copy FROM nominations_messagesend s"
        " WHERE (s.sent_at IS NOT NULL AND s.refused <> '') OR (s.followed_at IS NOT NULL AND s.sent_at IS NULL)",
    )
    yield by_query(
        "a campaign sends nothing before it is started",
        "SELECT m.public_id AS message FROM nominations_campaignmessage m"
        " JOIN nominations_campaign c ON c.id = m.campaign_id WHERE c.state = 'planned'"
        " AND (m.channel <> 'outside' AND m.sent_at IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM nominations_messagesend s WHERE s.message_id = m.id))",
    )
    yield by_query(
        "a customer to whom a campaign wrote was asked by the rules of goodwill",
        "SELECT s.id AS copy FROM nominations_messagesend s"
        " JOIN nominations_campaignmessage m ON m.id = s.message_id"
        " WHERE m.channel = 'customers' AND s.sent_at IS NOT NULL AND s.ask_id IS NULL",
    )
