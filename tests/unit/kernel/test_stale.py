"""Who read older words is told field by field what is kept now."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from refprogram.kernel.stale import Stale, refuse_stale

ROW = SimpleNamespace(
    revision=7, title="November", body="Hello.\n\n- one\n- two", public=False, roles=["rep", "support"], late="x" * 900
)


def test_what_was_read_last_is_taken():
    refuse_stale(ROW, 7, "Somebody was faster.", {"title": "December"})
    refuse_stale(ROW, None, "Somebody was faster.", {"title": "December"})


def test_each_field_says_what_is_kept_otherwise():
    typed = {
        "title": " November ", "body": "Hello.\r\n\r\n- one", "public": True, "roles": ["support", "rep"], "late": "y",
    }  # fmt: skip

    with pytest.raises(Stale) as refused:
        refuse_stale(ROW, 6, "Somebody was faster.", typed)

    assert (refused.value.code, refused.value.status, refused.value.revision) == ("stale", 409, 7)
    said = refused.value.errors
    assert said.keys() == {NON_FIELD_ERRORS, "body", "public", "late"}
    assert said[NON_FIELD_ERRORS] == "Somebody was faster."
    assert "“- two”" in said["body"]
    assert "“no”" in said["public"]
    assert len(said["late"]) < 500
