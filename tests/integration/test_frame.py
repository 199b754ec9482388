"""The frame itself: clients, real worker, real browser."""


def test_cast(clients, cast):
    assert cast.north.manager == cast.manager
    assert clients["rep"].session["_auth_user_id"] == str(cast.rep.pk)
    assert clients["anonymous"].get("/people/").status_code == 302
