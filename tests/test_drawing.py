"""Shapes of dates and rows of a drawing, for any date."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.drawings import dates, snapped_views
from timeline import edtf
from timeline.drawing.axis import Axis
from timeline.drawing.drawing import MOST_DRAWN
from timeline.drawing.packing import GAP, LETTERS, ROOM, packed, shortened
from timeline.drawing.shapes import FAINT, NARROW, SURE, Shape, bounds_of, shape_of
from timeline.drawing.view import View

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "static/css/timeline-rows.css").read_text()


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


def test_what_is_too_short_to_be_seen_is_no_segment() -> None:
    axis = Axis(View(-365, 170_204))
    assert not [one for one in shape_of("/0002-01-01", axis).segments if not one.width]


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


@pytest.mark.parametrize("name", ["narrow", "wide"])
def test_the_style_sheet_has_every_row_that_can_be_drawn(name: str) -> None:
    rules = re.findall(rf"^\.{name}-(\d+) {{ --{name}: (\d+); }}$", CSS, re.MULTILINE)
    assert rules == [(str(number), str(number)) for number in range(MOST_DRAWN + 1)]
