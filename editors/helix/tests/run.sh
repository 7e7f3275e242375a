#!/usr/bin/env bash
# Helix's real screen, with editors/helix/languages.toml as it is: a writer's session with seed 001, and one with settings
# of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../testing/machine.sh"; . "$here/../../testing/helixes.sh"; . "$here/../../testing/terminal.sh"
workspace=$CACHE/run/helix
empty_workspace "$workspace"; mkdir -p "$workspace/config/helix"
trap terminal_end EXIT
cp "$here/config.toml" "$here/../languages.toml" "$workspace/config/helix/"
cp "$PROJECT"/seeds/001_* "$workspace/001.txt"
lay_drafts "$workspace"
cd "$workspace"

helix() {
  terminal_start "XDG_CONFIG_HOME=$workspace/config" "XDG_CACHE_HOME=$workspace/cache" \
    "PATH=$(dirname "$HEGAO_SERVER"):$PATH" "$(helix_program)" "$@"
}

# command TEXT: a command that is typed at the colon.
command() { terminal_literally ":$1"; terminal_keys Enter; }

# done_typing, list_closes: Escape, and its effect; with a key right behind it, a terminal would take both for one with Alt.
done_typing() {
  terminal_keys Escape
  terminal_shows 'typing is done' ' NOR '
}
list_closes() {
  terminal_keys Escape
  terminal_gone 'the list closes' '└──'
}

# saved WHAT FILE COUNT PATTERN: so many lines of a saved file match.
saved() {
  local count; count=$(grep -cE -- "$4" "$2" || true)
  [ "$count" -eq "$3" ] || { say "FAIL  $1: $count lines of $2 match $4"; exit 1; }
  say "ok    $1"
}

helix 001.txt
terminal_shows 'the draft is open' '踔厉奋发启新程'
terminal_literally 59gg
terminal_shows 'the finding stands below its line' '本段与第57行的段落完全相同'
terminal_keys Space; terminal_literally k
terminal_shows 'hover explains the rule' '同一篇稿件里|duplicates/paragraph'
terminal_keys Escape
terminal_gone 'hover closes' '同一篇稿件里|duplicates/paragraph'
terminal_keys Space; terminal_literally s
terminal_shows 'the symbols are the headings' '聚焦民生实事 争做群众“暖心人”'
list_closes
terminal_literally 'gg/16个'; terminal_keys Enter
terminal_literally gr
terminal_shows 'the references are all lines that state the figure, line 9' '001\.txt:9'
terminal_shows 'line 57' '001\.txt:57'
terminal_shows 'and line 59' '001\.txt:59'
list_closes
terminal_keys Space; terminal_literally r
terminal_shows 'a rename offers the figure as it is' 'rename-to: ?16'
terminal_keys C-u; terminal_literally 18; terminal_keys Enter
terminal_shows 'the figure is renamed' '18个具体问题'
command w
terminal_shows 'the draft is written' "'001\\.txt' written"
saved 'the saved file has the new figure in three lines' 001.txt 3 '18个具体问题'

terminal_literally 'gg/18个'; terminal_keys Enter
terminal_shows 'the cursor is on the figure of line 9' ' 9:[0-9]+$'
terminal_keys Space; terminal_literally h
terminal_shows 'a figure is selected wherever it stands' '3 sels'
terminal_literally ','
terminal_gone 'one selection is left' '3 sels'
terminal_literally '57gg/18个'; terminal_keys Enter
terminal_shows 'the cursor is on the figure of line 57' ' 57:[0-9]+$'
terminal_literally gd
terminal_shows 'the definition of a figure is where it stands first' ' 9:[0-9]+$'

terminal_keys Space; terminal_literally S
terminal_literally '民生实事'
terminal_shows 'a heading of the folder is found by a part of it' '> string 聚焦民生实事 争做群众“暖心人”'
list_closes

