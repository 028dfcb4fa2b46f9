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
# Only its lint: see docs/adr/0013-templates-are-linted-not-formatted.md.
check "$python" -m djlint templates/public --lint --profile=jinja
check "$python" -m djlint templates/admin --lint --profile=django
check "$python" manage.py makemigrations --check --dry-run
# The settings of a production site, as docs/operating.md gives them.
check env HTTPS=1 BEHIND_PROXY=1 ALLOWED_HOSTS=chronology.example \
    "$python" manage.py check --deploy --fail-level=INFO

if [ -n "$failed" ]; then
    echo "Failed:$failed" >&2
    exit 1
fi
