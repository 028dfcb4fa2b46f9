"""For the pages of doubles: what a merge makes of two, and what is likely there twice."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from timeline import doubles
from timeline.admin.doubles import results
from timeline.admin.doubles.comparing import SUGGEST
from timeline.admin.doubles.faces import Face, faces
from timeline.admin.doubles.suggesting import doubles_of, kind_of

register = template.Library()
register.simple_tag(results.merge_result)


@dataclass(frozen=True, slots=True)
class Likely:
    """A likely double, why, and where it is compared."""

    face: Face
    reasons: str
    compare: str


@register.simple_tag
def likely_doubles(thing: Any) -> list[Likely]:
    """The likely doubles of a stored entry or actor; none of anything else."""
    pairs = {
        pair.second if pair.first == thing.pk else pair.first: pair for pair in doubles_of(thing)
    }
    kind = kind_of(thing) if pairs else ""
    there = faces(kind, pairs) if pairs else {}
    return [
        Likely(
            there[key],
            doubles.in_words(pair.alike),
            f"{reverse('admin:doubles_merge', args=[kind, thing.pk, key])}?{SUGGEST}",
        )
        for key, pair in pairs.items()
        if key in there
    ]
