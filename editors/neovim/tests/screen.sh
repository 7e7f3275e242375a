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
terminal_shows 'the draft is open' '踔厉奋发启新程'
terminal_keys 59G
terminal_shows 'the finding stands beside its line' '本段与第57行'
terminal_literally ga
terminal_shows 'the menu offers to delete the copy' '1: 删去这一段（重复）'
terminal_keys 1 Enter
terminal_gone 'the finding goes with the copy' '本段与第57行'
terminal_literally ':wqall'; terminal_keys Enter
terminal_ends
count=$(grep -c '把“我为群众办实事”作为践行' "$workspace/001.txt")
[ "$count" -eq 1 ] || { say "FAIL  the saved file has the paragraph $count times"; exit 1; }
say 'ok    the saved file has the paragraph once'
