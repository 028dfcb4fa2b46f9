"""The parts of ``benchmarks.generate``: words, dates, the world of actors and sources, loading."""
