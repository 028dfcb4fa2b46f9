"""The one address of every selection."""

from collections.abc import Iterable
from urllib.parse import urlencode

ORDER = (
    "q",
    "from",
    "to",
    "when",
    "actor",
    "kind",
    "source",
    "basis",
    "contested",
    "order",
    "after",
    "lanes",
    "view",
    "embed",
)


def query_string(parameters: Iterable[tuple[str, str]]) -> str:
    """The parameters in their one order, with a leading '?'; empty where there are none."""
    pairs = sorted(parameters, key=lambda pair: (ORDER.index(pair[0]), pair[1]))
    return f"?{urlencode(pairs)}" if pairs else ""
