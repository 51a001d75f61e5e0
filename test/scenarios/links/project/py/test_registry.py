"""Tests of the registry; see open_store() for the rest."""

LIMIT = 64


class TestAlias:
    def test_long_alias_is_rejected(self):
        # check_all(LIMIT) came later
        assert len("x" * 65) > LIMIT

    def test_empty_alias_is_rejected(self):
        assert len("") < LIMIT
