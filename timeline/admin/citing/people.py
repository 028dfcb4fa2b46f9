"""The actors of a new event: those that the quote names are proposed, others can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actors.models import Actor
from timeline.admin.citing.proposals import Named
from timeline.models import Event

PREFIX = "participations"
BLANK_ROWS = 2
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the formset; ``name`` is of the actor that it offers, empty if any may be chosen."""

    form: Any
    actor: int | None = None
    name: str = ""
    words: str = ""
    is_chosen: bool = False
    errors: Any = ()

    @property
    def is_called_otherwise(self) -> bool:
        """Whether the quote uses another name than the actor's own."""
        return self.words not in ("", self.name)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was posted of a row, and what the formset said of it."""

    actor: int
    role: str
    is_chosen: bool
    errors: Any


@dataclass(frozen=True, slots=True)
class People:
    """All rows, with the form that counts them and what is wrong with them together."""

    rows: list[Row]
    management: Any
    errors: Any = ""


def people_of(formset_class: Any, data: Any, named: Sequence[Named], checked: Any = None) -> People:
    """Rows for those who were chosen or offered before, for ``named``, and blank ones.

    ``checked`` is the formset of what was posted, if it has been checked.
    """
    called = {one.actor: one for one in named}
    typed = {one.actor: one for one in _typed(data, checked) if _is_kept(one, called)}
    offered = [*typed, *(actor for actor in called if actor not in typed)]
    roles = [typed[actor].role if actor in typed else "" for actor in offered]
    formset_class.extra = len(offered) + BLANK_ROWS
    initial = [{"actor": actor, "role": role} for actor, role in zip(offered, roles, strict=True)]
    formset = formset_class(instance=Event(), prefix=PREFIX, initial=initial)
    names = dict(Actor.objects.filter(pk__in=offered).values_list("pk", "name"))
    rows = [
        Row(
            form,
            actor,
            names.get(actor, ""),
            called[actor].words if actor in called else "",
            actor in typed and typed[actor].is_chosen,
            typed[actor].errors if actor in typed else (),
        )
        for form, actor in zip(formset.forms, offered, strict=False)
    ]
    blank = [Row(form) for form in formset.forms[len(offered) :]]
    errors = checked.non_form_errors() if checked else ""
    return People(rows + blank, formset.management_form, errors)


def _is_kept(one: Typed, called: dict[int, Named]) -> bool:
    return one.is_chosen or bool(one.role) or one.actor in called


def _typed(data: Any, checked: Any) -> list[Typed]:
    found = []
    number = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    for at in range(min(int(number), MOST_ROWS) if number.isascii() and number.isdigit() else 0):
        chosen = key_of(data.get(f"{PREFIX}-{at}-actor", ""))
        actor = chosen or key_of(data.get(f"{PREFIX}-{at}-offered", ""))
        if actor is not None:
            errors = checked.forms[at].errors if checked and at < len(checked.forms) else {}
            role = data.get(f"{PREFIX}-{at}-role", "")
            found.append(Typed(actor, role, chosen is not None, list(errors.values())))
    return found


def key_of(said: str) -> int | None:
    """The key that was posted; None for what can be none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None
