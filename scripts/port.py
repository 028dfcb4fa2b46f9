"""Checks that the address to serve on is free before anything else is done.

Runs on Pythons that are too old for the program, like setup.py.
"""

import errno
import os
import re
import socket
import sys
from typing import Optional

EXAMPLE = "for example `make run PORT=8001`"


def problem(host: str, port: str) -> Optional[str]:
    """Why ``host`` and ``port`` (text, from the environment) cannot be served on, or None."""
    if not re.fullmatch("[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        return f"PORT is “{port}”: it has to be a number from 1 to 65535, {EXAMPLE}."
    try:
        family = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, int(port)))
            trial.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} is taken: stop what runs there or choose another, {EXAMPLE}."
        if error.errno == errno.EACCES:
            return f"Port {port} needs an administrator: choose one above 1023, {EXAMPLE}."
        return f"HOST is “{host}”, which this machine cannot serve on: {error.strerror or error}."
    return None


def main() -> int:
    """Print what is wrong; return the exit status."""
    wrong = problem(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
