"""A masked customer's name, its people and their addresses reach no page, export, search or API answer of an outsider.

The walk is made of what exists: each link and each fragment that a page of theirs offers, each address of a row that
has to do with the customer, each list and each row of the API. A page that is added tomorrow is walked tomorrow.
"""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.selectors import hidden_from, visible_to
from references.assignment import services as assignment
from references.goodwill import services as goodwill
from references.merging import services as merging
from refprogram.kernel.models import Noun
from refprogram.notices.models import Notice
from tests.factories import batches
from tests.factories.content import approved, board, story
from tests.factories.coverage import plan_of
from tests.factories.gifts import delivered_gift
from tests.factories.nominations import NominationFactory
from tests.factories.profiles import correction_of, from_crm, outcome_of, participation_of
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, speaker
from tests.factories.requests import in_review, invited, owned_speaker, request_of
from tests.factories.surveys import answered

pytestmark = pytest.mark.django_db
NAME, PERSON, HOUSE = "Zyxquartz Bancorp", "Ottilie Vandersnatch", "zyxquartz.example"
TWIN = "Zyxquartz Holding Twin"
SAID = (NAME, PERSON, HOUSE, TWIN)
MOST_PAGES = 600
FILE = re.compile(r"^/(static|media|files|__|auth|support|admin)")


def speaks(**account):
    """Return a platinum reference that somebody of team north looks after, and its speaker."""
    facts = {"name": NAME, "tier": "platinum", "city": "Zyxtown", "industry": "Banking", "employees": 9000, **account}
    account = AccountFactory(**facts)
    contact = ContactFactory(account=account, person__name=PERSON, person__email=f"ottilie{account.pk}@{HOUSE}")
    return speaker(contact, ("call", "quote", "rfp"))


@pytest.fixture
def scene(cast, drain):
    """A masked customer with something in every room, and an outsider whose work touches it wherever it can."""
    contact, outside, program = speaks(owner=cast.rep), cast.other_team_rep, cast.marketer
    account, today = contact.account, timezone.localdate()
    days = {"starts_on": today + dt.timedelta(days=60), "ends_on": today + dt.timedelta(days=61)}
    for team in ("pr", "events"):
        goodwill.reserve(account=account, contact=contact, purpose="Launch", team=team, actor=cast.rep, **days)
        days = {name: day + dt.timedelta(days=40) for name, day in days.items()}
    outcome_of(cast.rep, account=account, contact=contact)
    correction_of(cast.rep, account=from_crm(account))
    participation_of(contact)
    story(cast.rep, contact, title="A story of theirs")
    shown = approved(cast.rep, contact, title="A story that all may read")
    board(outside, shown)
    answered(program, contact, 9)
    plan_of(program, account=AccountFactory(name=TWIN + " to win", tier="platinum", owner=cast.rep), owner=cast.rep)
    delivered_gift(40, receiver=contact.person, account_id=account.pk, requested_by=cast.rep)
    NominationFactory(nominator=cast.rep, account=AccountFactory(name=TWIN, tier="platinum", owner=cast.rep))
    twin = AccountFactory(name=TWIN + " that was", tier="platinum")
    merging.merge_accounts(kept=account, merged=twin, actor=program)
    # What the outsider asks for comes to them, and is asked of them on behalf of them.
    in_review(request_of(outside, purpose="Before"), contact)
    invited(in_review(request_of(outside, purpose="During"), speaks(name=TWIN + " asked", owner=cast.rep)))
    need = request_of(cast.rep, purpose="For a masked prospect", opportunity=OpportunityFactory(account=account,
                      owner=cast.rep, name=""))  # fmt: skip
    in_review(need, owned_speaker(outside))
    batch = batches.batch_of(outside)
    batches.asked(batch, speaks(name=TWIN + " in a tender", owner=cast.rep))
    request_of(outside, purpose="For the night")
    assignment.make(user=None)
    accounts.freeze(account=account, kind="legal", actor=cast.rep)
    drain()
    return account


def test_the_name_is_on_no_page_of_an_outsider(scene, cast, clients):
    assert hidden_from(cast.other_team_rep).filter(pk=scene.pk).exists()
    assert not visible_to(cast.other_team_rep).filter(pk=scene.pk).exists()
    seen = walk(clients["other_team_rep"], ["/", *pages_of(scene), *searches()])
    assert leaks(seen) == {}
    assert len(seen) > 150
    assert any("A story that all may read" in text for text in seen.values())


def test_no_mail_and_no_notice_names_it_to_an_outsider(scene, cast, mailoutbox):
    outside = cast.other_team_rep
    mails = {mail.subject: f"{mail.subject} {mail.body}" for mail in mailoutbox if outside.email in " ".join(mail.to)}
    notices = dict(Notice.objects.filter(person=outside.person).values_list("pk", "text"))
    assert leaks(mails) == leaks(notices) == {}
    assert mails
    assert notices


