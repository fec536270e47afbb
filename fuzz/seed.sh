#!/usr/bin/env bash
# Puts the fixtures of tests/formats and tests/hostile into the corpora, each
# as its target wants it: fuzz/seed.sh, then
#   cargo fuzz run -s none TARGET -- -max_total_time=600 -max_len=65536 -timeout=10
set -euo pipefail
cd "$(dirname "$0")/.."
for target in delimited header layout workbook; do mkdir -p "fuzz/corpus/$target"; done
# Bytes 0 to 3 name the part of a workbook that the rest stands for; 4 is all of it.
find tests/formats tests/hostile -type f -size -64k | sort | while read -r file; do
  name="$(echo "$file" | tr '/ ' '__')"
  case "$file" in
    *.csv)
      cp "$file" "fuzz/corpus/delimited/$name"
      { printf '\000\000\000'; cat "$file"; } > "fuzz/corpus/layout/$name"
      head -c 600 "$file" > "fuzz/corpus/header/$name"
      ;;
    *.xlsx | *.xlsb | *.xls | *.ods)
      { printf '\004'; cat "$file"; } > "fuzz/corpus/workbook/$name"
      case "$file" in
        *.xlsx)
          sheet="$(unzip -p "$file" xl/worksheets/sheet1.xml 2>/dev/null | head -c 60000 || true)"
          [ -z "$sheet" ] || { printf '\000'; printf '%s' "$sheet"; } > "fuzz/corpus/workbook/sheet_$name"
          ;;
      esac
      ;;
  esac
done
