"""Coming into the judging room as a judge does: by link; and what its scoring page sends."""

import re

from django.test import Client

from awards.judging.services.doors import door_address

OUTSIDE = re.compile(r"https?://[^/]+")


def path_of(url):
    return OUTSIDE.sub("", url)


def come_in(judge, client=None):
    """Return the browser of a judge who came by link."""
    browser = client or Client()
    browser.post(path_of(door_address(judge)))
    return browser


def form_of(room, level=4, **more):
    """Return what the scoring page sends."""
    return {
        **{f"c-{one.public_id}": str(level) for one in room.criteria},
        "comment": "Proved.", "revision": "0", "tab": "t", "seconds": "30", **more,
    }  # fmt: skip


def score_url(work):
    return f"/judging/work/{work.public_id}/"
