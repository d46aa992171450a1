#!/usr/bin/env bash
# Gets the sources of lexbor, the HTML parser, into .dateline/lexbor-2.5.0; the build compiles them.
# Idempotent. They lie in the source package of selectolax on PyPI, pinned in setup/lexbor.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lexbor=.dateline/lexbor-2.5.0
[ -f "$lexbor/LICENSE" ] && exit 0
die() { printf 'dateline set-up: %s\n' "$*" >&2; exit 1; }

work=.dateline/lexbor.part
log=.dateline/lexbor.log
mkdir -p .dateline && rm -rf "$work" && mkdir "$work"
printf 'dateline set-up: getting the HTML parser lexbor 2.5.0 (5 MB) from PyPI\n' >&2
python=python3 # Debian's, with Debian's setuptools: pip asks the package for its metadata
[ -x /usr/bin/python3 ] && python=/usr/bin/python3
if ! "$python" -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --no-build-isolation \
     --no-binary=:all: --require-hashes -r setup/lexbor.txt -d "$work" > "$log" 2>&1; then
  if grep -q 'DO NOT MATCH THE HASHES' "$log"; then
    die "the lexbor that came is not the one pinned in setup/lexbor.txt (wrong SHA-256): nothing was installed"
  fi
  tail -n 5 "$log" >&2
  die "pip could not download lexbor (above, and in $log): is there a network?"
fi
tar -xzf "$work"/selectolax-0.3.29.tar.gz -C "$work" || die "lexbor cannot be unpacked"
grep -q '^LEXBOR_VERSION=2.5.0' "$work"/selectolax-0.3.29/lexbor/version || die "this is no lexbor 2.5.0"
rm -rf "$lexbor"
mv "$work"/selectolax-0.3.29/lexbor "$lexbor"
rm -rf "$work"
