#!/usr/bin/env bash
# Make both locks anew after a change of requirements*.in; they carry hashes and name no index.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.12 "$@"; }
compile requirements.in -o requirements.lock
compile -c requirements.lock requirements-dev.in -o requirements-dev.lock
