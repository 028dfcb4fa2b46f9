"""The same chronology as most people would write it, to compare with: see ``views``."""
