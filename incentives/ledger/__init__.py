"""The ledger of points: append-only, double entry, kept balanced by the database itself, sealed by a hash chain.

`models` says what is refused, `booking` is the one door (many bookings in one statement), `services` are the verbs,
`sealing` chains what was written, `proofs` counts it all again.
"""
