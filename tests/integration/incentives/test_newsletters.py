"""The pages of newsletters and their API."""

import pytest

from incentives.newsletters import sending, services
from incentives.newsletters.models import Newsletter
from incentives.newsletters.views import NewsletterList
from tests.contracts import ListContract

pytestmark = pytest.mark.django_db


class TestNewsletters(ListContract):
    view = NewsletterList

    @staticmethod
    def make(count, cast):
        for n in range(count):
            services.draft_issue(title=f"Issue {n}", actor=cast.marketer)


def test_the_api_is_flat(budget, api, cast):
    make = lambda n: [services.draft_issue(title="Issue", actor=cast.marketer) for _ in range(n)]  # noqa: E731
    budget.flat("api:list_newsletters", make=make, visit=lambda: api["marketer"].get("/api/v1/newsletters"))


def test_an_issue_is_drafted_edited_previewed_sent_and_read(budget, clients, api, cast):
    clients["marketer"].post("/newsletters/new/", {"title": "November"})
    issue = Newsletter.objects.get()
    page = issue.get_absolute_url()
    words = {"title": "November", "body": "## Well done\n- <b>All</b> of you", "revision": 0}
    preview = clients["marketer"].post(f"{page}edit/", words, follow=True)
    assert "<h2>Well done</h2><ul><li>&lt;b&gt;All&lt;/b&gt; of you</li></ul>" in preview.text
    theirs = {"title": "December", "body": "## Well done\n- Rhea", "revision": 0}
    stale = clients["sales_head"].post(f"{page}edit/", theirs)  # written over by nobody, and nothing typed is lost
    assert stale.status_code == 409
    assert "Kept meanwhile: “November”" in stale.text
    assert "Kept meanwhile: “- &lt;b&gt;All&lt;/b&gt; of you”" in stale.text
    assert "- Rhea" in stale.text
    assert 'name="revision" value="1"' in stale.text
    assert clients["rep"].get(page).status_code == 404
    unread = clients["marketer"].post(f"{page}send/", {"revision": 0}, follow=True)
    assert "The newsletter was changed since you read it. Nothing was sent" in unread.text
    assert api["marketer"].post(
        f"/api/v1/newsletters/{issue.public_id}/send", {"revision": 0}, content_type="application/json"
    ).status_code == 409  # fmt: skip
    assert sending.send_all() == 0

    clients["marketer"].post(f"{page}send/", {"revision": 1})
    sending.send_all()

    with budget("incentives:newsletter"):
        assert "Well done" in clients["rep"].get(page).text
    issue.refresh_from_db()
    assert issue.opened == 1
    assert f"of {issue.told} copies" in clients["marketer"].get(page).text
