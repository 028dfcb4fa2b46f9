"""Any view and any date, for tests of drawings."""

from hypothesis import strategies as st

from timeline import edtf
from timeline.drawing.view import View
from timeline.edtf.ordinals import ordinal

firsts = st.one_of(
    st.integers(-800_000, 800_000),
    st.integers(ordinal(edtf.to_int(1900, 1, 1)), ordinal(edtf.to_int(1960, 1, 1))),
    st.integers(-(10**11), 10**11),
)
lengths = st.one_of(
    st.integers(1, 1_000), st.integers(1, 100_000), st.integers(1, 10_000_000), st.just(10**11)
)
some_views = st.builds(lambda first, days: View(first, first + days), firsts, lengths)
snapped_views = some_views.map(View.snapped)

YEARS = st.integers(-9_999, 9_999)
FOUR = YEARS.map(lambda year: f"{'-' if year < 0 else ''}{abs(year):04}")
PLAIN = st.one_of(
    FOUR,
    st.builds("{}-{:02}".format, FOUR, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, FOUR, st.integers(1, 12), st.integers(1, 28)),
)
UNCERTAIN = st.one_of(
    PLAIN,
    st.builds("{}{}".format, PLAIN, st.sampled_from("?~%")),
    st.sampled_from(
        (
            *("194X", "19XX", "-1XXX", "1948-XX", "1948-10-XX", "1948-21", "1950S2", "-0043-XX-15"),
            *("[1946..1949]", "[..2013]", "{1949,1951}", "[1950..]", "Y-17E7", "Y171010000S3"),
            *("Y30000000", "0000"),
        )
    ),
)
ENDS = st.one_of(PLAIN, st.builds("{}{}".format, PLAIN, st.sampled_from("?~%")), st.just("194X"))


def _interval(one: str, other: str) -> str:
    return f"{one}/{other}"


INTERVALS = st.builds(
    _interval, st.one_of(ENDS, st.sampled_from(("", ".."))), st.one_of(ENDS, st.just(".."))
)


def _reads(text: str) -> bool:
    try:
        edtf.parse(text)
    except edtf.EdtfError:
        return False
    return True


dates = st.one_of(UNCERTAIN, INTERVALS.filter(_reads), st.sampled_from(("../..", "/", "1953/")))
