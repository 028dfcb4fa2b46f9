"""Views and axes of the drawn timeline, for any days."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.drawings import firsts, snapped_views, some_views
from timeline import edtf
from timeline.drawing import view as views
from timeline.drawing.axis import Axis, Step, parts, step_for
from timeline.drawing.drawing import MOST_BINS
from timeline.drawing.labels import MOST_TICKS, ticks_of
from timeline.drawing.view import FAR, LEAST_DAYS, MONTHS_FROM, YEARS_FROM, View, Whole
from timeline.edtf.ordinals import day_at

ROOT = Path(__file__).parent.parent
SCRIPT = (ROOT / "static/js/timeline.js").read_text()


# Views


@given(snapped_views)
def test_a_view_is_written_as_a_date_and_read_again(one: View) -> None:
    assert View.read(str(one)) == one
    edtf.parse(str(one))


@pytest.mark.parametrize(
    ("text", "first", "last", "written"),
    [
        ("1948", 19480101, 19481231, "1948"),
        ("1948/1953", 19480101, 19531231, "1948/1953"),
        ("1948-10", 19481001, 19481031, "1948-10"),
        ("1948-10/1949-02", 19481001, 19490228, "1948-10/1949-02"),
        ("1948-10-15/1948-11-15", 19481015, 19481115, "1948-10-15/1948-11-15"),
        ("1948-10-15", 19481015, 19481024, "1948-10-15/1948-10-24"),
        ("0000/0003", 101, 31231, "0000/0003"),
        ("-0003/0003", -29899, 31231, "-0003/0003"),
        ("Y-10000/9999", -99999899, 99991231, "Y-10000/9999"),
        ("Y-300000000/2013", -2999999999899, 20131231, "Y-300000000/2013"),
    ],
)
def test_what_an_address_gives_is_a_view(text: str, first: int, last: int, written: str) -> None:
    read = View.read(text)
    assert read.bounds == (first, last)
    assert View.read(str(read)) == read
    assert str(read) == written


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "..",
            "/",
            "../..",
            "1948/..",
            "../1948",
            "1948/",
            "/1948",
            "VIEW",
            "1948/1950/1952",
        ),
        *("1948?", "1948~", "1948%", "1948?/1950", "1948/1950~", "1948-?10", "194X", "19XX/2000"),
        *("1948-XX", "1948-21", "[1948..1950]", "[1948]", "{1948,1950}", "1950S2", "Y17000S2"),
        *(
            "1950/1948",
            "1948-13",
            "1948-02-30",
            "48",
            "<script>",
            "1948\x00",
            "１９４８",
            "1" * 5_000,
        ),
        *(f"Y{FAR + 2}", f"Y-{FAR + 2}", f"1948/Y{FAR + 2}", "Y9E99", f"Y1E{'9' * 30}"),
    ],
)
def test_what_is_no_stretch_of_plain_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no plain date|out of reach|“"):
        View.read(text)


@given(some_views)
def test_a_view_snaps_outwards_and_only_once(one: View) -> None:
    snapped = one.snapped()
    assert snapped.first <= one.first
    assert snapped.behind >= one.behind
    assert snapped.days >= LEAST_DAYS
    assert snapped.snapped() == snapped
    if snapped.days >= YEARS_FROM + 731:
        assert snapped.whole is Whole.YEARS
    elif snapped.days >= MONTHS_FROM:
        assert snapped.whole in (Whole.YEARS, Whole.MONTHS)


@given(snapped_views, st.sampled_from((-1.0, -0.5, 0.5, 1.0)))
def test_a_moved_view_is_as_long_and_as_whole(one: View, share: float) -> None:
    moved = one.moved(share)
    assume(moved.far == one.far)
    assert (moved.first > one.first) == (share > 0)
    assert moved.snapped() == moved or moved.whole is Whole.MONTHS  # February is short
    if one.whole is Whole.YEARS:
        first, last = one.years
        other, end = moved.years
        assert (end - other, moved.whole) == (last - first, Whole.YEARS)
    if one.whole is Whole.MONTHS:
        assert moved.whole in (Whole.MONTHS, Whole.YEARS)
        assert _in_months(moved) == _in_months(one)
    assert View.read(str(moved)).first == moved.first


def _in_months(one: View) -> int:
    (year, month, _d), (last, end, _e) = map(edtf.from_int, one.bounds)
    return (last - year) * 12 + end - month + 1


@given(snapped_views)
def test_zooming_in_ends_at_the_shortest_view_and_out_at_the_longest(one: View) -> None:
    middle = one.first + one.days / 2
    closer = one
    for _ in range(70):
        assert LEAST_DAYS <= closer.zoomed(2).days <= closer.days
        assert closer.zoomed(2).days < closer.days or closer.days == LEAST_DAYS or closer.far
        closer = closer.zoomed(2)
        assert closer.snapped() == closer
    assert closer.days <= 3 * 366 if closer.far else closer.days == LEAST_DAYS
    for _ in range(40):
        assert closer.zoomed(0.5).days > closer.days
        closer = closer.zoomed(0.5)
    assert abs(closer.first + closer.days / 2 - middle) < closer.days


def test_hundreds_of_steps_end_at_addresses_that_are_read_again() -> None:
    one = View.read("1948/1953")
    for number in range(600):
        one = one.zoomed(0.5) if number % 50 == 7 else one.moved(-0.5 if number % 3 else 0.5)
        assert View.read(str(one)) == one


# Axes


@given(snapped_views, st.lists(firsts, min_size=2, max_size=6))
def test_days_lie_on_the_axis_in_their_order(one: View, numbers: list[int]) -> None:
    axis = Axis(one)
    assert (axis.at(one.bounds[0]), axis.behind(one.bounds[1])) == (0, 100)
    inner = [one.first + abs(number) % one.days for number in numbers]
    for days in (sorted(numbers), sorted(inner)):
        places = [(axis.at(day), axis.behind(day)) for day in map(day_at, days)]
        assert all(0 <= at <= behind <= 100 for at, behind in places)
        assert all(a <= c and b <= d for (a, b), (c, d) in pairwise(places))
    assert axis.at(edtf.FIRST_DAY) == 0
    assert axis.behind(edtf.LAST_DAY) == 100


@pytest.mark.parametrize("most", [MOST_TICKS, MOST_BINS])
@given(one=snapped_views)
def test_parts_cover_the_view_without_gap_or_overlap(most: int, one: View) -> None:
    step = step_for(one, most)
    pieces = parts(one, step)
    assert pieces[0].first <= one.first < pieces[0].behind
    assert pieces[-1].first < one.behind <= pieces[-1].behind
    assert all(before.behind == after.first for before, after in pairwise(pieces))
    assert len(pieces) <= most + 2 + most // 5  # days begin anew with each month
    for piece in pieces:
        assert _is_as_long_as(piece, step)
        edtf.parse(str(piece))  # it can be written


def _is_as_long_as(piece: View, step: Step) -> bool:
    if step.unit is Whole.YEARS:
        first, last = piece.years
        return (
            piece.whole is Whole.YEARS
            and first % step.number == 0
            and last == first + step.number - 1
        )
    if step.unit is Whole.MONTHS:
        month = edtf.from_int(piece.bounds[0])[1]
        return _in_months(piece) == step.number and (month - 1) % step.number == 0
    year, month, day = edtf.from_int(piece.bounds[0])
    last = edtf.from_int(piece.bounds[1])[2] == edtf.days_in_month(year, month)
    return (day - 1) % step.number == 0 and (
        piece.days == step.number or (last and 0 < piece.days <= step.number + 1)
    )


def test_far_years_are_told_by_whole_years_only() -> None:
    for text in ("Y10000", "Y-30000000", "9999-12-25/Y10000"):
        one = View.read(text)
        assert one.whole is Whole.YEARS
        for most in (MOST_TICKS, MOST_BINS):
            assert step_for(one, most) == Step(1, Whole.YEARS)


@given(snapped_views)
def test_a_smaller_step_would_make_too_many_parts(one: View) -> None:
    steps = [step_for(one, most) for most in (100, MOST_BINS, MOST_TICKS, 4)]
    assert all(a.days <= b.days for a, b in pairwise(steps))
    assert (
        one.days / step_for(one, MOST_BINS).days > MOST_BINS / 8 or one.far or one.days <= MOST_BINS
    )


@given(snapped_views)
def test_the_labels_of_an_axis_tell_its_parts_apart(one: View) -> None:
    ticks = ticks_of(Axis(one))
    assert sum(tick.width for tick in ticks) == pytest.approx(100, abs=0.1)
    assert any(tick.label for tick in ticks)
    above, said = "", []
    for tick in ticks:
        above = tick.above or above
        if tick.label:
            said.append((above, tick.label))
    assert len(set(said)) == len(said)


# What script has to know


@pytest.mark.parametrize("name", ["LEAST_DAYS", "MONTHS_FROM", "YEARS_FROM"])
def test_the_script_snaps_where_the_server_does(name: str) -> None:
    (value,) = re.findall(rf"const {name} = (\d+);", SCRIPT)
    assert int(value) == getattr(views, name)


def test_the_script_asks_for_nothing_that_is_out_of_reach() -> None:
    (far,) = re.findall(r"const FAR = ([\de]+);", SCRIPT)
    assert float(far) < FAR
