"""How often a password may be tried: read by the settings, so it knows nothing of Django."""

from datetime import timedelta

FAILURES = 5  # by one name from one address
FAILURES_OF_ADDRESS = 50  # by all names together
WAIT = timedelta(minutes=15)
