"""How ``timeline.anchors`` anchors the quotes of two annotation projects' test suites.

    python -m benchmarks.anchoring_cases PATH

PATH is a JSON list of cases of four kinds: quotes to be found (``quote-match``), the best match of
a quote (``quote-match-best``), positions (``position-match``), and ranges to be described by a
quote with the words around it (``quote-describe``). Those projects anchor what this program, by
design, does not, so the following are counted apart and never as failures:

- *offered only*: they accept a fuzzy match. Here it is never an anchor, since it may be a lookalike
  ('1949' for '1948'): the quote must be missing, and its nearest words are offered to a person.
- *cut words*: a quote that begins or ends within a word ('dolor am', 'tate') is not found, as '194'
  must not be found in '1948'; what is offered is the whole word.
- *empty quote*: they find it everywhere; here it is an error.
- *not ours*: a position without words, and rankings of fuzzy scores. Here the words decide.

Exit status 1 when a case of any other kind, or one of these, does not behave as said.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from timeline.anchors import (
    Ambiguous,
    Anchor,
    Found,
    Missing,
    Moved,
    Quote,
    Span,
    locate,
    minimal_context,
)
from timeline.anchors.borders import is_border

Case = dict[str, Any]
AGREES, OFFERED, CUT, EMPTY, NOT_OURS, FAILS = (
    *("agrees", "offered only", "cut words", "empty quote", "not ours", "FAILS"),
)


def spans_of(anchor: Anchor) -> list[list[int]]:
    """The places of an anchor as lists of start and end."""
    match anchor:
        case Found(span) | Moved(span):
            return [[span.start, span.end]]
        case Ambiguous(spans):
            return [[span.start, span.end] for span in spans]
        case Missing():
            return []


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a range begins or ends within a word."""
    return not (is_border(text, start) and is_border(text, end))


def match(case: Case) -> str:
    """A quote that stands at some ranges, or at none."""
    selector, ranges = case["selector"], case["expected_codepoint_ranges"]
    quote = Quote(selector["exact"], selector.get("prefix") or "", selector.get("suffix") or "")
    if not quote.exact:
        return EMPTY if is_refused(case["text"], quote) else FAILS
    found = spans_of(locate(case["text"], quote))
    if found == ranges:
        return AGREES
    return CUT if not found and all(is_cut(case["text"], *place) for place in ranges) else FAILS


def is_refused(text: str, quote: Quote) -> bool:
    """Whether the quote is an error."""
    try:
        locate(text, quote)
    except ValueError:
        return True
    return False


def best(case: Case) -> str:
    """The best match of a quote, which may be a fuzzy one."""
    if "rule" in case:
        return NOT_OURS
    quote = Quote(case["exact"], case.get("prefix") or "", case.get("suffix") or "")
    anchor = locate(case["text"], quote, case.get("hint"))
    wanted, start = case.get("expect_exact"), case.get("expect_start")
    if isinstance(anchor, Missing):
        if wanted is None and start is None:
            return AGREES
        near = anchor.nearest
        # Their hint picks one of two like places; an offer names the words, which are the same.
        return OFFERED if near and case["text"].startswith(near.text, start or 0) else FAILS
    words = [case["text"][first:last] for first, last in spans_of(anchor)]
    starts = [first for first, _ in spans_of(anchor)]
    return AGREES if wanted in (None, *words) and start in (None, *starts) else FAILS


def describe(case: Case) -> str:
    """A range for which words around it are sought: ours must lead back to it."""
    text, (start, end) = case["text"], case["range"]
    if is_cut(text, start, end):
        return CUT
    prefix, suffix = minimal_context(text, Span(start, end))
    anchor = locate(text, Quote(text[start:end], prefix, suffix))
    return AGREES if anchor == Found(Span(start, end)) else FAILS


KINDS: dict[str, Callable[[Case], str]] = {
    "quote-match": match,
    "quote-match-best": best,
    "quote-describe": describe,
    "position-match": lambda _: NOT_OURS,
}


def main() -> int:
    """Tell how each kind of case went; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="anchoring_cases.json")
    cases = json.loads(parser.parse_args().path.read_text(encoding="utf-8"))
    results = [(case, KINDS[case["kind"]](case)) for case in cases]
    for kind in KINDS:
        counted = Counter(result for case, result in results if case["kind"] == kind)
        told = ", ".join(f"{number} {result}" for result, number in counted.most_common())
        print(f"{kind}: {told}")
    failures = [case for case, result in results if result == FAILS]
    for case in failures:
        print(f"  FAILS: {json.dumps(case, ensure_ascii=False)[:300]}")
    print(f"{len(cases)} cases, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
