"""The public pages. None needs a script, a cookie or a log-in; each fetches, checks and renders."""
