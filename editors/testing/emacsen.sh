# Emacs 28 with Debian's eglot, as Debian 12 has them, and Emacs 30, which carries eglot itself, from Debian 13.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

EMACSEN=(28 30)

emacs_program() { [ "$1" = 28 ] && echo emacs || echo "$CACHE/emacs-$1/start"; }

# Debian's build knows its folders by absolute paths, so that every one of them is named anew.
install_emacs_30() {
  local folder=$CACHE/emacs-30 share dump
  python3 "$EDITORS/testing/debian_tree.py" trixie "$folder" emacs-nox:emacs-nox
  share=$(echo "$folder"/usr/share/emacs/30.*)
  dump=$(echo "$folder"/usr/lib*/emacs/30.*/x86_64-linux-gnu/*.pdmp)
  cat >"$folder/start" <<SCRIPT
#!/bin/sh
export EMACSLOADPATH=$(find "$share/lisp" -type d | paste -sd:) EMACSDATA=$share/etc EMACSPATH=$(dirname "$dump")
exec $folder/usr/bin/emacs-nox --dump-file=$dump "\$@"
SCRIPT
  chmod +x "$folder/start"
}

set_up_emacs() {
  debian_packages python3=python3 patchelf=patchelf
  if [ "$1" = 28 ]; then
    debian_packages emacs=emacs-nox /usr/share/emacs/site-lisp/elpa-src/eglot-1.9=elpa-eglot
  else
    once emacs-30 trixie install_emacs_30
  fi
  local found; found=$("$(emacs_program "$1")" -Q --batch --eval '(princ emacs-version)' 2>/dev/null)
  [[ $found == "$1".* ]] || fail "wanted Emacs $1 and got $found"
}
