"""How gunicorn serves the program: ``python -m gunicorn --config config/gunicorn.py``."""

import gc
from typing import Any

from config.environment import flag, number, text

wsgi_app = "config.wsgi"
bind = f"{text('HOST', '127.0.0.1')}:{number('PORT', 8000, least=1, most=65535)}"
worker_class = "gthread"
workers = number("WEB_CONCURRENCY", 2, least=1, most=64)
threads = number("THREADS", 4, least=1, most=64)
control_socket_disable = True
# Only what is wrong goes to the log, unless every request is asked for.
accesslog = "-" if flag("ACCESS_LOG") else None
# A worker that is stopped finishes what it has begun.
graceful_timeout = 20


def post_worker_init(worker: Any) -> None:  # noqa: ARG001  # gunicorn passes it
    """Take what was loaded at the start out of the collector's sight: it would scan it in vain."""
    gc.collect()
    gc.freeze()
