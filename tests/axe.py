"""What axe finds on a page that is open in the browser."""

import json
from collections.abc import Collection
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What depends on how wide and how large a page is drawn, and in which colours.
DRAWN = (
    *("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"),
    *("meta-viewport", "meta-viewport-large"),
)
# Rules that Django's own admin breaks, in parts that are not ours.
DJANGOS_OWN = {
    "aria-input-field-name": "select2 names its field by what is chosen, which may be nothing",
    "empty-table-header": "the column of names before the rows of an inline table",
    "label-title-only": "the field of the search has a picture for a label",
    "link-in-text-block": "the links of the breadcrumbs are told by their colour only",
}


def violations(
    page: Page,
    *,
    context: str = "",
    rules: Collection[str] = (),
    ignored: Collection[str] = (),
) -> dict[str, list[str]]:
    """The elements that break a rule, by the rule.

    Looks at all rules of TAGS, or at ``rules`` only, but for the ``ignored``, in the whole page or
    in what the selector ``context`` finds.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    # Nothing is fetched again for axe: it would ask for sheets at addresses of its own.
    options = {"resultTypes": ["violations"], "runOnly": only, "preload": False}
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run({context and json.dumps(context) + ','}{json.dumps(options)})"
        ".then(results => results.violations)"
    )
    return {
        f"{one['id']} ({one['help']})": [node["html"] for node in one["nodes"]]
        for one in found
        if one["id"] not in ignored
    }
