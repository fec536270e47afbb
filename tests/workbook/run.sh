#!/usr/bin/env bash
# Opens a run's tables.xlsx in LibreOffice and checks that it reads as the page
# does and holds the numbers of results.csv; has LibreOffice work out a folder's
# business-case.xlsx and checks that it comes to what the program says. Usage:
# run.sh FOLDER (a run's, or one that holds business-case.xlsx)
# Needs python3 and LibreOffice Calc, which it installs where it may.
set -euo pipefail

if [ $# -ne 1 ] || { [ ! -f "$1/tables.xlsx" ] && [ ! -f "$1/business-case.xlsx" ]; }; then
  echo "usage: $0 FOLDER (one that holds tables.xlsx or business-case.xlsx)" >&2
  exit 2
fi

# Where the tools are missing: a failure in CI, a word elsewhere.
cannot() {
  echo "workbook: not checked: $*" >&2
  if [ "${CI:-}" = "true" ]; then exit 1; fi
  exit 0
}

command -v python3 >/dev/null || cannot "python3 is not installed"
if ! command -v soffice >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null || cannot "LibreOffice is not installed and apt-get update failed"
    DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null \
      || cannot "LibreOffice is not installed and could not be"
  else
    cannot "LibreOffice is not installed (libreoffice-calc-nogui)"
  fi
fi

here="$(dirname "$0")"
if [ -f "$1/tables.xlsx" ]; then
  python3 "$here/check.py" "$1"
fi
if [ -f "$1/business-case.xlsx" ]; then
  python3 "$here/case.py" "$1"
fi
