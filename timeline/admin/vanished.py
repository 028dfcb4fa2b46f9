"""Rows of a page that somebody else has deleted meanwhile: they are typed text, and become new.

Django finds no form for such a row, and would lose what stands in it.
"""

from collections.abc import Iterable

from django.http import QueryDict

MOST_ROWS = 1_000


def with_vanished_rows(posted: QueryDict, formsets: Iterable[tuple[str, set[str]]]) -> QueryDict:
    """``posted`` with every row of ``formsets`` (prefix, keys that are there) that is gone as new.

    Those that were to be deleted are left out.
    """
    for prefix, there in formsets:
        _rearrange(posted, prefix, there)
    return posted


def _rearrange(posted: QueryDict, prefix: str, there: set[str]) -> None:
    initial, total = (_number(posted, prefix, name) for name in ("INITIAL", "TOTAL"))
    rows = [_taken(posted, f"{prefix}-{number}-") for number in range(total)]
    known = [row for row in rows[:initial] if row.get("id", [""])[-1] in there]
    gone = [
        {**row, "id": [""]}
        for row in rows[:initial]
        if row not in known and row.get("DELETE", [""])[-1] != "on"
    ]
    for number, row in enumerate([*known, *gone, *rows[initial:]]):
        for name, values in row.items():
            posted.setlist(f"{prefix}-{number}-{name}", values)
    if total:
        posted[f"{prefix}-INITIAL_FORMS"] = str(len(known))
        posted[f"{prefix}-TOTAL_FORMS"] = str(len(known) + len(gone) + len(rows[initial:]))


def _taken(posted: QueryDict, prefix: str) -> dict[str, list[str]]:
    """The values of one row by field, taken out."""
    names = [name for name in posted if name.startswith(prefix)]
    return {name.removeprefix(prefix): posted.pop(name) for name in names}


def _number(posted: QueryDict, prefix: str, name: str) -> int:
    text = posted.get(f"{prefix}-{name}_FORMS", "0")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() else 0
