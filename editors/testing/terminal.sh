# An editor in a terminal, as a person sees it: tmux runs it, types and reads the screen.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

TERMINAL=(tmux -L "hegao-$$" -f /dev/null)

# terminal_start COMMAND...: runs a command in a terminal of 110 by 30.
terminal_start() {
  "${TERMINAL[@]}" -u new-session -d -x 110 -y 30 env LANG=C.UTF-8 TERM=xterm-256color "$@"
}

terminal_keys() { "${TERMINAL[@]}" send-keys "$@"; }

# terminal_literally TEXT: types text that might be the name of a key.
terminal_literally() { "${TERMINAL[@]}" send-keys -l "$1"; }

terminal_screen() { "${TERMINAL[@]}" capture-pane -p; }

# terminal_shows WHAT PATTERN: waits until the screen has a line that matches; shows the screen if it never does.
terminal_shows() {
  local tries
  for tries in $(seq 400); do
    if terminal_screen | grep -qE -- "$2"; then say "ok    $1"; return 0; fi
    sleep 0.1
  done
  say "FAIL  $1: no line matches $2"; terminal_screen | sed 's/^/      /'
  return 1
}

terminal_end() { "${TERMINAL[@]}" kill-server 2>/dev/null || true; }

# terminal_gone WHAT PATTERN: waits until no line of the screen matches.
terminal_gone() {
  local tries
  for tries in $(seq 400); do
    if ! terminal_screen | grep -qE -- "$2"; then say "ok    $1"; return 0; fi
    sleep 0.1
  done
  say "FAIL  $1: a line still matches $2"; terminal_screen | sed 's/^/      /'
  return 1
}

# Waits until the editor has ended.
terminal_ends() {
  local tries
  for tries in $(seq 400); do
    "${TERMINAL[@]}" has-session 2>/dev/null || return 0
    sleep 0.1
  done
  say 'FAIL  the editor does not end'; terminal_screen | sed 's/^/      /'
  return 1
}
