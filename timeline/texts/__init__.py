"""The text of a source: as received, as read, its passages and emendations, and its replacement.

A text may be replaced by a corrected one. Every claim is then followed to where its words went:
it stays, moves, or is lost; a lost one is flagged and keeps its quote. Nothing is dropped, and no
claim goes to the like of its words. What would become of the claims can be foreseen.
"""

from timeline.texts.outcomes import Became, Outcome, Reanchoring
from timeline.texts.past import stood
from timeline.texts.reanchoring import RepairError
from timeline.texts.stored import EMENDATION_FIELDS, citable, spec_of
from timeline.texts.storing import foresee, seek, store_text
from timeline.texts.told import Told, told
from timeline.texts.unquoted import unquoted_without

__all__ = [
    "EMENDATION_FIELDS",
    "Became",
    "Outcome",
    "Reanchoring",
    "RepairError",
    "Told",
    "citable",
    "foresee",
    "seek",
    "spec_of",
    "stood",
    "store_text",
    "told",
    "unquoted_without",
]
