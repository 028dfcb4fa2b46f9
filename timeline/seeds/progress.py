"""Lines that say how far a long import is."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from django.core.management.base import OutputWrapper

PATIENCE = 3.0  # seconds before the first line, and between lines that no terminal shows
REDRAW = 0.2

Progress = Callable[[str, int, int], None]  # what, how many are done, of how many


def no_progress(what: str, done: int, total: int) -> None:
    """For those who do not wait."""


class ProgressLine:
    """On a terminal one line that is drawn anew, elsewhere a line from time to time."""

    def __init__(self, out: OutputWrapper | TextIO) -> None:
        self.out = out
        self.terminal = sys.stderr.isatty() and out.isatty()
        self.told = time.monotonic()
        self.drawn = False

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.drawn:
            self.out.write("\r\x1b[K", ending="")  # type: ignore[call-arg]

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told < (REDRAW if self.terminal else PATIENCE):
            return
        self.told = now
        line = f"{what}: {done} of {total}"
        if self.terminal:
            self.drawn = True
            self.out.write(f"\r\x1b[K{line} …", ending="")  # type: ignore[call-arg]
        else:
            self.out.write(f"{line} …")
