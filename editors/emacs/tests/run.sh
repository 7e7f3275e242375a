#!/usr/bin/env bash
# run.sh VERSION: a session in a real Emacs, in batch. `editors/test` has set it up.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../testing/machine.sh"; . "$here/../../testing/emacsen.sh"
workspace=$CACHE/run/emacs-$1
empty_workspace "$workspace"
cp "$PROJECT"/seeds/001_* "$workspace/001.txt"
lay_drafts "$workspace"
export HEGAO_PLUGIN=$EDITORS/emacs HEGAO_WORKSPACE=$workspace HOME=$workspace LANG=C.UTF-8
# Debian's packages for Emacs 28, eglot among them, are found only with the site's own folders.
quick=-Q; [ "$1" = 28 ] && quick=-q
timeout 240 "$(emacs_program "$1")" $quick --batch -l "$here/session.el" </dev/null 2>"$workspace/messages" ||
  { tail -20 "$workspace/messages"; exit 1; }
