#!/usr/bin/env python3
"""recorder.py SERVER FOLDER ARGUMENTS...: runs SERVER, and when it is run as a language server writes both sides of the
conversation to a file in FOLDER, one JSON object a line: {"from": "client" | "server", "message": …}. Editors under test
start this in the server's place, so that every message of a real session can be checked afterwards."""

import json
import os
import pathlib
import subprocess
import sys
import threading


def frames(stream):
    """The messages of a stream, each with its bytes as they came; ends with the stream."""
    while True:
        head, length = b'', None
        while not head.endswith(b'\r\n\r\n'):
            line = stream.readline()
            if not line:
                return
            head += line
            name, _, value = line.partition(b':')
            if name.strip().lower() == b'content-length':
                length = int(value)
        body = stream.read(length)
        if len(body) < length:
            return
        yield head + body, json.loads(body)


def pass_on(source, target, side, log, lock):
    try:
        for raw, message in frames(source):
            with lock:
                log.write(json.dumps({'from': side, 'message': message}, ensure_ascii=False) + '\n')
                log.flush()
            target.write(raw)
            target.flush()
    except (BrokenPipeError, ValueError):
        pass  # the other side has ended
    try:
        target.close()
    except BrokenPipeError:
        pass


def main():
    server, folder, arguments = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    if arguments[:1] != ['lsp']:
        os.execv(server, [server, *arguments])
    child = subprocess.Popen([server, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    log = open(folder / f'{os.getpid()}.jsonl', 'w', encoding='utf-8')
    lock = threading.Lock()
    to_server = threading.Thread(
        target=pass_on, args=(sys.stdin.buffer, child.stdin, 'client', log, lock), daemon=True)
    to_server.start()
    pass_on(child.stdout, sys.stdout.buffer, 'server', log, lock)
    os._exit(child.wait())  # the thread may still wait for standard input


main()
