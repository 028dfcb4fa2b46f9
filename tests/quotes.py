"""A text to be quoted, and how tests see that something is not there."""

from timeline.anchors import Missing, Near, Quote, locate

TREATY = (
    "On October 15, 1948, barely a month after the DPRK had been proclaimed, and on Pyongyang's "
    "initiative, the Mongolian People's Republic and the DPRK established relations. In 1949, "
    "the Mongolian People's Republic opened an embassy."
)


def missed(text: str, quote: str, prefix: str = "", suffix: str = "") -> Near | None:
    anchor = locate(text, Quote(quote, prefix, suffix))
    assert isinstance(anchor, Missing)
    return anchor.nearest
