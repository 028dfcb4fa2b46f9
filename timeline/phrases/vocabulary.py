"""The English words of dates: what kind each is, and its number where it has one.

A word that is its own kind is grammar (``from``, ``to``). What is not here makes a text unreadable.
"""

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "winter")  # from code 21
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)

GRAMMAR = (
    *("the", "of", "in", "on", "during", "dated", "a", "an", "some", "sometime", "time"),
    *("from", "to", "until", "till", "up", "through", "between", "and", "or", "both", "either"),
    *("one", "before", "after", "since", "by", "earlier", "later", "than", "prior", "no", "not"),
    *("onwards", "onward", "beginning", "start", "middle", "end", "close", "unknown", "known"),
    *("present", "now", "today", "current", "ongoing", "date", "undated"),
    *("uncertain", "northern", "southern", "hemisphere", "last", "latter", "half", "quarter"),
    *("c", "q", "nd", "sd", "twenty", "ish"),
)
UNITS = ("day", "month", "year")  # as words; their kinds are not those of '15', 'May' and '1948'
APPROXIMATE = ("circa", "ca", "about", "around", "approximately", "approx", "abt", "approximate")
DOUBTFUL = ("perhaps", "probably", "possibly", "maybe", "presumably", "likely")
PARTS = {"early": 0, "mid": 1, "late": 2}
ERAS = {"bc": -1, "bce": -1, "ad": 1, "ce": 1}
# Each letter is a word of its own when it is read, with or without the dots.
DOTTED = ("b.c.e.", "b.c.", "c.e.", "a.d.", "n.d.", "s.d.")

VOCABULARY: dict[str, tuple[str, int]] = {
    **{word: (word, 0) for word in GRAMMAR},
    **{word: (f"word:{word}", 0) for word in UNITS},
    **dict.fromkeys(APPROXIMATE, ("approximate", 0)),
    **dict.fromkeys(DOUBTFUL, ("doubtful", 0)),
    **{word: ("part", number) for word, number in PARTS.items()},
    **{word: ("era", sign) for word, sign in ERAS.items()},
    **{word: ("ordinal", number) for number, word in enumerate(ORDINALS, start=1)},
    **{word: ("season", number) for number, word in enumerate(SEASONS, start=21)},
    "fall": ("season", 23),
    **{word: ("weekday", number) for number, word in enumerate(WEEKDAYS)},
    **{word[:3]: ("weekday", number) for number, word in enumerate(WEEKDAYS)},
    **{word: ("month", number) for number, word in enumerate(MONTHS, start=1)},
    **{word[:3]: ("month", number) for number, word in enumerate(MONTHS, start=1)},
    "sept": ("month", 9),
    **dict.fromkeys(("century", "centuries", "cent"), ("century", 100)),
    **dict.fromkeys(("millennium", "millennia"), ("millennium", 1000)),
}
SHORTENED = {  # words that may end with a dot
    *("c", "ca", "circa", "approx", "abt", "cent", "sept"),
    *(word[:3] for word in (*MONTHS, *WEEKDAYS)),
}
DASHES = "-‐‑‒–—―−"
APOSTROPHES = "'’‘ʼ"
