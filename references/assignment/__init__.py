"""All open requests allocated at once: who would be asked for which, so that the whole is served best.

`world.py` reads everything in a handful of statements, `options.py` scores each request's best customers, `solving.py`
chooses (pure), `services/` runs it as a job, keeps it, and proposes what somebody accepts. Until then nothing changes.
Why it is solved this way: docs/decisions/0006-global-assignment.md.
"""
