"""What tests of dates ask of them."""

from timeline.edtf import Window, parse


def bounds(text: str) -> tuple[int | None, int | None, int | None, int | None]:
    """Earliest start, latest start, earliest end, latest end."""
    parsed = parse(text)
    return parsed.earliest_start, parsed.latest_start, parsed.earliest_end, parsed.latest_end


def years(first: int, last: int) -> Window:
    return Window.years(first, last)
