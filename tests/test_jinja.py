"""What templates of public pages are given."""

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from config.jinja import at, short_title


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_an_address_of_many_is_the_one_that_django_gives(slug: str) -> None:
    for name in ("event", "actor", "source"):
        assert at(slug, name) == reverse(name, args=[slug])


def test_a_title_goes_without_its_subtitle_unless_little_is_left() -> None:
    assert short_title("Mongolia and the DPRK: A History") == "Mongolia and the DPRK"
    assert short_title("Korea: A History") == "Korea: A History"
