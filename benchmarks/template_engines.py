"""How long Django's two template engines take for a page of fifty entries, and whether they agree.

``python -m benchmarks.template_engines``: the same rows, the same markup, both autoescaping.
"""

import os
import statistics
import time
from collections.abc import Callable

import django
from django.template import Context as DjangoContext
from django.template import Engine
from jinja2 import Environment

ROUNDS, ENTRIES = 200, 50
DJANGO = """<ol>{% for e in entries %}<li><p>{{ e.when.0 }} {{ e.when.1 }}</p>
<h3><a href="/events/{{ e.slug }}/">{{ e.title }}</a></h3><p>{{ e.kind }}</p>
{% if e.parts %}<ul>{% for p in e.parts %}<li><a href="/actors/{{ p.slug }}/">{{ p.name }}</a>\
{% if p.role %} ({{ p.role }}){% endif %}</li>{% endfor %}</ul>{% endif %}
<blockquote lang="{{ e.language }}">{{ e.quote }}</blockquote>
<a href="/sources/{{ e.source }}/#claim-{{ e.claim }}">{{ e.source_title }}, ¶ {{ e.paragraph }}</a>
{% if e.quotes > 1 %}1 of {{ e.quotes }}{% endif %}{% if e.inferred %}{{ e.note }}{% endif %}</li>
{% endfor %}</ol>"""
JINJA = DJANGO.replace("e.when.0", "e.when[0]").replace("e.when.1", "e.when[1]")


def entries() -> list[dict[str, object]]:
    """Rows with all that an entry shows, some of it to be escaped."""
    part = {"slug": "mongolia", "name": "Mongolia & others", "role": "donor"}
    return [
        {
            "when": ("15 October", str(1900 + number)),
            "slug": f"event-{number}",
            "title": "Relations are “established”",
            "kind": "diplomacy",
            "parts": [part, {**part, "role": ""}, part],
            "language": "en",
            "quote": 'It was called an "ideology-driven friendship" & more. ' * 3,
            "source": "article",
            "claim": f"claim-{number}",
            "source_title": "An article",
            "paragraph": 5,
            "quotes": 1 + number % 3,
            "inferred": bool(number % 2),
            "note": "Two decades after 1924.",
        }
        for number in range(ENTRIES)
    ]


def median_ms(render: Callable[[], str]) -> float:
    """The median time of ``render`` in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        render()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print both medians and their ratio; raises AssertionError where the pages differ."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    rows = entries()
    theirs = Engine().from_string(DJANGO)
    ours = Environment(autoescape=True).from_string(JINJA)
    old = median_ms(lambda: theirs.render(DjangoContext({"entries": rows})))
    new = median_ms(lambda: ours.render(entries=rows))
    same = ours.render(entries=rows).replace("&#34;", "&quot;")
    if same != theirs.render(DjangoContext({"entries": rows})):
        raise AssertionError("the two engines make different pages")
    print(f"Django templates {old:.2f} ms, Jinja2 {new:.2f} ms: {old / new:.1f} times as fast")


if __name__ == "__main__":
    main()
