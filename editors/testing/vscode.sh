# The extension for VS Code: its modules, its package, its tests. Wants code_server.sh.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

EXTENSION=$EDITORS/vscode

install_modules() {
  rm -rf "$CACHE/vscode-modules"; mkdir -p "$CACHE/vscode-modules"
  cp "$EXTENSION"/package.json "$EXTENSION"/package-lock.json "$EXTENSION"/.npmrc "$CACHE/vscode-modules/"
  # The packages' own install scripts are for signing and for keeping passwords, and download things.
  (cd "$CACHE/vscode-modules" && npm ci --ignore-scripts --no-audit --no-fund)
}

# The .vsix for this machine, and the bundled tests.
set_up_extension() {
  debian_packages node=nodejs npm=npm strip=binutils
  once vscode-modules "$(sha256sum "$EXTENSION/package-lock.json" | cut -c1-16)" install_modules
  # A link: a clean checkout is quick with a warm cache. Modules that a developer has put there stay.
  [ -e "$EXTENSION/node_modules" ] || ln -s "$CACHE/vscode-modules/node_modules" "$EXTENSION/node_modules"
  VSIX=$CACHE/hegao-linux-x64.vsix
  "$EXTENSION/package.sh" linux-x64 "$HEGAO_SERVER" "$VSIX" >"$CACHE/vsix.log" 2>&1 ||
    { tail -20 "$CACHE/vsix.log" >&2; fail "the .vsix cannot be made; see $CACHE/vsix.log"; }
  say "   $(basename "$VSIX"): $(($(stat -c %s "$VSIX") / 1024)) KB"
  (cd "$EXTENSION" && node bundle.mjs --tests)
}

check_types() { (cd "$EXTENSION" && node_modules/.bin/tsc --noEmit); }

# vscode_test NAME VERSION SERVER: runs out/tests/NAME.js against a real VS Code.
vscode_test() {
  local folder=$CACHE/run/vscode-$2-$1
  mkdir -p "$folder"
  NODE=$NODE CODE_SERVER=$CODE_SERVER VSCODE_VERSION=$2 HEGAO_VSIX=$VSIX HEGAO_SERVER=$3 HEGAO_RUN=$folder \
    HEGAO_SEEDS=$PROJECT/seeds timeout 900 node "$EXTENSION/out/tests/$1.js"
}

# The user interface runs on the server inside the .vsix, as a writer's does.
# Pictures are kept of the newest version.
vscode_user_interface() {
  local pictures=
  [ "$1" = "${CODE_SERVER_VERSIONS[-1]}" ] && pictures=${HEGAO_PICTURES:-}
  HEGAO_PICTURES=$pictures vscode_test ui "$1" "$HEGAO_SERVER"
}

vscode_extension_host() { vscode_test host_runner "$1" "$2"; }
