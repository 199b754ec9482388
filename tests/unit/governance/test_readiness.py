"""Changes: audiences, dated steps, who is told that they are late, the last one as a template."""

import datetime as dt

import pytest

from refprogram.governance.readiness import selectors, services
from refprogram.governance.readiness.desk import desk_items
from refprogram.governance.readiness.enums import ChangeState
from refprogram.governance.readiness.models import Change, ChangeStep
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stale import Stale
from tests.factories.readiness import AudienceFactory, ChangeFactory, ChangeStepFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)
SAID = {"role": "", "team": None, "words": "", "current": "They ask.", "desired": "They look.", "measure": "",
        "metric": "", "metric_name": ""}  # fmt: skip


def day(after):
    return TODAY + dt.timedelta(days=after)


def test_who_runs_the_program_plans_and_the_owner_keeps(marketer, rep, support):
    row = services.open_change(facts={"name": " Two  names ", "starts_on": day(30), "owner": rep}, by=marketer)
    assert row.name == "Two names"
    services.alter_change(row=row, facts={"why": "Deals wait."}, by=rep, revision=0)
    with pytest.raises(NotAllowed):
        services.alter_change(row=row, facts={"why": "No."}, by=support)
    with pytest.raises(NotAllowed):
        services.open_change(facts={"name": "Mine", "starts_on": day(1)}, by=rep)
    with pytest.raises(Stale) as stale:
        services.alter_change(row=row, facts={"why": "Older."}, by=marketer, revision=0)
    assert (stale.value.revision, "Deals wait." in stale.value.errors["why"]) == (1, True)
    with pytest.raises(InvalidInput, match="Not before it starts"):
        services.alter_change(row=row, facts={"support_until": day(2)}, by=marketer)


def test_an_audience_is_a_role_or_a_team_or_words(marketer, cast):
    change = ChangeFactory()
    for one in ({"role": "rep"}, {"team": cast.north}, {"words": "newcomers"}):
        services.set_audience(change=change, facts=SAID | one, by=marketer)
    assert [str(row) for row in change.audiences.all()] == ["Sales rep", "North", "newcomers"]
    for wrong in ({}, {"role": "rep", "words": "newcomers"}):
        with pytest.raises(InvalidInput) as refusal:
            services.set_audience(change=change, facts=SAID | wrong, by=marketer)
        assert "words" in refusal.value.errors


def test_progress_counts_what_is_done_and_overdue(november):
    change = ChangeFactory()
    ChangeStepFactory(change=change, due_on=day(-3), done_on=day(-3))
    ChangeStepFactory(change=change, due_on=day(-1))
    ChangeStepFactory(change=change, due_on=day(5))
    listed = selectors.with_progress(Change.objects.all(), TODAY).get()
    assert (listed.planned, listed.done, listed.late) == (3, 1, 1)
    told = selectors.progress(ChangeStep.objects.all(), TODAY)
    assert (told.done, told.planned, told.late, told.next_on) == (1, 3, 1, day(-1))


def test_a_step_is_on_the_desk_of_who_sees_to_it_and_done_in_one_tap(november, clients, marketer, rep, support):
    change = ChangeFactory(owner=rep)
    ChangeStepFactory(change=change, name="Letter", due_on=day(-1), owner=support)
    ChangeStepFactory(change=change, name="Session", kind="training", due_on=day(2))
    ChangeStepFactory(change=change, name="Later", due_on=day(3))
    ChangeStepFactory(change=ChangeFactory(), name="Nobody's", due_on=day(0))
    shown = {user.role: [item.title for item in desk_items(user)] for user in (marketer, rep, support)}
    assert shown == {"marketer": ["Nobody's"], "rep": ["Session"], "support": ["Letter"]}
    tap = desk_items(support)[0].actions[0]
    assert (tap.label, tap.post, clients["support"].post(tap.url).status_code) == ("Done", True, 302)
    assert clients["support"].post(tap.url).status_code == 302  # a second tap changes nothing
    assert desk_items(support) == []
    support.is_active = False
    support.save(update_fields=["is_active"])
    ChangeStepFactory(change=change, name="Left behind", due_on=day(-1), owner=support)
    assert "Left behind" in [item.title for item in desk_items(rep)]


def test_overdue_steps_are_told_once_together_and_anew_on_another_day(november, marketer, rep, drain, mailoutbox):
    change = ChangeFactory(name="Two names", owner=rep)
    first = ChangeStepFactory(change=change, name="Letter", due_on=day(-2))
    ChangeStepFactory(change=change, name="Session", kind="training", due_on=day(-1))
    ChangeStepFactory(change=change, due_on=day(0))
    ChangeStepFactory(change=ChangeFactory(state=ChangeState.DROPPED, closed_at=dt.datetime.now(dt.UTC)),
                      due_on=day(-9))  # fmt: skip
    assert (services.tell_of_late_steps(), services.tell_of_late_steps()) == (2, 0)
    drain()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["Rhea Rep <rep@house.example>"], "2 steps are overdue for “Two names”")
    ]  # fmt: skip
    assert "Letter: 31 October" in mailoutbox[0].body
    facts = {name: getattr(first, name) for name in services.STEP} | {"due_on": day(1)}
    services.plan_step(change=change, facts=facts, by=marketer, step=first)
    november.shift(dt.timedelta(days=2))
    assert services.tell_of_late_steps() == 2  # the moved one, and the one that was due on the day itself


def test_what_is_done_before_the_letter_is_written_is_left_out(november, marketer, rep, drain, mailoutbox):
    step = ChangeStepFactory(change=ChangeFactory(owner=rep), due_on=day(-2))
    services.tell_of_late_steps()
    services.mark_step(step=step, is_done=True, by=rep)
    drain()
    assert mailoutbox == []


def test_the_last_change_is_a_template_with_its_days_moved(november, marketer, rep, support):
    source = ChangeFactory(starts_on=day(10), support_until=day(40), support_channel="#references", owner=support)
    audience = AudienceFactory(change=source)
    ChangeStepFactory(change=source, audience=audience, due_on=day(3), done_on=day(3), owner=support)
    made = services.copy_change(row=source, name="Again", starts_on=day(110), owner=rep, by=marketer)
    step = made.steps.get()
    assert (made.support_until, made.owner, made.support_channel) == (day(140), rep, "#references")
    assert (step.due_on, step.done_on, step.owner, step.audience) == (day(103), None, support, made.audiences.get())
    assert source.audiences.count() == source.steps.count() == 1


def test_a_closed_change_is_taken_up_again_before_it_is_planned_on(marketer):
    change = ChangeFactory()
    step = ChangeStepFactory(change=change)
    services.close_change(row=change, to=ChangeState.DONE, by=marketer)
    for act in (
        lambda: services.alter_change(row=change, facts={"why": "More."}, by=marketer),
        lambda: services.mark_step(step=step, is_done=True, by=marketer),
    ):
        with pytest.raises(DomainError, match="It is closed"):
            act()
    with pytest.raises(IllegalMove):
        services.close_change(row=change, to=ChangeState.DROPPED, by=marketer)
    assert services.reopen_change(row=change, by=marketer).closed_at is None


def test_an_audience_of_another_change_is_refused(marketer):
    change, other = ChangeFactory(), AudienceFactory()
    facts = {"audience": other, "kind": "message", "name": "Letter", "channel": "mail", "due_on": TODAY,
             "owner": None, "who": "", "link": ""}  # fmt: skip
    with pytest.raises(InvalidInput, match="audience of this change"):
        services.plan_step(change=change, facts=facts, by=marketer)
