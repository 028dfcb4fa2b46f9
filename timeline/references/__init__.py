"""How other programs are told what a page is about: tags of reference managers and JSON-LD.

Pure data. A ``Work`` is what is cited; ``tags`` and ``linked`` say it in the two vocabularies. What
is not known is left out, and no date is made more precise than it is.
"""

from timeline.references.linked import Entry, Site, entry, selection, source
from timeline.references.tags import of_entry, of_work
from timeline.references.work import Name, Work

__all__ = ["Entry", "Name", "Site", "Work", "entry", "of_entry", "of_work", "selection", "source"]
