"""Every URL and API operation has its row in the matrix, and every row a URL."""

from tests.integration import surface


def test_no_url_without_a_row():
    rows = surface.matrix()
    assert [name for name in surface.url_names() if not surface.covered(name, rows)] == []


def test_no_operation_without_a_row():
    rows = surface.matrix()
    assert [name for name in surface.operations() if not surface.covered(f"api:{name}", rows)] == []


def test_no_row_without_a_url():
    names = {*surface.url_names(), *(f"api:{name}" for name in surface.operations())}
    rows = [surface.target(key) for key in surface.matrix() if "*" not in key]
    assert sorted(set(rows) - names) == []
