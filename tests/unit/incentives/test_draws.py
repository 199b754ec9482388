"""Draws: tickets counted once, a drawing that can be recomputed, and its winners."""

import datetime as dt
import hashlib
import hmac
from collections import Counter
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incentives.draws import drawing, privacy, proofs, services
from incentives.draws.drawing import Held
from incentives.draws.enums import DrawState
from incentives.draws.models import Draw, Ticket, Win
from incentives.draws.selectors import won_as_read_by
from incentives.draws.services import TicketsIn, add_tickets
from incentives.recognition.services import choose
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from tests.factories.gifts import gift_fund
from tests.factories.incentives_catalogue import WinFactory, opened_draw
from tests.factories.people import PersonFactory

SECRET = "00" * 32


def test_the_drawing_is_what_the_page_says_it_is():
    held = [Held("ann", 2), Held("bob", 3), Held("ann", 1)]
    text = "ann:2\nbob:3\nann:1\n"
    list_hash = hashlib.sha256(text.encode()).hexdigest()

    drawn = drawing.draw(secret=SECRET, held=held, places=2)

    numbers = [  # by hand, as anybody would
        int(hmac.new(SECRET.encode(), f"{list_hash}:{n}".encode(), "sha256").hexdigest(), 16) % 6 for n in range(20)
    ]
    order = ["ann", "ann", "bob", "bob", "bob", "ann"]
    first = order[numbers[0]]
    second = next(n for n, number in enumerate(numbers) if order[number] != first)
    assert [(one.place, one.person, one.number, one.attempt) for one in drawn] == [
        (1, first, numbers[0], 0),
        (2, order[numbers[second]], numbers[second], second),
    ]
    assert drawing.draw(secret=SECRET, held=held, places=9)[1:] == drawn[1:]  # two people, two winners
    assert drawing.draw(secret=SECRET, held=[], places=1) == []


def test_each_ticket_has_the_same_chance():
    held = [Held("ann", 1), Held("bob", 2), Held("cem", 3)]
    won = Counter(drawing.draw(secret=f"{n}", held=held, places=1)[0].person for n in range(3000))
    # 500, 1000 and 1500 are expected; four standard deviations are about 110
    assert abs(won["ann"] - 500) < 90
    assert abs(won["bob"] - 1000) < 110
    assert abs(won["cem"] - 1500) < 110


@pytest.mark.django_db
def test_tickets_count_once_in_two_statements_until_the_end(cast):
    draw, other = opened_draw(), opened_draw(name="Autumn")
    now, late = timezone.now(), draw.closes_at
    given = [
        TicketsIn(key=f"t:{n}", person_id=cast.rep.person_id, draw_id=draw.pk, occurred_at=now, count=2)
        for n in range(20)
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert add_tickets([*given, TicketsIn("late", cast.rep.person_id, draw.pk, late)]) == {one.key for one in given}
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 3
    assert add_tickets(given[:3]) == set()
    services.call_off(draw=other, reason="No prize", by=other.owner)
    assert add_tickets([TicketsIn("off", cast.rep.person_id, other.pk, now)]) == set()
    assert add_tickets([]) == set()
    assert sum(Ticket.objects.values_list("count", flat=True)) == 40


@pytest.mark.django_db
def test_a_draw_is_drawn_when_all_has_come_in_and_its_prizes_go_the_common_way(cast, drain, mailoutbox):
    gift_fund(1000)
    draw = opened_draw(owner=cast.marketer, places=2, value=Decimal(100))
    assert draw.commitment == hashlib.sha256(draw.secret.encode()).hexdigest()
    for user in (cast.rep, cast.support, cast.marketer):
        add_tickets([TicketsIn(f"t:{user.pk}", user.person_id, draw.pk, timezone.now())])
    add_tickets([TicketsIn("outside", PersonFactory().pk, draw.pk, timezone.now())])
    with time_machine.travel(draw.closes_at + dt.timedelta(hours=23)):
        assert services.draw_due(timezone.now()) == 0
        with pytest.raises(DomainError, match="not over yet"):
            services.draw_lots(draw=draw, by=cast.marketer)

    with time_machine.travel(draw.closes_at + dt.timedelta(hours=25)):
        assert services.draw_due(timezone.now()) == 1
        drain()
        draw.refresh_from_db()
        with pytest.raises(IllegalMove):
            services.draw_lots(draw=draw)

    assert draw.state == DrawState.DRAWN
    assert draw.drawn_from == f"{cast.rep.person.public_id}:1\n{cast.support.person.public_id}:1\n"
    wins = list(Win.objects.order_by("place"))
    assert {win.person_id for win in wins} == {cast.rep.person_id, cast.support.person_id}
    assert [(win.gift.state, win.gift.value, win.gift.taxable) for win in wins] == [("in_approval", 100, True)] * 2
    assert len([mail for mail in mailoutbox if "You won the draw" in mail.subject]) == 2
    assert [proof.name for proof in proofs.proofs() if not proof.holds] == []
    assert list(privacy.export_person(cast.rep.person_id)["draws_won"]) == [
        {"draw__name": "Spring", "draw__prize": "A bicycle"}
    ]

    Draw.objects.update(drawn_from="somebody:1\n")
    assert [proof.name for proof in proofs.proofs() if not proof.holds] == [
        "draws kept the secret and the list they published"
    ]


@pytest.mark.django_db
def test_what_is_no_draw_is_refused(cast):
    opened_draw()
    cases = {
        "name": {"name": "Spring"},
        "prize": {"name": "A", "prize": " "},
        "closes_at": {"name": "A", "closes_at": timezone.now()},
        "places": {"name": "A", "places": 0},
    }
    for field, given in cases.items():
        with pytest.raises(InvalidInput) as refused:
            opened_draw(**given)
        assert list(refused.value.errors) == [field]
    with pytest.raises(NotAllowed):
        opened_draw(owner=cast.rep, name="A")
    with pytest.raises(InvalidInput):
        services.call_off(draw=Draw.objects.get(), reason=" ", by=cast.marketer)


@pytest.mark.django_db
def test_who_would_rather_not_stand_in_public_wins_without_a_name(cast):
    draw = opened_draw(owner=cast.marketer, places=2)
    for user in (cast.rep, cast.support):
        WinFactory(draw=draw, person=user.person, place=1 + (user == cast.support))
    choose(user=cast.rep, in_ranks=False, in_feed=True)

    read = {who: [won.name for won in won_as_read_by(cast[who], draw.pk)] for who in ("rep", "support", "marketer")}
    assert read == {
        "rep": ["Rhea Rep", "Sami Support"],
        "support": ["A colleague", "Sami Support"],
        "marketer": ["Rhea Rep", "Sami Support"],
    }
