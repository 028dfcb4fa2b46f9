"""What of a source's apparatus a reader wants to see, as the query string says it. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from django.utils.http import urlencode


class Showing(NamedTuple):
    """Whether corrections are marked in a text, and whether the source's note marks stand in it."""

    corrections: bool = False
    notes: bool = True

    @classmethod
    def read(cls, asked: Mapping[str, Sequence[str]]) -> Self | None:
        """What ``asked``, a query by its names, is for; None if there is no such view."""
        show, hide = ({*asked.get(name, ())} - {""} for name in ("show", "hide"))
        if show - {"corrections"} or hide - {"notes"}:
            return None
        return cls(corrections=bool(show), notes=not hide)

    @property
    def query(self) -> str:
        """The one query string of this view, empty or with its “?”."""
        said = [("show", "corrections")] * self.corrections + [("hide", "notes")] * (not self.notes)
        return f"?{urlencode(said)}" if said else ""

    def but(self, **changed: bool) -> Self:
        """The view that differs in what is ``changed``."""
        return self._replace(**changed)
