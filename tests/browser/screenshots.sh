#!/usr/bin/env bash
# Pictures for human eyes: tests/browser/screenshots.sh PAGE_FOLDER OUT
# Every page at 375, 768 and 1280 px in light and dark, at 1280 px in forced
# colours, and on A4 paper, one picture a sheet.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

[ $# -eq 2 ] && [ -d "$1" ] || { echo "usage: tests/browser/screenshots.sh PAGE_FOLDER OUT" >&2; exit 2; }
STAYWISE_PAGES="$(cd "$1" && pwd)"
export STAYWISE_PAGES
mkdir -p "$2"
out="$(cd "$2" && pwd)"
# shellcheck source=tests/browser/ready.sh
. "$here/ready.sh"
"$root/.ci/need" pdftoppm poppler-utils

node "$here/screenshots.mjs" "$out"
for pdf in "$out"/*.pdf; do
  rm -f "${pdf%.pdf}"-paper-*.png
  pdftoppm -r 80 -png "$pdf" "${pdf%.pdf}-paper"
done
ls "$out"
