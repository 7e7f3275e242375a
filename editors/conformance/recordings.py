#!/usr/bin/env python3
"""recordings.py FOLDER...: checks every message that the server sent in the recorded sessions of an editor."""

import json
import pathlib
import sys

from conform import faults


def check(file):
    """Messages of the server in one session, and what is wrong with them."""
    asked, count, found, published = {}, 0, [], 0
    for line in file.read_text(encoding='utf-8').splitlines():
        record = json.loads(line)
        message = record['message']
        if record['from'] == 'client':
            if 'method' in message and 'id' in message:
                asked[message['id']] = message['method']
            continue
        count += 1
        published += message.get('method') == 'textDocument/publishDiagnostics'
        answered = None if 'method' in message else asked.pop(message.get('id'), None)
        if 'method' not in message and answered is None:
            found.append(f'a reply to nothing: {line[:200]}')
            continue
        published += answered == 'textDocument/diagnostic'
        # The editor may ask what the server does not know: then the answer must say just that.
        found += [f'{file.name}: {fault}' for fault in faults(message, answered)]
    return count, published, found


def main():
    failed = False
    for folder in map(pathlib.Path, sys.argv[1:]):
        files = sorted(folder.glob('*.jsonl'))
        results = [check(file) for file in files]
        count, published = (sum(result[at] for result in results) for at in (0, 1))
        found = [fault for result in results for fault in result[2]]
        for fault in found[:20]:
            print(f'FAIL  {folder.name}: {fault}')
        if not published:
            print(f'FAIL  {folder.name}: no diagnostics in {len(files)} recorded sessions')
        if found or not published:
            failed = True
        else:
            print(f'ok    {folder.name}: {count} messages of {len(files)} sessions are as the protocol says')
    sys.exit(1 if failed else 0)


main()
