# What the set-up scripts share: where things are kept, how they are installed, when they are there already.
# Sourced by each of them and by `editors/test`.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced
set -euo pipefail

EDITORS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(dirname "$EDITORS")
# Editors, Node modules and test workspaces: git ignores the folder, and another one may be named.
CACHE=${HEGAO_EDITORS_CACHE:-$EDITORS/.cache}
mkdir -p "$CACHE"
CACHE=$(cd "$CACHE" && pwd)

say() { printf '%s\n' "$*"; }
fail() { printf 'editors: %s\n' "$*" >&2; exit 1; }

# debian_packages COMMAND=PACKAGE...: installs the packages whose command (or file, if it has a slash) is missing.
debian_packages() {
  local missing=() pair
  for pair in "$@"; do
    case ${pair%%=*} in
      */*) [ -e "${pair%%=*}" ] || missing+=("${pair#*=}");;
      *) command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}");;
    esac
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "   Debian: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || fail "please install as root: ${missing[*]}"
  local wait='-o DPkg::Lock::Timeout=600'
  # shellcheck disable=SC2086 # an option and its value
  (apt-get $wait -q update && DEBIAN_FRONTEND=noninteractive apt-get $wait -q -y --no-install-recommends install "${missing[@]}") \
    >"$CACHE/apt.log" 2>&1 || { tail -20 "$CACHE/apt.log" >&2; fail "Debian packages cannot be installed: ${missing[*]}"; }
}

# python_environment FOLDER PACKAGE...: an environment of its own with packages from PyPI. Debian leaves ensurepip out.
python_environment() {
  local folder=$1; shift
  python3 -m venv --clear "$folder" && "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
}

debian_python() {
  debian_packages python3=python3
  python3 -c 'import ensurepip' 2>/dev/null || debian_packages /no/such/file=python3-venv
}

# once NAME WHAT COMMAND...: runs COMMAND unless it ran before with the same WHAT (a version); its output goes to a log.
once() {
  local name=$1 what=$2; shift 2
  local stamp=$CACHE/$name.stamp
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$what" ] && return 0
  say "   set up $name ($what)"
  rm -f "$stamp"
  "$@" >"$CACHE/$name.log" 2>&1 || { tail -20 "$CACHE/$name.log" >&2; fail "$name cannot be set up; see $CACHE/$name.log"; }
  printf '%s' "$what" >"$stamp"
}

# The server under test: what a release ships, a static program that asks nothing of the machine it runs on; built if
# nobody names one.
server() {
  if [ -z "${HEGAO_SERVER:-}" ]; then
    local target
    target=$(rustc -vV | sed -n 's/^host: //p')
    (cd "$PROJECT" && RUSTFLAGS='-C target-feature=+crt-static' cargo build --locked --release --quiet --target "$target") ||
      fail 'the server cannot be built'
    HEGAO_SERVER=${CARGO_TARGET_DIR:-$PROJECT/target}/$target/release/hegao
    ! LC_ALL=C ldd "$HEGAO_SERVER" >"$CACHE/ldd.log" 2>&1 || grep -q 'statically linked' "$CACHE/ldd.log" ||
      fail "the server is not static; see $CACHE/ldd.log"
  fi
  [ -x "$HEGAO_SERVER" ] || fail "no server at $HEGAO_SERVER"
  export HEGAO_SERVER
}

# recorded NAME: a program `hegao` that records the sessions of the editor NAME, see recorder.py. Sets RECORDED.
recorded() {
  local folder=$CACHE/recordings/$1
  rm -rf "$folder"; mkdir -p "$folder/bin"
  printf '#!/bin/sh\nexec python3 %s/testing/recorder.py %s %s "$@"\n' "$EDITORS" "$HEGAO_SERVER" "$folder" >"$folder/bin/hegao"
  chmod +x "$folder/bin/hegao"
  RECORDED=$folder/bin/hegao
}

# empty_workspace FOLDER: a folder that editors take for a project of its own wherever it stands. Without the mark they
# go up from a cache inside the checkout to the checkout, and the drafts of its tests are drafts of the workspace.
empty_workspace() {
  rm -rf "$1"; mkdir -p "$1"
  git init --quiet "$1"
}

# lay_drafts FOLDER: the drafts that sessions open beside the seeds. old.txt is in GBK, as office machines still write it.
lay_drafts() {
  cp "$EDITORS"/testing/drafts/*.txt "$1"
  iconv -f UTF-8 -t GBK "$EDITORS/testing/drafts/old.txt" >"$1/old.txt"
}
