"""What values are called that are the same in every chronology, in the reader's language."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from timeline.index.facts import CONTESTED, Basis, Facet
from timeline.index.values import Named

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# By facet and value the name in its list, and where it stands alone.
LABELS: dict[Facet, dict[str, tuple["StrPromise", "StrPromise"]]] = {
    Facet.BASIS: {
        Basis.STATED: (_("stated"), _("date stated")),
        Basis.INFERRED: (_("inferred"), _("date inferred")),
        Basis.UNDATED: (_("none"), _("no date")),
    },
    Facet.CONTESTED: {CONTESTED.name: (_("contested"), _("contested"))},
}


def in_list(one: Named) -> str:
    """The name of a value below the heading of its facet."""
    return _name(one, 0)


def alone(one: Named) -> str:
    """The name of a value that stands by itself."""
    return _name(one, 1)


def _name(one: Named, form: int) -> str:
    labels = LABELS.get(one.facet)
    return str(labels[one.slug][form]) if labels else one.name
