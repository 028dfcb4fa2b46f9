"""Sources as readers see them: the text as read, the cited words in it, the events beside it."""

from timeline.reader.article import Article, Note, Paragraph, article_of
from timeline.reader.bibliography import citation

__all__ = ["Article", "Note", "Paragraph", "article_of", "citation"]
