"""The checker itself: what it must let pass, and what it must find."""

import pytest
from conform import faults

RANGE = {'start': {'line': 0, 'character': 0}, 'end': {'line': 0, 'character': 2}}
GOOD = {'range': RANGE, 'message': 'x', 'severity': 2, 'code': 'a', 'data': {'k': [1, 2]},
        'relatedInformation': [{'location': {'uri': 'file:///b', 'range': RANGE}, 'message': 'm'}]}


def published(diagnostic):
    params = {'uri': 'file:///a', 'diagnostics': [diagnostic]}
    return {'jsonrpc': '2.0', 'method': 'textDocument/publishDiagnostics', 'params': params}


def test_a_good_message_passes():
    assert faults(published(GOOD)) == []


@pytest.mark.parametrize('wrong', [
    {'message': 'no range'},
    {**GOOD, 'severity': 9},
    {**GOOD, 'sevrity': 2},
    {**GOOD, 'range': {'start': {'line': '0', 'character': 0}, 'end': RANGE['end']}},
    {**GOOD, 'range': {'start': {'line': -1, 'character': 0}, 'end': RANGE['end']}},
])
def test_a_bad_diagnostic_is_found(wrong):
    assert faults(published(wrong))


def test_what_only_a_client_may_say_is_found():
    document = {'uri': 'a:b', 'languageId': 'b', 'version': 1, 'text': ''}
    message = {'jsonrpc': '2.0', 'method': 'textDocument/didOpen', 'params': {'textDocument': document}}
    assert faults(message)


def test_a_result_is_checked_by_what_it_answers():
    symbol = {'name': 'a', 'kind': 15, 'range': RANGE, 'selectionRange': RANGE}
    reply = {'jsonrpc': '2.0', 'id': 1, 'result': [symbol]}
    assert faults(reply, 'textDocument/documentSymbol') == []
    del symbol['kind']
    assert faults(reply, 'textDocument/documentSymbol')


def test_actions_and_commands_are_told_apart():
    command = {'title': 'a', 'command': 'b', 'arguments': [1]}
    action = {'title': 'a', 'kind': 'quickfix', 'command': command}
    reply = {'jsonrpc': '2.0', 'id': 1, 'result': [command, action]}
    assert faults(reply, 'textDocument/codeAction') == []
    for wrong in ({'title': 1, 'command': 'b'}, {**action, 'kinds': 'quickfix'}, {'kind': 'quickfix'}):
        assert faults({**reply, 'result': [wrong]}, 'textDocument/codeAction'), wrong


def test_our_own_requests_are_checked_too():
    reply = {'jsonrpc': '2.0', 'id': 1, 'result': {'markdown': '# a'}}
    assert faults(reply, 'hegao/rule') == []
    assert faults({**reply, 'result': {'text': '# a'}}, 'hegao/rule')


def test_an_unknown_method_is_found():
    assert faults({'jsonrpc': '2.0', 'method': 'hegao/nonesuch', 'params': {}})
