#!/usr/bin/env bash
# package.sh TARGET SERVER OUTPUT: the extension with the program SERVER inside, for one platform (linux-x64, win32-x64,
# darwin-arm64, …); it installs and works with no network. Wants the Node modules (`npm ci`).
set -euo pipefail
cd "$(dirname "$0")"
target=$1 server=$(realpath "$2") output=$(realpath -m "$3")

mkdir -p server schemas
cp ../../docs/hegao.toml.schema.json schemas/
program=hegao; [[ $target == win32-* ]] && program=hegao.exe
rm -f server/*
install -m 755 "$server" "server/$program"
# Line tables are for our own profiles, and are nine tenths of the file.
[[ $target == linux-* ]] && strip --strip-debug "server/$program"
trap 'rm -f "$PWD"/server/*' EXIT # an extension run from this folder must not find an old program

node bundle.mjs
# The page of an installed extension shows no pictures of its own folder.
grep -v '^!\[' README.md >out/README.md
# The modules are in the bundle already, and no repository is named for the README's pictures to be linked to.
node_modules/.bin/vsce package --no-dependencies --allow-missing-repository --skip-license --no-rewrite-relative-links --readme-path out/README.md \
  --target "$target" --out "$output"
