#!/usr/bin/env bash
# screen.sh VERSION WORKSPACE: Neovim's real screen: the finding beside its line, the menu of quick fixes, the copy gone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=/dev/null
. "$here/../../testing/machine.sh"; . "$here/../../testing/neovims.sh"; . "$here/../../testing/terminal.sh"
program=$(neovim_program "$1") workspace=$2
trap terminal_end EXIT
cp "$PROJECT"/seeds/001_* "$workspace/001.txt"

terminal_start "HEGAO_PLUGIN=$EDITORS/neovim" "HEGAO_SERVER=$HEGAO_SERVER" "$program" -u "$here/init.lua" -i NONE "$workspace/001.txt"
sleep 0.5
terminal_keys 59G
terminal_shows 'the finding stands beside its line' '59.*|E.*把“我为群众办实事”|本段与第57行'
terminal_literally ga
terminal_shows 'the menu offers to delete the copy' '1: 删去这一段（重复）'
terminal_keys 1 Enter
sleep 0.5
terminal_literally ':wqall'; terminal_keys Enter
for _ in $(seq 50); do terminal_screen >/dev/null 2>&1 || break; sleep 0.1; done
count=$(grep -c '把“我为群众办实事”作为践行' "$workspace/001.txt")
[ "$count" -eq 1 ] || { say "FAIL  the saved file has the paragraph $count times"; exit 1; }
say 'ok    the saved file has the paragraph once'
