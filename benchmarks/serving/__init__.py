"""How fast pages are served, compared with what could be: ``python -m benchmarks.serving``."""
