#!/usr/bin/env bash
# The browser tests: tests/browser/run.sh PAGE_FOLDER [NAME...]
# NAME is a test file's first word (tables, paper); all without one.
# Opens every .html of the folder in Chromium. With STAYWISE_GALLERY naming a
# folder that has gallery.html, its charts are tested too. Installs what is
# missing: Node's packages beside the clone, Chromium from Debian as root.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

[ $# -ge 1 ] && [ -d "$1" ] || { echo "usage: tests/browser/run.sh PAGE_FOLDER [NAME...]" >&2; exit 2; }
STAYWISE_PAGES="$(cd "$1" && pwd)"
export STAYWISE_PAGES
# shellcheck source=tests/browser/ready.sh
. "$here/ready.sh"

shift
cd "$here"
tests=("${@/%/.test.mjs}")
[ $# -gt 0 ] || tests=(./*.test.mjs)
exec node --test --test-reporter=spec --test-concurrency="${STAYWISE_JOBS:-2}" "${tests[@]}"
