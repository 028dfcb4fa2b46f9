#!/bin/sh
# Every check that is no test. Each says what it is; the first that fails ends the run.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

check() {
    echo "· $*"
    "$@"
}

# The settings of a production site, as docs/operating.md gives them.
VAR_DIR=$(mktemp -d)
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT

check "$python" -m ruff check
check "$python" -m ruff format --check
check "$python" -m mypy
check "$python" -m djlint templates/public --check --lint --profile=jinja
check "$python" -m djlint templates/admin --check --lint --profile=django
check "$python" manage.py makemigrations --check --dry-run
check env HTTPS=1 BEHIND_PROXY=1 ALLOWED_HOSTS=chronology.example \
    "$python" manage.py check --deploy --fail-level=INFO