def test_the_walk_would_have_found_it(scene, clients):
    assert len(leaks(walk(clients["rep"], ["/", *pages_of(scene)], most=60))) > 3


def test_the_name_is_in_no_answer_of_the_api(scene, api):
    client = api["other_team_rep"]
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    gets = [path for path, verbs in paths.items() if "get" in verbs and "openapi" not in path]
    seen = {}
    for path in gets:
        if "{" not in path:
            for query in ("", "?format=csv", "?q=Zyxquartz"):
                seen[path + query] = text(client.get(path + query))
        else:
            for key in keys_of(path):
                seen[path, key] = text(client.get(re.sub(r"\{[^}]+\}", key, path, count=1)))
    assert leaks(seen, but={f"{path}?q=Zyxquartz": "Zyxquartz" for path in gets}) == {}
    assert len(seen) > 300
    assert NAME in text(api["rep"].get("/api/v1/accounts"))


# ---------------------------------------------------------------- the walk


def walk(client, start, most=MOST_PAGES):
    """Return the text of every page that can be reached by links and fragments, and of the exports of lists."""
    waiting, seen, shapes = list(start), {}, {}
    while waiting and len(seen) < most:
        url = waiting.pop(0)
        if url in seen:
            continue
        answer = client.get(url)
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        seen[url] = text(answer)
        if "html" not in answer.get("Content-Type", ""):
            continue
        for found in re.findall(r'(?:href|hx-get|data-url|src)="(/[^"#]*)', seen[url]):
            link = found.replace("&amp;", "&")
            # Of pages that differ in their filters alone, a few are enough: they are made by one statement.
            shape = re.sub(r"=[^&]*", "", link)
            shapes[shape] = shapes.get(shape, 0) + 1
            if not FILE.match(link) and shapes[shape] <= 2:
                waiting.append(link)
    return seen


def pages_of(account):
    """Return every address of a row that has to do with the customer: its own page, and what lies under it."""
    routes = ["/" + str(route) for route in patterns(get_resolver())]
    found = []
    for row in rows_of(account):
        here = urlsplit(row.get_absolute_url()).path
        found.append(here)
        if row.public_id in here:
            before = here.split(row.public_id)[0]
            under = [route for route in routes if re.match(re.escape(before) + r"<[^>]+>", route)]
            found += [re.sub(r"<[^>]+>", row.public_id, route, count=1) for route in under if route.count("<") == 1]
    return sorted(set(found))


def rows_of(account):
    """Return a few rows of every noun: those of the customer where the noun has one."""
    for model in apps.get_models():
        if issubclass(model, Noun) and hasattr(model, "get_absolute_url"):
            names = {field.name for field in model._meta.get_fields()}
            rows = model._default_manager.order_by("-pk")
            if model is type(account):
                yield account
            elif "account" in names:
                yield from list(rows.filter(account=account)[:3]) + list(rows[:3])
            else:
                yield from rows[:3]


ALSO_CALLED = {
    "storie": "asset", "opportunitie": "opportunity", "batche": "requestbatch", "gift": "fulfilment",
    "program": "linkedprogram", "request": "referencerequest", "surveie": "survey", "people": "person",
}  # fmt: skip
WHERE_IT_COULD_STAND = ("account", "contact", "candidate", "batchname", "asset", "board")


def keys_of(path):
    """Return what stands for the first placeholder of an address of the API: ids of rows of the noun it names."""
    noun = path.split("/{")[0].rpartition("/")[2].removesuffix("s").replace("-", "")
    models = {model.__name__.lower(): model for model in apps.get_models() if issubclass(model, Noun)}
    noun = ALSO_CALLED.get(noun, noun)
    named = [models[noun]] if noun in models else [models[name] for name in WHERE_IT_COULD_STAND]
    most = 4 if noun in models else 1
    return [key for model in named for key in newest(model, most)]


def newest(model, most):
    return model._default_manager.order_by("-pk").values_list("public_id", flat=True)[:most]


def searches():
    return [
        "/search/?q=Zyxquartz", "/search/?q=Ottilie", "/accounts/options/?q=Zyxquartz", "/library/?q=Zyxquartz",
        "/accounts/similar/?name=Zyxquartz+Bancorp", "/accounts/?q=Zyxquartz&format=csv", "/contacts/?q=Ottilie",
    ]  # fmt: skip


def leaks(seen, but=None):
    """Return where one of the names stands, with the words around it."""
    found = {}
    for url, body in seen.items():
        for said in SAID:
            place = body.find(said)
            if place >= 0:
                found[url] = body[max(0, place - 80) : place + 60]
    return found


def text(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry, route)
        else:
            yield route
