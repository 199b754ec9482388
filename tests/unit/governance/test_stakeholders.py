"""Stakeholders: groups, needs, contact, pulse; the directory and launches."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.capacity.models import Demand
from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.desk import desk_items
from refprogram.governance.stakeholders.models import Pulse, Stakeholder
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stale import Stale
from tests.factories.stakeholders import RequirementFactory, StakeholderFactory, StakeholderGroupFactory

pytestmark = pytest.mark.django_db


def test_a_fourth_key_group_is_refused(marketer, executive):
    groups = StakeholderGroupFactory.create_batch(4)
    for group in groups[:3]:
        services.flag_group(group=group, by=marketer)
    with pytest.raises(DomainError, match="Three groups are key already"):
        services.flag_group(group=groups[3], by=marketer)
    services.flag_group(group=groups[0], by=marketer)
    assert services.flag_group(group=groups[3], by=marketer).is_key
    with pytest.raises(NotAllowed):
        services.flag_group(group=groups[3], by=executive)


def test_a_colleague_is_added_once_and_has_their_own_name(marketer, executive):
    facts = {"name": "Somebody", "group": StakeholderGroupFactory(), "influence": 5, "interest": 2}
    row = services.add_stakeholder(facts=facts, user=executive, by=marketer)
    assert row.name == executive.name
    with pytest.raises(InvalidInput, match="already"):
        services.add_stakeholder(facts=facts, user=executive, by=marketer)
    with pytest.raises(InvalidInput) as refusal:
        services.add_stakeholder(facts=facts | {"name": "  "}, by=marketer)
    assert "name" in refusal.value.errors


def test_who_is_slower_is_told_what_is_kept_meanwhile(clients, marketer):
    row = StakeholderFactory(name="Partner", keeper=marketer)
    url = f"{row.get_absolute_url()}change/"
    typed = {"name": "Partner", "group": row.group.public_id, "influence": "5", "interest": "3", "revision": "1"}
    services.change_stakeholder(row=row, facts={"success": "A number", "keeper": None}, revision=1, by=marketer)
    with pytest.raises(Stale):
        services.change_stakeholder(row=row, facts={"influence": 2}, revision=1, by=marketer)
    page = clients["marketer"].post(url, typed | {"success": "Peace"})
    assert page.status_code == 409
    assert all(words in page.text for words in ("Kept meanwhile: “A number”", "Peace", "Nothing was overwritten"))
    assert clients["marketer"].post(url, typed | {"revision": "2"}).status_code == 302


def test_who_should_have_been_spoken_to_is_on_the_desk_of_who_keeps_the_contact(november, marketer, admin):
    row = StakeholderFactory(keeper=marketer, every_days=14, contacted_on=dt.date(2026, 10, 19))
    assert desk_items(marketer) == []  # today is the day
    november.shift(dt.timedelta(days=1))
    assert [item.title for item in desk_items(marketer)] == [f"Speak to {row.name}"]
    assert desk_items(admin) == []
    assert list(selectors.late_keys(dt.date(2026, 11, 3))) == [{"pk": row.pk}]
    with pytest.raises(InvalidInput):
        services.note_contact(row=row, on=dt.date(2026, 11, 9), note="", by=marketer)
    services.note_contact(row=row, on=dt.date(2026, 11, 3), note="Fine", by=marketer)
    services.note_contact(row=row, on=dt.date(2026, 10, 1), note="Earlier", by=marketer)
    row.refresh_from_db()
    assert (row.contacted_on, desk_items(marketer)) == (dt.date(2026, 11, 3), [])


def test_needs_are_met_on_a_day_and_not_after_all(november, marketer):
    need = RequirementFactory()
    assert services.meet_requirement(requirement=need, by=marketer).met_on == dt.date(2026, 11, 2)
    standing = selectors.with_standing(Stakeholder.objects.all()).get()
    assert (standing.needs, standing.unmet) == (1, 0)
    assert services.meet_requirement(requirement=need, by=marketer).met_on is None


def test_one_question_goes_by_mail_is_answered_once_and_makes_a_trend(
    client, marketer, executive, drain, mailoutbox
):  # fmt: skip
    row = StakeholderFactory(user=executive, name=executive.name)
    pulse = services.ask_pulse(row=row, by=marketer)
    assert services.ask_pulse(row=row, by=marketer) == pulse
    drain()
    assert [mail.subject for mail in mailoutbox] == ["One question: how well does the reference program serve you?"]
    url = services.address_of(pulse)
    assert url in mailoutbox[0].body
    path = url[url.index("/s/") :]
    assert "From 1 to 5" in client.get(path).text
    assert client.post(path, {"score": "7"}).status_code == 422
    assert client.post(path, {"score": "4", "words": "Faster"}).status_code == 302
    assert "Thank you" in client.post(path, {"score": "1"}).text
    again = services.ask_pulse(row=row, by=marketer)
    Pulse.objects.filter(pk=again.pk).update(score=5, answered_at=pulse.created_at)
    full = selectors.in_full(Stakeholder.objects.all()).get()
    assert (selectors.pulse_trend(full), full.pulse) == ([4, 5], 5)


def test_the_picture_has_everybody_in_their_cell():
    rows = [Stakeholder(name="Ann", influence=5, interest=5), Stakeholder(name="Ben", influence=5, interest=5),
            Stakeholder(name="Cy", influence=1, interest=2)]  # fmt: skip
    drawn = selectors.picture(rows)
    assert [influence for influence, _cells in drawn] == [5, 4, 3, 2, 1]
    found = {(cell.influence, cell.interest): len(cell.members) for _up, cells in drawn for cell in cells}
    assert (found[5, 5], found[1, 2], sum(found.values()), len(found)) == (2, 1, 3, 25)
    assert [cell.interest for cell in drawn[0][1] if cell.hot] == [4, 5]


def test_references_for_a_launch_count_as_work_of_its_month(marketer):
    facts = {"name": "Nightly sync", "product": "", "on": dt.date(2027, 3, 15), "references": 4, "hours": Decimal(2)}
    launch = services.plan_launch(facts=facts, by=marketer)
    demand = Demand.objects.get()
    assert (demand.month, demand.hours, demand.kind) == (dt.date(2027, 3, 1), 8, "launch")
    services.plan_launch(launch=launch, facts=facts | {"references": 0}, by=marketer)
    assert not Demand.objects.exists()
    services.plan_launch(launch=launch, facts=facts, by=marketer)
    services.drop_launch(launch=launch, by=marketer)
    assert not Demand.objects.exists()
