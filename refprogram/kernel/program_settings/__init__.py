"""Policies as data: the numbers of a room, with names, limits and defaults, changed on `/settings/program/`.

A room declares its figures once, in its `policy.py`, and names the class in `settings.PROGRAM_POLICIES`:

    @policy("references.accounts", _("Rest and caps"))
    class Figures:
        half_life: dt.timedelta = figure(dt.timedelta(days=45), _("Half-life of what was asked"), least=7, most=365)
        capacity: int = figure(120, _("Effort that fills an account"), least=1, most=10_000, unit=_("points"))

    def now() -> Figures:
        return current(Figures)

and reads `policy.now().capacity`: typed, and no query (`current.py`). What kind of figure it is follows from its
default (`kinds.py`): whole number, Decimal, yes or no, days, time of day, text of `choices`, a mapping by name, several
whole numbers, steps (up to so much: so many). `group` puts figures under one heading; `influences` says what they
change. A method `check(self) -> dict[str, str]` of the class refuses figures that do not go together.

Kept columns that follow from a figure: `by_job="recount"` names a runner of `settings.JOB_RUNNERS`. Then the figure
does not change at once: the job is started with `{"room", "values"}`, recounts with `services.candidate`, and calls
`services.put` in its transaction.

Never read a figure while a module is imported, in a default argument, or in what a `Prepared` builds (give it as
`Given`): it would be the one of that moment for as long as the process lives.
"""
