"""Days counted one by one are those of Python's calendar, and go on where it ends."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from timeline import edtf
from timeline.edtf.ordinals import DAYS_IN_400_YEARS, day_at, ordinal

FAR = edtf.MAX_YEAR * 366
numbers = st.one_of(st.integers(-200_000, 800_000), st.integers(-FAR, FAR))


@given(st.dates())
def test_ordinals_are_those_of_python_for_all_its_years(day: date) -> None:
    number = edtf.to_int(day.year, day.month, day.day)
    assert ordinal(number) == day.toordinal()
    assert day_at(day.toordinal()) == number


def test_no_day_of_five_centuries_is_left_out_nor_counted_twice() -> None:
    """Each leap year, each end of a month, the year zero and the ones before it."""
    first = date(1, 1, 1)
    for number in range(1, DAYS_IN_400_YEARS + 36_525):
        day = first + timedelta(number - 1)
        assert day_at(number) == edtf.to_int(day.year, day.month, day.day)
        # The calendar repeats itself after 400 years: so do those before it.
        before = edtf.to_int(day.year - 800, day.month, day.day)
        assert day_at(number - 2 * DAYS_IN_400_YEARS) == before
        assert ordinal(before) == number - 2 * DAYS_IN_400_YEARS


@given(numbers)
def test_every_number_is_one_day_of_the_calendar(number: int) -> None:
    day = day_at(number)
    year, month, in_month = edtf.from_int(day)
    assert 1 <= month <= 12
    assert 1 <= in_month <= edtf.days_in_month(year, month)
    assert ordinal(day) == number


@given(st.lists(numbers, min_size=2, max_size=5, unique=True))
def test_later_days_have_larger_numbers(some: list[int]) -> None:
    days = [day_at(number) for number in sorted(some)]
    assert all(one < other for one, other in pairwise(days))


def test_the_outermost_days_of_the_model_have_ordinals() -> None:
    for day in (edtf.FIRST_DAY, edtf.LAST_DAY):
        assert day_at(ordinal(day)) == day
