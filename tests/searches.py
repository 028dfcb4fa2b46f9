"""What tests of the search throw at it."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

many = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Any text, with more of what means something to a query or to a database.
texts = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                *(
                    "treaty",
                    "OR",
                    "NEAR",
                    "AND",
                    "NOT",
                    "-",
                    "−",
                    '"',
                    "“",
                    "»",
                    "*",
                    ":",
                    "^",
                    "|",
                ),
                *(
                    "(",
                    ")",
                    "&",
                    "!",
                    "<->",
                    "\\",
                    "'",
                    "''",
                    "\0",
                    "\ud800",
                    "%s",
                    "%",
                    "{0}",
                    ";--",
                ),
                *("\u00ad", "\u200d", "\ue000", "\ue0010", "ＯＲ", "\U0001f600", "한국", "मंगोल"),
            ]
        ),
        max_size=12,
    ).map(" ".join),
)
