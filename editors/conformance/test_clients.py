"""Sessions with the recorded capabilities of real clients: every provider that the server offers them is asked, and every
message is checked."""

import collections
import json
import os
import pathlib
import queue
import re
import subprocess
import threading

import pytest
from lsprotocol import converters
from pytest_lsp import client_capabilities

from conform import faults

SEEDS = pathlib.Path(os.environ['HEGAO_SEEDS'])
PATIENCE = 30
CLIENTS = ['visual_studio_code', 'neovim', 'emacs']


class Session:
    """A client at the level of frames, so that the server's messages are seen as they are."""

    def __init__(self, client):
        capabilities = converters.get_converter().unstructure(client_capabilities(client))
        self.process = subprocess.Popen([os.environ['HEGAO_SERVER'], 'lsp'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked, self.count, self.faults, self.replies, self.diagnostics = {}, 0, [], queue.Queue(), {}
        self.ended = threading.Event()
        threading.Thread(target=self.read, daemon=True).start()
        self.server = self.request('initialize', {
            'processId': os.getpid(), 'rootUri': None, 'capabilities': capabilities, 'locale': 'zh-CN',
            'workspaceFolders': [{'uri': SEEDS.as_uri(), 'name': 'seeds'}],
            'initializationOptions': {'ruleDocumentation': True, 'compare': True}})
        self.notify('initialized', {})

    def read(self):
        while head := self.process.stdout.readline():
            length = int(head.split(b':')[1])
            self.process.stdout.readline()
            self.take(json.loads(self.process.stdout.read(length)))
        self.ended.set()

    def take(self, message):
        self.count += 1
        self.faults += faults(message, None if 'method' in message else self.asked.get(message.get('id')))
        if message.get('method') == 'textDocument/publishDiagnostics':
            self.diagnostics[message['params']['uri'], message['params']['version']] = message['params']['diagnostics']
        elif 'method' not in message:
            self.replies.put(message)
        elif message['method'] == 'workspace/configuration':
            self.send({'id': message['id'], 'result': [{'language': 'zh'}]})
        elif 'id' in message:
            self.send({'id': message['id'], 'result': None})

    def send(self, message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({'method': method, 'params': params})

    def request(self, method, params):
        number = len(self.asked) + 1
        self.asked[number] = method
        self.send({'id': number, 'method': method, **({} if params is None else {'params': params})})
        reply = self.replies.get(timeout=PATIENCE)
        assert reply['id'] == number and 'error' not in reply, (method, reply)
        return reply['result']

    def findings(self, uri, version):
        if self.server['capabilities'].get('diagnosticProvider'):
            return self.request('textDocument/diagnostic', {'textDocument': {'uri': uri}})['items']
        for _ in range(PATIENCE * 100):
            if (uri, version) in self.diagnostics:
                return self.diagnostics[uri, version]
            self.ended.wait(0.01)
        raise AssertionError(f'version {version} of {uri} was not published')

    def close(self):
        self.request('shutdown', None)
        self.notify('exit', None)
        assert self.process.wait(PATIENCE) == 0


# How each provider is asked: parameters from a document and a range.
ASKED = {
    'documentSymbolProvider': ('textDocument/documentSymbol', lambda d, r: {'textDocument': d}),
    'foldingRangeProvider': ('textDocument/foldingRange', lambda d, r: {'textDocument': d}),
    'selectionRangeProvider': ('textDocument/selectionRange', lambda d, r: {'textDocument': d, 'positions': [r['start']]}),
    'completionProvider': ('textDocument/completion', lambda d, r: {'textDocument': d, 'position': r['end']}),
    'hoverProvider': ('textDocument/hover', lambda d, r: {'textDocument': d, 'position': r['start']}),
    'codeActionProvider': ('textDocument/codeAction', lambda d, r: {'textDocument': d, 'range': r, 'context': {'diagnostics': []}}),
    'codeLensProvider': ('textDocument/codeLens', lambda d, r: {'textDocument': d}),
    'definitionProvider': ('textDocument/definition', lambda d, r: {'textDocument': d, 'position': r['start']}),
    'referencesProvider': ('textDocument/references', lambda d, r: {
        'textDocument': d, 'position': r['start'], 'context': {'includeDeclaration': True}}),
    'documentHighlightProvider': ('textDocument/documentHighlight', lambda d, r: {'textDocument': d, 'position': r['start']}),
    'workspaceSymbolProvider': ('workspace/symbol', lambda d, r: {'query': '工作'}),
    'renameProvider': ('textDocument/prepareRename', lambda d, r: {'textDocument': d, 'position': r['start']}),
    'inlayHintProvider': ('textDocument/inlayHint', lambda d, r: {'textDocument': d, 'range': r}),
    'documentLinkProvider': ('textDocument/documentLink', lambda d, r: {'textDocument': d}),
}
# A number, which may be a figure that can be renamed.
NUMBER = re.compile(r'[0-9]+')


def length(words, encoding):
    """Of a stretch of a line, in the units in which the server counts."""
    return len(words.encode({'utf-8': 'utf-8', 'utf-16': 'utf-16-le'}[encoding])) // {'utf-8': 1, 'utf-16': 2}[encoding]


def numbers(text, encoding, most=10):
    """Ranges of the first numbers of a text."""
    found = [(line, words, match) for line, words in enumerate(text.splitlines()) for match in NUMBER.finditer(words)]
    return [{'start': {'line': line, 'character': length(words[:match.start()], encoding)},
             'end': {'line': line, 'character': length(words[:match.end()], encoding)}}
            for line, words, match in found[:most]]


def rename(session, document, places):
    """Renames each number that can be; gives how many."""
    count = 0
    for place in places:
        at = {'textDocument': document, 'position': place['start']}
        if session.request('textDocument/prepareRename', at):
            assert session.request('textDocument/rename', {**at, 'newName': '18'})
            count += 1
    return count


def completed(session, encoding):
    """What is offered after the beginning of a fixed phrase, in a draft that was never saved."""
    document = {'uri': 'untitled:Untitled-1'}
    session.notify('textDocument/didOpen', {
        'textDocument': {**document, 'languageId': 'plaintext', 'version': 1, 'text': '牢牢把握团'}})
    end = {'line': 0, 'character': length('牢牢把握团', encoding)}
    answer = session.request('textDocument/completion', {'textDocument': document, 'position': end})
    return [item['label'] for item in answer['items']]


# Asked in another way, or by no request.
OTHERS = {'positionEncoding', 'textDocumentSync', 'diagnosticProvider', 'executeCommandProvider', 'workspace'}


@pytest.mark.parametrize('client', CLIENTS)
def test_every_provider_answers_as_the_protocol_says(client):
    session = Session(client)
    offered = {name for name, value in session.server['capabilities'].items() if value}
    unknown = offered - set(ASKED) - OTHERS
    assert not unknown, f'say in this test how these are asked: {unknown}'
    assert 'documentSymbolProvider' in offered
    encoding = session.server['capabilities'].get('positionEncoding', 'utf-16')
    total, answers = 0, collections.Counter()
    for seed in sorted(SEEDS.glob('*.txt')):
        document = {'uri': seed.as_uri()}
        text = seed.read_text(encoding='utf-8')
        session.notify('textDocument/didOpen', {
            'textDocument': {**document, 'languageId': 'plaintext', 'version': 1, 'text': text}})
        found = session.findings(document['uri'], 1)
        total += len(found)
        for place in [finding['range'] for finding in found] + numbers(text, encoding):
            for name in sorted(offered & set(ASKED)):
                method, params = ASKED[name]
                answers[name] += bool(session.request(method, params(document, place)))
        if 'renameProvider' in offered:
            answers['rename'] += rename(session, document, numbers(text, encoding))
        answers['figures'] += len(session.request('hegao/figures', {'textDocument': document})['figures'])
        first = {'start': {'line': 0, 'character': 0}, 'end': {'line': 0, 'character': 1}}
        session.notify('textDocument/didChange', {
            'textDocument': {**document, 'version': 2}, 'contentChanges': [{'range': first, 'text': '改'}]})
        session.findings(document['uri'], 2)
    assert total >= 5
    silent = (offered & set(ASKED) | {'rename', 'figures'}) - {name for name, count in answers.items() if count}
    assert not silent, f'never answered with anything: {silent}'
    assert '牢牢把握团结和民主两大主题' in completed(session, encoding)
    if 'diagnosticProvider' in offered:
        session.request('workspace/diagnostic', {'previousResultIds': []})
    assert session.request('hegao/rule', {'name': 'duplicates/paragraph'})['markdown'].startswith('# duplicates/paragraph')
    session.close()
    assert session.count > 100
    assert session.faults == []
