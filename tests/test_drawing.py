"""The drawn time line as numbers: views, axes, shapes and rows, for any day and any date."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline import edtf
from timeline.drawing import view as views
from timeline.drawing.axis import Axis, Step, parts, step_for
from timeline.drawing.drawing import MOST_BINS, MOST_DRAWN
from timeline.drawing.labels import MOST_TICKS, ticks_of
from timeline.drawing.packing import GAP, LETTERS, ROOM, packed, shortened
from timeline.drawing.shapes import FAINT, NARROW, SURE, Shape, bounds_of, shape_of
from timeline.drawing.view import FAR, LEAST_DAYS, MONTHS_FROM, YEARS_FROM, View, Whole
from timeline.edtf.ordinals import day_at, ordinal

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "static/css/timeline.css").read_text()
SCRIPT = (ROOT / "static/js/timeline.js").read_text()

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


# Shapes


@given(dates, snapped_views)
def test_a_shape_is_drawn_within_the_axis_from_fading_in_to_fading_out(
    text: str, one: View
) -> None:
    date = edtf.parse(text)
    assume(edtf.possibly_in(date, one.window))
    shape = shape_of(text, Axis(one))
    assert 0 <= shape.start <= shape.end <= 100
    if shape.point is not None:
        assert shape.start <= shape.point <= shape.end
    else:
        assert shape.width > 0  # what is there can be seen


@given(dates, snapped_views)
def test_what_is_certain_is_solid_and_nothing_else(text: str, one: View) -> None:
    assume(edtf.possibly_in(edtf.parse(text), one.window))
    axis, known = Axis(one), bounds_of(text)
    shape = shape_of(text, axis)
    if shape.point is not None or not known.lasting:
        return
    solid = [one for one in shape.segments if one.sure]
    if known.latest_start <= known.earliest_end:
        start, end = axis.at(known.latest_start), axis.behind(known.earliest_end)
        assert [one.at for one in solid] == ([start] if start < end else [])
        assert sum(one.width for one in solid) == pytest.approx(end - start, abs=0.002)
    else:
        assert not solid


@given(dates, snapped_views)
def test_the_segments_of_a_bar_are_the_bar(text: str, one: View) -> None:
    assume(edtf.possibly_in(edtf.parse(text), one.window))
    shape = shape_of(text, Axis(one))
    if shape.point is not None or shape.somewhere:
        assert not shape.segments
        return
    at = shape.start
    for segment in shape.segments:
        assert segment.at == pytest.approx(at, abs=0.002)
        assert (
            FAINT <= min(segment.begins, segment.ends) <= max(segment.begins, segment.ends) <= SURE
        )
        at = segment.at + segment.width
    assert at == pytest.approx(shape.end, abs=0.002)


def test_a_fade_is_a_matter_of_time_and_not_of_what_is_in_view() -> None:
    within = shape_of("1600/16XX", Axis(View.of_years(1600, 1699)))
    assert (within.segments[-1].begins, within.segments[-1].ends) == (SURE, FAINT)
    (part,) = shape_of("1600/16XX", Axis(View.of_years(1650, 1651))).segments
    assert part.begins == part.ends == 6  # half way from sure to faint
    (late,) = shape_of("1953/", Axis(View.of_years(2030, 2050))).segments
    assert late.begins == late.ends == FAINT


@given(dates, snapped_views)
def test_what_goes_on_beyond_the_axis_reaches_its_end(text: str, one: View) -> None:
    assume(edtf.possibly_in(edtf.parse(text), one.window))
    known, shape = bounds_of(text), shape_of(text, Axis(one))
    if known.earliest_start < one.bounds[0]:
        assert shape.start == 0
    if known.latest_end > one.bounds[1]:
        assert shape.end == 100


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1900-01-01", Shape(0, 0.003, point=0.002)),
        ("1950", Shape(50, 51, point=50.5)),
        ("195X", Shape(50, 60, somewhere=True)),
        ("[1950..1959]", Shape(50, 60, somewhere=True)),
        ("1990/..", Shape(90, 100)),
        ("1990/", Shape(90, 100)),
        ("../1910", Shape(0, 11)),
        ("/1910", Shape(0, 11)),
        ("../..", Shape(0, 100)),
        ("1800/2100", Shape(0, 100)),
    ],
)
def test_shapes_of_a_century(text: str, shape: Shape) -> None:
    drawn = shape_of(text, Axis(View.of_years(1900, 1999)))
    assert [round(one) for one in drawn[:2]] == [round(one) for one in shape[:2]]
    assert (drawn.point is None, drawn.somewhere) == (shape.point is None, shape.somewhere)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("1910/1919", [(10, 11, 2, 10), (11, 19, 10, 10), (19, 20, 10, 2)]),
        ("1950/..", [(50, 51, 2, 10), (51, 100, 10, 10)]),
        ("1950/", [(50, 51, 2, 10), (51, 61, 10, 2), (61, 100, 2, 2)]),
        ("../1950", [(0, 50, 10, 10), (50, 51, 10, 2)]),
        ("/1950", [(0, 40, 2, 2), (40, 50, 2, 10), (50, 51, 10, 2)]),
        ("../..", [(0, 100, 10, 10)]),
        ("/..", [(0, 100, 2, 2)]),
        ("../", [(0, 100, 2, 2)]),
    ],
)
def test_where_bars_are_sure_and_where_they_fade(
    text: str, segments: list[tuple[int, int, int, int]]
) -> None:
    drawn = shape_of(text, Axis(View.of_years(1900, 1999))).segments
    found = [(round(s.at), round(s.at + s.width), s.begins, s.ends) for s in drawn]
    assert found == segments


def test_a_day_that_is_known_is_solid_where_it_is_wide_enough_to_be_a_bar() -> None:
    (day,) = shape_of("1948-10-15", Axis(View.read("1948-10-10/1948-10-19"))).segments
    assert (day.at, day.width, day.sure) == (50, 10, True)


def test_a_period_cut_off_by_either_end_of_the_view_is_no_point() -> None:
    axis = Axis(View.of_years(1900, 1999))
    assert shape_of("1800/1900", axis).point is None
    assert shape_of("1999/2100", axis).point is None
    assert shape_of("1999/..", axis).point is None


def test_nothing_is_too_short_to_be_seen_on_the_longest_axis() -> None:
    axis = Axis(View.of_years(-300_000_000, 2013))
    for text in ("2013", "2013/..", "1948/2100", "1948-10-15", "Y-400000000/Y-300000000"):
        shape = shape_of(text, axis)
        assert shape.point is not None or shape.width >= 0.1


# Rows


def _shape(start: float, width: float) -> Shape:
    end = min(100.0, start + width)
    if end - start <= NARROW:
        return Shape(start, end, point=round((start + end) / 2, 3))
    return Shape(start, end)


percents = st.floats(0, 100).map(lambda one: round(one, 3))
shapes = st.lists(
    st.tuples(st.builds(_shape, percents, percents), st.text("abc —عربى", max_size=90)), max_size=40
)


@given(shapes)
def test_neither_marks_nor_words_of_a_row_lie_on_each_other(some: list[tuple[Shape, str]]) -> None:
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    placed = packed(some)
    assert len(placed) == len(some)
    for (shape, title), one in zip(some, placed, strict=True):
        width = 100 * len(shortened(title, LETTERS)) / ROOM
        assert one.left <= shape.start + 0.001
        assert one.left + one.width >= shape.end - 0.001
        first, last = (one.at - width, one.at) if one.ends else (one.at, one.at + width)
        assert first >= -0.001
        assert last <= 100.001
        assert one.left <= first + 0.002
        assert last <= one.left + one.width + 0.002
        rows[one.row].append((one.left, one.left + one.width))
    for taken in rows.values():
        assert all(a[1] + GAP <= b[0] + 0.003 for a, b in pairwise(sorted(taken)))
    assert sorted(rows) == list(range(len(rows)))  # no row is left out


@given(shapes)
def test_what_comes_first_is_placed_first(some: list[tuple[Shape, str]]) -> None:
    placed = packed(some)
    assert packed(some[: len(some) // 2]) == placed[: len(some) // 2]
    assert not placed or placed[0].row == 0


@given(st.text(max_size=200), st.integers(4, 120))
def test_a_title_is_never_longer_than_it_may_be(title: str, letters: int) -> None:
    short = shortened(title, letters)
    assert len(short) <= letters
    if len(title) <= letters:
        assert short == title
    else:
        assert short.endswith("…")
        assert title.startswith(short[:-1])


@pytest.mark.parametrize(
    "title", ["a" * 10_000, "ab " * 3_000, "عرب" * 2_000, "🧭" * 5_000, " " * 99]
)
def test_titles_of_any_length_are_cut(title: str) -> None:
    short = shortened(title, LETTERS)
    assert 1 <= len(short) <= LETTERS


# What script and style sheet have to know


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("narrow", range(MOST_DRAWN)),
        ("wide", range(MOST_DRAWN)),
        ("rows-narrow", range(1, MOST_DRAWN + 1)),
        ("rows-wide", range(1, MOST_DRAWN + 1)),
    ],
)
def test_the_style_sheet_has_every_row_that_can_be_drawn(name: str, numbers: range) -> None:
    variable = "rows" if name.startswith("rows") else "at"
    rules = re.findall(rf"^  \.{name}-(\d+) {{ --{variable}: (\d+); }}$", CSS, re.MULTILINE)
    assert rules == [(str(number), str(number)) for number in numbers]


@pytest.mark.parametrize("name", ["LEAST_DAYS", "MONTHS_FROM", "YEARS_FROM"])
def test_the_script_snaps_where_the_server_does(name: str) -> None:
    (value,) = re.findall(rf"const {name} = (\d+);", SCRIPT)
    assert int(value) == getattr(views, name)


def test_the_script_asks_for_nothing_that_is_out_of_reach() -> None:
    (far,) = re.findall(r"const FAR = ([\de]+);", SCRIPT)
    assert float(far) < FAR


def test_what_is_too_short_to_be_seen_is_no_segment() -> None:
    axis = Axis(View(-365, 170_204))
    assert not [one for one in shape_of("/0002-01-01", axis).segments if not one.width]
