#!/usr/bin/env bash
# Helix's real screen, with editors/helix/languages.toml as it is: finding, hover, symbols, references and
# rename of a figure, quick fix, and the saved file.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../testing/machine.sh"; . "$here/../../testing/helixes.sh"; . "$here/../../testing/terminal.sh"
workspace=$CACHE/run/helix
empty_workspace "$workspace"; mkdir -p "$workspace/config/helix"
trap terminal_end EXIT
cp "$here/config.toml" "$here/../languages.toml" "$workspace/config/helix/"
cp "$PROJECT"/seeds/001_* "$workspace/001.txt"
cd "$workspace"

terminal_start "XDG_CONFIG_HOME=$workspace/config" "XDG_CACHE_HOME=$workspace/cache" \
  "PATH=$(dirname "$HEGAO_SERVER"):$PATH" "$(helix_program)" 001.txt
terminal_shows 'the draft is open' '踔厉奋发启新程'
terminal_literally 59gg
terminal_shows 'the finding stands below its line' '本段与第57行的段落完全相同'
terminal_keys Space; terminal_literally k
terminal_shows 'hover explains the rule' '同一篇稿件里|duplicates/paragraph'
terminal_keys Escape
terminal_keys Space; terminal_literally s
terminal_shows 'the symbols are the headings' '聚焦民生实事 争做群众“暖心人”'
terminal_keys Escape
terminal_literally 'gg/16个'; terminal_keys Enter
terminal_literally gr
terminal_shows 'the references are all lines that state the figure, line 9' '001\.txt:9'
terminal_shows 'line 57' '001\.txt:57'
terminal_shows 'and line 59' '001\.txt:59'
terminal_keys Escape
terminal_gone 'the list of references closes' '001\.txt:57'
terminal_keys Space; terminal_literally r
terminal_shows 'a rename offers the figure as it is' 'rename-to: ?16'
terminal_keys C-u; terminal_literally 18; terminal_keys Enter
terminal_shows 'the figure is renamed' '18个具体问题'
terminal_literally ':w'; terminal_keys Enter
terminal_shows 'the draft is written' "'001\.txt' written"
count=$(grep -c '18个具体问题' 001.txt || true)
[ "$count" -eq 3 ] || { say "FAIL  the renamed figure stands in $count lines of the saved file"; exit 1; }
say 'ok    the saved file has the new figure in three lines'
terminal_literally 59gg
terminal_keys Space; terminal_literally a
terminal_shows 'the menu offers to delete the copy' '删去这一段（重复）'
terminal_keys Enter
terminal_gone 'the finding goes with the copy' '本段与第57行'
terminal_literally ':wq'; terminal_keys Enter
terminal_ends
count=$(grep -c '把“我为群众办实事”作为践行' 001.txt)
[ "$count" -eq 1 ] || { say "FAIL  the saved file has the paragraph $count times"; exit 1; }
say 'ok    the saved file has the paragraph once'
