#!/usr/bin/env bash
# Every test, in two halves side by side: the commands and journeys, each in processes of its own, beside the rest.
set -uo pipefail
python=${1:-.venv/bin/python}
slow=(tests/journeys tests/cli tests/faults)
ignored=()
for folder in "${slow[@]}"; do ignored+=("--ignore=$folder"); done
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

"$python" -m coverage run --parallel-mode -m pytest -q "${slow[@]}" >"$logs/slow" 2>&1 &
first=$!
"$python" -m coverage run --parallel-mode -m pytest -q "${ignored[@]}"
rest=$?
wait "$first"
commands=$?
cat "$logs/slow"
[ "$rest" = 0 ] && [ "$commands" = 0 ]
