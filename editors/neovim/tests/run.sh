#!/usr/bin/env bash
# run.sh VERSION: everything that is tested in one Neovim. `editors/test` has set it up.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../testing/machine.sh"; . "$here/../../testing/neovims.sh"
version=$1 workspace=$CACHE/run/neovim-$1
empty_workspace "$workspace"
cp "$PROJECT"/seeds/000_* "$workspace/000.txt"
lay_drafts "$workspace"
export HEGAO_PLUGIN=$EDITORS/neovim HEGAO_WORKSPACE=$workspace
# Nothing of the user's own configuration, nor of their state.
export XDG_CONFIG_HOME=$workspace/.config XDG_DATA_HOME=$workspace/.data XDG_STATE_HOME=$workspace/.state

nvim() { timeout 240 "$(neovim_program "$version")" "$@"; }

cp "$PROJECT"/seeds/001_* "$workspace/001.txt"
nvim --headless -u "$here/init.lua" -i NONE -l "$here/session.lua"
if [ "$version" != 0.10 ]; then
  cp "$PROJECT"/seeds/001_* "$workspace/001.txt"
  HEGAO_TWO_LINES=1 PATH=$(dirname "$HEGAO_SERVER"):$PATH nvim --headless -u "$here/init.lua" -i NONE -l "$here/two_lines.lua"
fi
"$here/screen.sh" "$version" "$workspace"
