#!/bin/sh
# How fast is it? 200,000 staff in one workbook and 400,000 responses in four
# CSV files, through `staywise report quarterly` and through benches/compare.py,
# a script in polars, fastexcel and matplotlib that does the same job.
#
#     benches/run.sh [RUNS]
#
# STAYWISE_BENCH_DIR is where the study, the Python environment and the outputs
# go (a folder under the system's temporary folder unless set; nothing is
# written into the repository). STAYWISE names a binary to measure instead of
# the release build. Needs Python 3.9 or later, and the network the first time
# for the three packages in benches/requirements.txt.
set -eu

runs=${1:-5}
here=$(cd "$(dirname "$0")" && pwd)
work=${STAYWISE_BENCH_DIR:-${TMPDIR:-/tmp}/staywise-bench}
study=$work/study
python=$work/venv/bin/python
mkdir -p "$work"

if [ -z "${STAYWISE:-}" ]; then
    (cd "$here/.." && cargo build --release)
    STAYWISE=${CARGO_TARGET_DIR:-$here/../target}/release/staywise
fi
if [ ! -x "$python" ]; then
    python3 -m venv "$work/venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
fi

# A study of an earlier build may differ: made anew each time.
rm -rf "$study"
mkdir -p "$study"
"$STAYWISE" synth "$study" --staff 200000 --responses 400000 --quiet
# What reading costs over the bare cell reader and the bare record loop.
(cd "$here/.." && cargo bench --quiet -p staywise-intake --bench reading -- "$study" "$runs")
"$python" "$here/measure.py" "$runs" \
    "staywise init" "sh -c \"rm -f '$study/staywise.toml'; exec '$STAYWISE' init '$study' --quiet\""
"$python" "$here/measure.py" "$runs" \
    "staywise report" "'$STAYWISE' report quarterly -C '$study' --quiet" \
    "polars script" "'$python' '$here/compare.py' '$study' '$work/compare'"
