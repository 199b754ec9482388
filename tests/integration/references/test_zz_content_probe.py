import re
import pytest
from tests.factories.references import AccountFactory, ContactFactory
pytestmark = pytest.mark.django_db
def test_probe(clients, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.rep), person__email="sara@aurora.example")
    page = clients["marketer"].get(f"/contacts/{contact.public_id}/release/").content.decode()
    until = re.search(r'name="until" value="([^"]*)"', page)[1]
    template = re.findall(r'<option value="([^"]*)"( selected)?>Release', page)
    key = re.search(r'name="submit_key" value="([^"]*)"', page)[1]
    answer = clients["marketer"].post(f"/contacts/{contact.public_id}/release/", {"scopes": ["quote", "name"], "audience": "2", "territory": "", "until": until, "template": template[0][0], "message": "", "submit_key": key})
    print("PROBE", until, template, answer.status_code, re.findall(r'invalid-feedback[^>]*>(.*?)<', answer.content.decode(), re.S)[:5], re.findall(r'rp-errors.*?</div>', answer.content.decode(), re.S)[:1])
    assert answer.status_code == 302