terminal_literally geo
terminal_literally '牢牢把握团'
terminal_shows 'a fixed phrase is offered by its beginning' '牢牢把握团结和民主两大主题'
terminal_keys Tab
done_typing
terminal_literally x
terminal_shows 'what was typed is replaced by it' '^ *[0-9]+ +牢牢把握团结和民主两大主题 *$'
terminal_literally d

terminal_literally 59gg
terminal_keys Space; terminal_literally a
terminal_shows 'the menu offers to delete the copy' '删去这一段（重复）'
terminal_keys Enter
terminal_gone 'the finding goes with the copy' '本段与第57行'
command w
terminal_shows 'the draft without the copy is written' "'001\\.txt' written"
saved 'the saved file has the paragraph once' 001.txt 1 '把“我为群众办实事”作为践行'

command 'open twice.txt'
terminal_shows 'another draft is open' 'NOR   twice\.txt'
terminal_literally 3gg
terminal_shows 'another draft has its finding' '本段与第1行的段落完全相同'
command 'open hegao.toml'
terminal_shows 'there is no hegao.toml yet' 'NOR   hegao\.toml'
terminal_literally 'i[rules]'; terminal_keys Enter; terminal_literally '"duplicates/paragraph" = "off"'; done_typing
command w
terminal_shows 'hegao.toml is written' "'hegao\\.toml' written"
command 'open twice.txt'
terminal_shows 'the draft is in front again' 'NOR   twice\.txt'
terminal_gone 'hegao.toml is taken when it is saved in Helix' '本段与第1行'
command 'open hegao.toml'
terminal_shows 'hegao.toml is in front again' 'NOR   hegao\.toml'
terminal_literally '%d'
command w
command 'open twice.txt'
terminal_shows 'the draft is in front once more' 'NOR   twice\.txt'
terminal_literally 3gg
terminal_shows 'and anew when it is saved again' '本段与第1行的段落完全相同'

terminal_literally 3gg
terminal_keys Space; terminal_literally a
terminal_shows 'the menu offers to accept the finding as intended' '有意如此'
terminal_keys C-p Enter # the last of the menu
terminal_gone 'a finding that is intended goes' '本段与第1行'
saved 'and is written down in hegao-baseline.txt' hegao-baseline.txt 1 '^[0-9a-f]+ duplicates/paragraph'

command 'open numbers.txt'
terminal_shows 'one draft that is open has a warning' 'W ● 1  '
command 'open old.txt'
terminal_shows 'an old draft is read in its own encoding' 'NOR   old\.txt .*(GBK|gbk|gb18030)'
terminal_literally 3gg
terminal_shows 'and has its finding' '本段与第1行的段落完全相同'
terminal_shows 'the warning and the error are counted' 'W ● 1 ● 1'
cp old.txt old.before
terminal_literally 'geo一'; done_typing
command w
terminal_shows 'the old draft is written' "'old\\.txt' written"
cmp old.txt <(cat old.before; printf '\xd2\xbb\n') || { say 'FAIL  the old draft is saved otherwise'; exit 1; }
say 'ok    it is saved as it was, with what is new'
command 'open numbers.txt'
terminal_shows 'the draft with the warning is in front' 'NOR   numbers\.txt'
command w
terminal_shows 'it is written' "'numbers\\.txt' written"
saved 'a save mends nothing unasked' numbers.txt 1 '^二\.存在问题'
command quit-all
terminal_ends

sed -e 's/language = "zh"/language = "en", rules = { duplicates = "off" }/' \
  -e '/^scope = /a code-actions-on-save = ["source.fixAll.hegao"]' "$here/../languages.toml" >"$workspace/config/helix/languages.toml"
rm hegao-baseline.txt
helix numbers.txt twice.txt
terminal_shows 'another session is open' 'NOR   numbers\.txt'
terminal_literally 3gg
terminal_shows 'its settings name the language of messages' 'should be “二、”'
terminal_shows 'and turn a rule off' 'W ● 1  '
command w
terminal_shows 'the draft is written once more' "'numbers\\.txt' written"
saved 'code-actions-on-save mends the marker in what is saved' numbers.txt 1 '^二、存在问题'
command quit-all
terminal_ends
