"""The Jinja2 environment of the public pages."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, translation
from jinja2 import Environment, StrictUndefined

from timeline.filters.years import year_words
from timeline.search import marked

SHORTEST_TITLE = 12  # below that, what stands before a colon says too little


def environment(**options: Any) -> Environment:
    """Django's options, with ``url``, ``static``, gettext and what every page says of the site."""
    made = Environment(  # noqa: S701  Django switches autoescaping on
        **{**options, "undefined": StrictUndefined}, extensions=["jinja2.ext.i18n"]
    )
    made.globals.update(
        static=static,
        url=url,
        marked=marked,
        year_words=year_words,
        site_name=settings.SITE_NAME,
        site_tagline=settings.SITE_TAGLINE,
        language=translation.get_language,
        right_to_left=translation.get_language_bidi,
    )
    made.filters["day"] = lambda value: formats.date_format(value, "j F Y")
    made.filters["short_title"] = short_title
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    return made


def url(name: str, *arguments: str | int) -> str:
    """The address of a page."""
    return reverse(name, args=arguments)


def short_title(title: str) -> str:
    """A title without its subtitle, for the line under a quote."""
    main, _colon, subtitle = title.partition(": ")
    return main if subtitle and len(main) >= SHORTEST_TITLE else title
