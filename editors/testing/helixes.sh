# Helix, from Debian's unstable suite; nothing of the system's own is touched.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

helix_program() { echo "$CACHE/helix/start"; }

install_helix() {
  python3 "$EDITORS/testing/debian_tree.py" sid "$CACHE/helix" hx:hx
  printf '#!/bin/sh\nexport HELIX_RUNTIME=%s/usr/lib/hx/runtime\nexec %s/usr/bin/hx "$@"\n' "$CACHE/helix" "$CACHE/helix" >"$CACHE/helix/start"
  chmod +x "$CACHE/helix/start"
}

set_up_helix() {
  debian_packages python3=python3 patchelf=patchelf tmux=tmux
  once helix sid install_helix
  "$(helix_program)" --version
}
