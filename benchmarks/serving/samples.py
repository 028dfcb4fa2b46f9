"""Measuring many pages of many servers in turns, so that the machine's noise hits all alike."""

import random
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.serving.client import Connection

SLOW, FEW = 0.5, 3  # of a page that takes longer than so many seconds, a few answers are enough
VERY_SLOW = 5.0  # seconds; of one that takes longer than that, one is
CONNECTIONS, WARM_UP = 4, 5


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What is measured: a page, of a knowledge base, as one of the contestants serves it."""

    size: int
    contestant: str
    page: str


@dataclass(slots=True)
class Series:
    """The times of a subject, in seconds, asked for one after the other on one connection."""

    connection: Connection
    message: bytes
    status: int = 200
    times: list[float] = field(default_factory=list)

    def one(self) -> float:
        """Ask once; raises RuntimeError where the answer is not the expected one."""
        started = time.perf_counter()
        answer = self.connection.ask(self.message)
        passed = time.perf_counter() - started
        if answer.status != self.status:
            raise RuntimeError(f"{self.message!r} was answered with {answer.status}.")
        return passed

    def turn(self, seconds: float) -> None:
        """Ask for ``seconds``; the first answer, after others had their turn, does not count.

        Of a slow page it counts, and a few are enough.
        """
        if self._known_to_be_slow():
            return
        first = self.one()
        if first > SLOW:
            self.times.append(first)
            return
        until = time.perf_counter() + seconds
        while True:
            self.times.append(self.one())
            if time.perf_counter() > until:
                return

    def _known_to_be_slow(self) -> bool:
        if not self.times or self.median <= SLOW:
            return False
        return len(self.times) >= FEW or self.median > VERY_SLOW

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    @property
    def a_second(self) -> float:
        """Requests a second of one reader who asks again at once."""
        return len(self.times) / sum(self.times)


def take_turns(series: Sequence[Series], rounds: int, seconds: float) -> None:
    """``rounds`` turns of ``seconds`` for each of ``series``, every round in another order."""
    order = list(series)
    chance = random.Random(0)  # noqa: S311
    for number in range(rounds):
        chance.shuffle(order)
        for one in order:
            one.turn(seconds)
        print(f"  round {number + 1} of {rounds}", flush=True)


def throughput(port: int, message: bytes, seconds: float) -> float:
    """Answers a second to CONNECTIONS readers, each of whom asks again at once.

    The first WARM_UP answers do not count: by then every thread of the server is connected.
    """
    counts = [0] * CONNECTIONS
    connections = [Connection(port) for _ in counts]
    ready = threading.Barrier(CONNECTIONS + 1)

    def read(number: int) -> None:
        for _ in range(WARM_UP):
            connections[number].ask(message)
        ready.wait()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            connections[number].ask(message)
            counts[number] += 1

    threads = [threading.Thread(target=read, args=[number]) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)
