#!/bin/sh
# Every check that is no test; all are run, and any that fails makes the whole fail.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
failed=

check() {
    echo "· $*"
    "$@" || failed="$failed
  $*"
}

VAR_DIR=$(mktemp -d)
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT

check "$python" -m ruff check --quiet
check "$python" -m ruff format --check --quiet
check "$python" -m mypy
check "$python" -m djlint templates/public --check --lint --quiet --profile=jinja
check "$python" -m djlint templates/admin --check --lint --quiet --profile=django
check "$python" manage.py makemigrations --check --dry-run
# The settings of a production site, as docs/operating.md gives them.
check env HTTPS=1 BEHIND_PROXY=1 ALLOWED_HOSTS=chronology.example \
    "$python" manage.py check --deploy --fail-level=INFO

if [ -n "$failed" ]; then
    echo "Failed:$failed" >&2
    exit 1
fi
