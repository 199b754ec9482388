"""Coming in: password, code, single sign-on; who may not; how often one may try."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.adapter import get_adapter as social_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from refprogram.people.models import ApiToken, User
from tests.factories.people import UserFactory

PASSWORD = "a long enough phrase"


@pytest.fixture
def colleague(db):
    user = UserFactory(email="rhea@house.example", name="Rhea Rep")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, email="rhea@house.example"):
    return client.post("/auth/login/", {"login": email, "password": password})


def is_in(client):
    return "_auth_user_id" in client.session


def test_by_password(client, colleague):
    assert sign_in(client).url == "/"
    assert is_in(client)


def test_by_password_while_the_cache_sleeps(client, colleague, settings, tmp_path):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"unix://{tmp_path}/nobody?db=0"}}
    assert sign_in(client).url == "/"
    assert client.get("/settings/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, colleague):
    wrong = sign_in(client, password="something else")
    unknown = sign_in(client, email="nobody@house.example")
    assert "do not go together" in wrong.text
    assert "do not go together" in unknown.text
    assert not is_in(client)


def test_by_code(client, colleague, mailoutbox, drain):
    assert "a short code" in client.get("/auth/login/code/").text  # of how many characters says the mail
    client.post("/auth/login/code/", {"email": "rhea@house.example"})
    assert mailoutbox == []  # the worker sends it: nobody waits for a mail server
    drain()
    (mail,) = mailoutbox
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", mail.subject)[0]
    assert code in mail.body
    assert code in mail.alternatives[0][0]
    client.post("/auth/login/code/confirm/", {"code": code})
    assert is_in(client)


def test_by_password_and_the_app_on_the_phone(client, colleague):
    totp.TOTP.activate(colleague, secret := "JBSWY3DPEHPK3PXP")
    page = client.post("/auth/login/", {"login": colleague.email, "password": PASSWORD}, follow=True)
    assert not is_in(client)
    assert "Second step" in page.text
    assert "Use a security key" not in page.text  # they have none
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client.post("/auth/2fa/authenticate/", {"code": code})
    assert is_in(client)


def test_a_forgotten_password(client, colleague, mailoutbox, drain):
    client.post("/auth/password/reset/", {"email": "rhea@house.example"})
    drain()
    (mail,) = mailoutbox
    link = re.search(r"http://testserver(/auth/\S+)", mail.body)[1]
    assert link in mail.alternatives[0][0]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another long phrase", "password2": "another long phrase"})
    sign_in(client, password="another long phrase")
    assert is_in(client)


def test_a_stranger_gets_no_mail(client, db, mailoutbox, drain):
    client.post("/auth/password/reset/", {"email": "me@evil.example"})
    client.post("/auth/login/code/", {"email": "me@evil.example"})
    drain()
    assert mailoutbox == []


@pytest.mark.parametrize("way", ["password", "code"])
def test_who_has_no_access_does_not_come_in(client, colleague, mailoutbox, drain, way):
    colleague.is_active = False
    colleague.save()
    if way == "password":
        sign_in(client)
    else:
        client.post("/auth/login/code/", {"email": "rhea@house.example"})
        drain()
        assert not any("code" in mail.subject.lower() for mail in mailoutbox)
    assert not is_in(client)


def test_nobody_signs_up(client, db):
    page = client.post("/auth/signup/", {"email": "me@evil.example", "password1": PASSWORD})
    assert page.status_code == 200
    assert not User.objects.exists()


def test_guessing_is_slowed_down(client, colleague):
    for _ in range(6):
        answer = sign_in(client, password="guess")
    assert "Too many" in answer.text
    sign_in(client)
    assert not is_in(client)


def test_demo_sign_ins_are_those_that_exist(client, db, settings):
    settings.DEMO = True
    UserFactory(email="marketer@demo.example", role="marketer", name="Mona Marlow")
    UserFactory(email="admin@demo.example", role="admin", is_active=False)
    page = client.get("/auth/login/").text
    assert "marketer@demo.example" in page
    assert "admin@demo.example" not in page
    settings.DEMO = False
    assert "demo.example" not in client.get("/auth/login/").text


# ---------------------------------------------------------------- single sign-on


def login_with(email, *, verified=True):
    """What the identity provider says, looked up as allauth does on its way back."""
    return SocialLogin(
        user=User(email=email),
        account=SocialAccount(provider="oidc", uid="u-1"),
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
    )


@pytest.fixture
def request_of_nobody(db):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with context.request_context(request):
        yield request


def test_a_verified_address_is_the_user(colleague, request_of_nobody):
    assert social_adapter().authenticate_by_email(login_with("rhea@house.example"))[0] == colleague


def test_an_unverified_address_is_nobody(colleague, request_of_nobody):
    assert social_adapter().authenticate_by_email(login_with("rhea@house.example", verified=False)) is None


def test_an_unknown_address_is_not_let_in(request_of_nobody):
    login = login_with("me@evil.example")
    assert social_adapter().authenticate_by_email(login) is None
    assert not social_adapter().is_open_for_signup(request_of_nobody, login)


# ---------------------------------------------------------------- manage.py token


def test_the_command_prints_the_token_alone(colleague, capsys):
    call_command("token", "Rhea@house.example", "--name", "CRM", "--scope", "write")
    secret = capsys.readouterr().out.strip()
    token = ApiToken.objects.get()
    assert secret.startswith("rp_")
    assert (token.user, token.name, token.scope) == (colleague, "CRM", "write")


def test_the_command_says_who_is_missing(db):
    with pytest.raises(CommandError, match=r"nobody@house\.example"):
        call_command("token", "nobody@house.example", "--name", "CRM")
