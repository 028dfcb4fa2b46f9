"""On the page of a lost claim: the words as they stood, and the likeliest places of them now."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline import texts
from timeline.admin.repairs import offers
from timeline.models import Claim


def likely_places(claim: Claim) -> SafeString:
    """What helps to quote a lost claim anew; a button fills in the words of a place."""
    became = texts.seek(claim.source, [claim])
    (outcome,) = became.outcomes
    context: dict[str, Any] = {
        "outcome": outcome,
        "offers": offers(became.text, became.likeliest(outcome)),
        "source": claim.source,
    }
    return render_to_string("admin/widgets/likely.html", context)


class LikelyPlaces:
    """What the page needs for it."""

    class Media:
        css = {"all": ["css/admin-texts.css"]}
        js = ["js/admin-texts.js"]
