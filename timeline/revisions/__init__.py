"""The history of one thing with all that belongs to it: act by act, and the way back.

An event is told with its actors and claims, an actor with its names and relations, a source with
its text and emendations: what was saved in one act is one revision. An act can be undone as a
whole, whatever it wrote.
"""

from timeline.revisions.authors import last_author
from timeline.revisions.differences import revisions
from timeline.revisions.model import Change, FieldChange, Revision
from timeline.revisions.restoring import RestoreError, preview, restore, would_be_public
from timeline.revisions.undoing import Kept, NoActError, Number, Undone, foresee_undo, undo

__all__ = [
    "Change",
    "FieldChange",
    "Kept",
    "NoActError",
    "Number",
    "RestoreError",
    "Revision",
    "Undone",
    "foresee_undo",
    "last_author",
    "preview",
    "restore",
    "revisions",
    "undo",
    "would_be_public",
]
