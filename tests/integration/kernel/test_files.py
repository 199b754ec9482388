"""Files over the web: sent ahead, shown with a form, handed out, and over the API."""

import io

import pytest
from PIL import Image

from references.accounts.models import Consent
from refprogram.kernel.files import addresses, services
from refprogram.kernel.models import StoredFile
from tests import hostile
from tests.factories.references import ContactFactory, speaker

pytestmark = pytest.mark.django_db

PURPOSE = "consent_evidence"


def ticket(user):
    return addresses.ticket(purpose=PURPOSE, user=user)


def kept(user, name="letter.txt", data=b"We agree."):
    return services.store(upload=hostile.upload(name, data), purpose=PURPOSE, user=user)


def consent_form(**more):
    return {"activities": ["call"], "wording": "Yes, by letter.", "given_on": "2026-01-05", **more}


# ---------------------------------------------------------------- sent ahead


def test_a_file_is_sent_ahead(clients, rep):
    answer = clients["rep"].post(ticket(rep), {"file": hostile.upload("a.jpg", hostile.picture())})

    assert answer.status_code == 201
    assert answer.json()["id"] == StoredFile.objects.get(uploaded_by=rep).public_id


def test_the_ticket_is_for_its_own_user(clients, rep):
    answer = clients["marketer"].post(ticket(rep), {"file": hostile.upload("a.txt", b"x")})

    assert answer.status_code == 410
    assert not StoredFile.objects.exists()


def test_a_person_behind_a_signed_link_sends_a_file_too(clients):
    answer = clients["anonymous"].post(
        addresses.ticket(purpose=PURPOSE, person_id=77), {"file": hostile.upload("a.txt", b"x")}
    )

    assert answer.status_code == 201
    assert StoredFile.objects.get().person_id == 77


def test_a_refusal_is_a_sentence(clients, rep):
    answer = clients["rep"].post(ticket(rep), {"file": hostile.upload("a.pdf", hostile.EXE)})

    assert answer.status_code == 422
    assert "not a PDF" in answer.json()["error"]
    assert clients["rep"].post(ticket(rep)).status_code == 422


# ---------------------------------------------------------------- handed out


def test_a_picture_is_shown_and_a_letter_is_downloaded(clients, rep):
    picture, letter = kept(rep, "a.jpg", hostile.picture_with_place()), kept(rep, "Grüße.txt")

    shown = clients["rep"].get(addresses.address(picture, viewer=rep))
    saved = clients["rep"].get(addresses.address(letter, viewer=rep))

    assert Image.open(io.BytesIO(shown.getvalue())).size == (40, 30)
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Type"] == "text/plain; charset=utf-8"
    for response in (shown, saved):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in response["Cache-Control"]


def test_an_address_is_worth_nothing_to_others(clients, rep):
    here = addresses.address(kept(rep), viewer=rep)

    assert clients["marketer"].get(here).status_code == 404
    assert clients["anonymous"].get(here).url.startswith("/auth/login/")


def test_what_is_in_quarantine_or_removed_is_not_handed_out(clients, rep, settings):
    settings.ANTIVIRUS = "some.scanner"
    waiting = kept(rep)
    settings.ANTIVIRUS = ""
    removed = services.remove(file=kept(rep))

    assert clients["rep"].get(addresses.address(waiting, viewer=rep)).status_code == 409
    assert clients["rep"].get(addresses.address(removed, viewer=rep)).status_code == 409


def test_behind_a_signed_link_the_address_is_for_who_holds_it(clients, rep):
    assert clients["anonymous"].get(addresses.address(kept(rep), viewer=None)).status_code == 200


# ---------------------------------------------------------------- in a form: the release of a consent


def test_the_signed_release_comes_with_the_form(clients, rep):
    contact = ContactFactory(account__owner=rep)

    page = f"{contact.get_absolute_url()}consent/"
    answer = clients["rep"].post(page, consent_form(evidence=hostile.upload("release.pdf", hostile.pdf())))

    assert answer.status_code == 302
    file = StoredFile.objects.get()
    assert (file.subject_type, file.subject_id) == ("consent", Consent.objects.get(contact=contact).pk)
    shown = clients["rep"].get(contact.get_absolute_url()).text
    assert "release.pdf" in shown
    assert file.sha256 in shown


