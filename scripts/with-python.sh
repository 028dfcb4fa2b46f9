#!/bin/sh
# Runs a script with the Python that PYTHON names, or says in one sentence that there is none.
python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null 2>&1; then
    echo "No “$python” is installed: install Python 3.11 or newer, or name one with PYTHON=/path/to/python3." >&2
    exit 1
fi
exec "$python" "$@"
