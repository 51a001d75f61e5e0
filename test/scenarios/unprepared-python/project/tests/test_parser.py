import pytest

from csvkit.parser import parse


# @verifies CSV-QUOTED
@pytest.mark.parametrize("line, fields", [('"a,b",c', ["a,b", "c"]), ('a,"b,,"', ["a", "b,,"])])
def test_keeps_commas(line, fields):
    assert parse(line) == fields


class TestQuotes:
    # @verifies CSV-QUOTED-DOUBLE
    def test_doubled(self):
        assert parse('"say ""hi"""') == ['say "hi"']


# @verifies CSV-OPEN
@pytest.mark.xfail(reason="not strict yet")
def test_unterminated():
    with pytest.raises(ValueError, match="line 1"):
        parse('"open')
