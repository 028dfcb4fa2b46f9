"""The Jinja2 environment of the public pages."""

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from config.kept import Kept
from timeline.chronology import counting
from timeline.fields import SLUG_PATTERN
from timeline.localised import day, number, year_words
from timeline.search import marked

PLACE = "0-0-0-0"  # a slug that stands for any other
PLAIN = re.compile(SLUG_PATTERN).fullmatch
SHORTEST_TITLE = 12  # below that, what stands before a colon says too little


def environment(**options: Any) -> Environment:
    """Django's options, with ``url``, ``static``, gettext and what every page says of the site."""
    made = Environment(  # noqa: S701  Django switches autoescaping on
        **{**options, "undefined": StrictUndefined}, extensions=["jinja2.ext.i18n", Kept]
    )
    made.globals.update(
        static=lru_cache(static),
        url=url,
        marked=marked,
        most_counted=lambda: counting.MOST_COUNTED,
        year_words=year_words,
        site_name=settings.SITE_NAME,
        site_tagline=settings.SITE_TAGLINE,
        language=translation.get_language,
        right_to_left=translation.get_language_bidi,
    )
    made.filters["day"] = day
    made.filters["at"] = at
    made.filters["number"] = number
    made.filters["short_title"] = short_title
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    return made


def url(name: str, *arguments: str | int) -> str:
    """The address of a page."""
    return reverse(name, args=arguments) if arguments else _reversed(name)


_reversed = lru_cache(reverse)


def at(slug: str, name: str) -> str:
    """The address of the page ``name`` of ``slug``: ``url`` for pages that have hundreds of them.

    Django resolves an address in more time than it takes to render the entry that it stands in.
    """
    before, after = _around(name)
    return f"{before}{slug}{after}" if PLAIN(slug) else reverse(name, args=[slug])


@lru_cache
def _around(name: str) -> list[str]:
    """What stands before and behind the slug in the address of a page."""
    return reverse(name, args=[PLACE]).split(PLACE)


def short_title(title: str) -> str:
    """A title without its subtitle, for the line under a quote."""
    main, _colon, subtitle = title.partition(": ")
    return main if subtitle and len(main) >= SHORTEST_TITLE else title
