"""What must always hold about merges, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """A merged row leads to one that is not merged, and nothing is under way with it."""
    for noun in ("account", "contact"):
        yield by_query(
            f"a merged {noun} leads to one that stays",
            f"SELECT m.public_id AS {noun} FROM references_{noun} m JOIN references_{noun} k ON k.id = m.merged_into_id"  # noqa: S608
            " WHERE k.merged_into_id IS NOT NULL",
            {},
        )
    yield by_query(
        "nobody is asked at a merged account",
        "SELECT a.public_id AS account FROM references_ask q JOIN references_account a ON a.id = q.account_id"
        " WHERE a.merged_into_id IS NOT NULL AND q.state IN ('held', 'booked')",
        {},
    )