def test_the_release_sent_ahead_survives_an_error_in_the_form(clients, rep):
    contact = ContactFactory(account__owner=rep)
    file = kept(rep, "release.txt")
    page = f"{contact.get_absolute_url()}consent/"

    broken = clients["rep"].post(page, consent_form(wording="", **{"evidence-kept": file.public_id}))
    assert broken.status_code == 422
    assert f'value="{file.public_id}"' in broken.text
    assert "release.txt" in broken.text

    assert clients["rep"].post(page, consent_form(**{"evidence-kept": file.public_id})).status_code == 302
    file.refresh_from_db()
    assert file.subject_id is not None


def test_a_file_that_is_refused_is_said_beside_its_field(clients, rep):
    contact = ContactFactory(account__owner=rep)

    answer = clients["rep"].post(
        f"{contact.get_absolute_url()}consent/", consent_form(evidence=hostile.upload("release.pdf", hostile.HTML))
    )

    assert answer.status_code == 422
    assert "not a PDF" in answer.text
    assert "Yes, by letter." in answer.text
    assert not Consent.objects.exists()


def test_somebody_elses_upload_cannot_be_used(clients, rep, marketer):
    contact = ContactFactory(account__owner=rep)

    answer = clients["rep"].post(
        f"{contact.get_absolute_url()}consent/", consent_form(**{"evidence-kept": kept(marketer).public_id})
    )

    assert answer.status_code == 422


def test_the_release_is_not_for_everyone(clients, rep):
    contact = speaker(owner=rep)
    services.attach(file=kept(rep, "release.txt"), subject=contact.consents.get())

    assert "release.txt" in clients["legal"].get(contact.get_absolute_url()).text
    assert "release.txt" not in clients["other_team_rep"].get(contact.get_absolute_url()).text


def test_the_page_costs_one_statement_for_all_releases(clients, rep, budget):
    contact = speaker(owner=rep)
    services.attach(file=kept(rep), subject=contact.consents.get())
    clients["rep"].get(contact.get_absolute_url())

    with budget("references:contact with a release"):
        clients["rep"].get(contact.get_absolute_url())


# ---------------------------------------------------------------- API


def test_a_release_over_the_api(api, rep):
    contact = ContactFactory(account__owner=rep)
    sent = api["rep"].post("/api/v1/files", {"file": hostile.upload("r.jpg", hostile.picture()), "purpose": PURPOSE})
    file = sent.json()
    assert (sent.status_code, file["state"], file["media_type"]) == (201, "clean", "image/jpeg")

    body = {"contact": contact.public_id, "activities": ["call"], "wording": "Yes.", "evidence": file["id"]}
    made = api["rep"].post("/api/v1/consents", body, content_type="application/json")
    again = api["rep"].post("/api/v1/consents", body, content_type="application/json")

    assert made.status_code == 201
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "evidence")
    content = api["legal"].get(f"/api/v1/files/{file['id']}/content")
    assert content.getvalue()[:3] == b"\xff\xd8\xff"
    assert api["support"].get(f"/api/v1/files/{file['id']}").status_code == 404


def test_whoever_may_not_use_a_file_sends_none(api, rep):
    send = {"purpose": PURPOSE}
    nobodys = api["rep"].post("/api/v1/files", {"file": hostile.upload("x.txt", b"x"), **send})
    proof = api["rep"].post("/api/v1/files", {"file": hostile.upload("x.txt", b"x"), "purpose": "gift_proof"})
    ContactFactory(account__csm=rep)
    own = api["rep"].post("/api/v1/files", {"file": hostile.upload("x.txt", b"x"), **send})

    assert [answer.status_code for answer in (nobodys, proof, own)] == [403, 403, 201]
    assert StoredFile.objects.count() == 1


def test_what_no_body_names_is_not_sent_ahead(api):
    answer = api["marketer"].post("/api/v1/files", {"file": hostile.upload("x.csv", b"x"), "purpose": "answer"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "purpose")


def test_a_hostile_upload_over_the_api_is_a_problem_by_field(api):
    answer = api["marketer"].post("/api/v1/files", {"file": hostile.upload("x.svg", hostile.SVG), "purpose": PURPOSE})
    unknown = api["marketer"].post("/api/v1/files", {"file": hostile.upload("x.txt", b"x"), "purpose": "elsewhere"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "purpose")
