#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each for FUZZ_SECONDS (600).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v clang++ > /dev/null || { echo "fuzz: clang++ is not there: apt-get install clang" >&2; exit 1; }
cmake --preset fuzz > /dev/null
cmake --build build/fuzz
status=0
for target in $(find build/fuzz/src -name '*_fuzz' -type f -perm -u+x | sort); do
  name=$(basename "$target")
  mkdir -p "build/fuzz/corpus/$name"
  echo "fuzz: $name"
  "$target" -max_total_time="${FUZZ_SECONDS:-600}" -max_len=4096 -timeout=10 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/$name-" "build/fuzz/corpus/$name" 2>&1 | tail -n 12 || status=1
done
exit $status
