"""The arithmetic of pay by hand: escalator tiers, places and prizes of a SPIFF, the file and its signature."""

from decimal import Decimal

import pytest

from incentives.pay.escalating import Terms, Tier, faults_in, next_step, worth_of_more
from incentives.pay.exporting import COLUMNS, csv_of, hash_of, is_signed, manifest_of, pem_of, sign
from incentives.pay.placing import Gain, next_gain, places

D = Decimal
TERMS = Terms((Tier(60, D("1.05")), Tier(80, D("1.10")), Tier(95, D("1.25"))), most=D("400.00"))


@pytest.mark.parametrize(
    ("base", "score", "added"),
    [
        ("1000.00", 59, "0.00"),  # below the first tier it counts once
        ("1000.00", 60, "50.00"),
        ("1000.00", 79, "50.00"),
        ("1000.00", 80, "100.00"),
        ("1000.00", 94, "100.00"),
        ("1000.00", 95, "250.00"),
        ("1600.00", 100, "400.00"),  # just the most: 1600 x 0.25
        ("1600.04", 100, "400.00"),  # 400.01 would be more than the most
        ("0.10", 60, "0.00"),  # 0.005: half to even is 0.00
        ("0.30", 60, "0.02"),  # 0.015: half to even is 0.02
        ("33.33", 80, "3.33"),
        ("0.00", 100, "0.00"),
        ("-250.00", 100, "0.00"),  # more was taken back than given: nothing is multiplied
    ],
)
def test_what_the_escalator_adds(base, score, added):
    assert TERMS.added(D(base), score) == D(added)


def test_a_tier_below_once_takes_at_most_the_most():
    terms = Terms((Tier(1, D("0.90")), Tier(70, D("1.00"))), most=D("30.00"))
    assert [terms.added(D("200.00"), 10), terms.added(D("400.00"), 10), terms.added(D("400.00"), 70)] == [
        D("-20.00"),
        D("-30.00"),
        D("0.00"),
    ]


def test_what_a_better_score_and_one_more_would_bring():
    step = next_step(TERMS, D("1000.00"), 72)
    assert step is not None
    assert (step.points, step.score, step.more) == (8, 80, D("50.00"))
    assert next_step(TERMS, D("1000.00"), 95) is None
    assert next_step(TERMS, D("0.00"), 10) is None  # nothing to multiply
    assert worth_of_more(TERMS, D("1000.00"), 80, D("50.00")) == D("55.00")
    assert worth_of_more(TERMS, D("1600.00"), 95, D("50.00")) == D("50.00")  # the most is reached


@pytest.mark.parametrize(
    ("tiers", "fault"),
    [
        ((), "none"),
        ((Tier(0, D("1.1")),), "score"),
        ((Tier(101, D("1.1")),), "score"),
        ((Tier(50, D("0.9")),), "times"),
        ((Tier(50, D("2.1")),), "times"),
        ((Tier(50, D("1.1")), Tier(50, D("1.2"))), "rising"),
        ((Tier(50, D("1.1")), Tier(60, D("1.1"))), "rising"),
        ((Tier(50, D("1.1")), Tier(60, D("1.2"))), ""),
    ],
)
def test_tiers_that_make_no_sense(tiers, fault):
    assert faults_in(tiers, D("1.0"), D("2.0")) == fault


def test_equal_figures_share_a_place_and_its_prizes():
    prizes = [D("300.00"), D("200.00"), D("100.00")]
    found = places({1: 4, 2: 9, 3: 4, 4: 4, 5: 1, 6: 0}, prizes, least=1)
    # 9 is first with 300; three with 4 share 200 + 100 + nothing; 1 comes fifth; 0 is below the least.
    assert [(p.person_id, p.place, p.prize) for p in found] == [
        (2, 1, D("300.00")),
        (1, 2, D("100.00")),
        (3, 2, D("100.00")),
        (4, 2, D("100.00")),
        (5, 5, D("0.00")),
    ]
    three = places({1: 2, 2: 2, 3: 2}, [D("100.00")], least=1)
    assert [p.prize for p in three] == [D("33.33")] * 3  # never more than was promised
    assert places({}, prizes, least=1) == []


def test_what_a_few_more_would_bring():
    prizes = [D("300.00"), D("100.00")]
    figures = {1: 9, 2: 6, 3: 2}
    assert next_gain(figures, prizes, 1, 3) == Gain(4, D("50.00"))  # level with the second: half of 100
    assert next_gain(figures, prizes, 1, 2) == Gain(3, D("100.00"))  # level with the first: (300 + 100) / 2 - 100
    assert next_gain(figures, prizes, 1, 1) is None
    assert next_gain({}, prizes, 5, 7) == Gain(5, D("300.00"))  # nobody yet: the least is enough


def test_the_file_says_the_same_each_time_and_a_change_is_found():
    row = dict.fromkeys(COLUMNS, "x") | {"payee": "=cmd()", "gross": D("12.50")}
    content = csv_of([row])
    assert content.splitlines()[0].startswith("month,person,payee")
    assert "'=cmd()" in content
    manifest = manifest_of(name="pay-2026-11.csv", content=content, facts={"month": "2026-11"})
    assert hash_of(content) in manifest
    signature, key = sign(manifest)
    assert sign(manifest) == (signature, key)  # the same whenever it is made
    assert is_signed(manifest, signature, key)
    assert not is_signed(manifest.replace("2026-11", "2026-12"), signature, key)
    assert pem_of(key).startswith("-----BEGIN PUBLIC KEY-----")
