"""The stream as people read it: names at reading time, nothing the reader may not see, markup only of ours."""

import pytest

from refprogram.kernel import timeline, topics
from refprogram.kernel.labels import Label
from refprogram.kernel.models import Event
from refprogram.kernel.stream import Subject, emit
from refprogram.kernel.topics import Topic

pytestmark = pytest.mark.django_db
SELF = "tests.unit.kernel.test_timeline"
TOPICS = [
    Topic("thing.moved", "{actor} moved {subject} to {place}", fields=("place", "by"), refs={"by": "person"}),
    Topic("thing.hidden", "{actor} hid {subject}", visible=lambda viewer, event: viewer == "boss"),
    Topic("thing.judged", "{subject}: {word}", fields=("word",), words={"word": {"ok": "fine"}}),
]
asked: list[set[int]] = []


def things(ids, viewer):
    """Label things; number 9 was erased."""
    asked.append(set(ids))
    return {key: Label(f"<b>{key}", f"/things/{key}/") for key in ids if key != 9}


@pytest.fixture(autouse=True)
def _topics(settings):
    settings.EVENT_TOPICS = [f"{SELF}.TOPICS"]
    settings.EVENT_HANDLERS = {}
    settings.LABEL_RESOLVERS = {"thing": f"{SELF}.things"}
    topics.registry.cache_clear()
    asked.clear()
    yield
    topics.registry.cache_clear()


def read(viewer: str = "somebody") -> list[str]:
    return [str(entry.text) for entry in timeline.entries(Event.objects.order_by("id"), viewer)]


def test_a_sentence_names_things_with_their_links_and_escapes_them():
    emit("thing.moved", subject=Subject("thing", 1), payload={"place": "<script>"})

    assert read() == ['The program moved <a href="/things/1/">&lt;b&gt;1</a> to &lt;script&gt;']


def test_what_was_erased_is_someone():
    emit("thing.moved", subject=Subject("thing", 9), actor_id=4, payload={"place": "Rome"})

    assert read() == ["<b>someone</b> moved <b>someone</b> to Rome"]


def test_values_with_words_are_read_in_words():
    emit("thing.judged", subject=Subject("thing", 9), payload={"word": "ok"})

    assert read() == ["<b>someone</b>: fine"]


def test_what_the_reader_may_not_see_is_not_there():
    emit("thing.hidden", subject=Subject("thing", 1))

    assert read() == []
    assert len(read("boss")) == 1


def test_each_kind_of_thing_is_asked_for_once():
    for number in range(5):
        emit("thing.moved", subject=Subject("thing", number), payload={"place": "x"})

    read()

    assert asked == [{0, 1, 2, 3, 4}]
