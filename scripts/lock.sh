#!/bin/sh
# Writes both lock files from pyproject.toml: every package with its hashes, for every platform.
# Versions stay as they are unless pyproject.toml or the arguments (--upgrade) ask for others.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 "$@"
}
compile pyproject.toml --output-file requirements.txt
compile pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
