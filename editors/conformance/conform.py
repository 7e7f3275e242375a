"""Checks messages of a server against the protocol's types, which lsprotocol generates from the protocol's meta model.

A message is made into its type and back. The first finds members that are missing, mistyped or out of an enumeration; the
round trip finds members that the protocol does not have. Numbers of positions must not be negative, and a server must not
send what only a client may say."""

import json

import cattrs
from lsprotocol import converters, types

CONVERTER = converters.get_converter()

# What hegao adds: the result's members and their types.
OWN = {
    'hegao/rule': {'markdown': str},
    'hegao/figures': {'version': int, 'mentions': list, 'figures': list},
}


def faults(message, request_method=None):
    """What is wrong with `message`; for a response, `request_method` is what it answers. An empty list: nothing."""
    method = message.get('method') or request_method
    if message.get('jsonrpc') != '2.0':
        return ['jsonrpc is not 2.0']
    if 'error' in message:
        return _error_faults(message['error'], method)
    if method in OWN:
        return _own_faults(message, method)
    if method not in types.METHOD_TO_TYPES:
        return [f'unknown method {method}']
    request, response, _, _ = types.METHOD_TO_TYPES[method]
    if 'method' in message and types.message_direction(method) == 'clientToServer':
        return [f'{method} is not for a server to send']
    if request_method == 'textDocument/codeAction':
        return _action_faults(message.get('result'))
    try:
        made = CONVERTER.structure(message, request if 'method' in message else response)
    except Exception as error:  # cattrs groups its errors; anything else is a fault as well
        told = cattrs.transform_error(error) if hasattr(error, 'exceptions') else [repr(error)]
        return [f'{method}: {fault}' for fault in told]
    again = _json(made)
    return [f'{method}{fault}' for fault in _differences(_plain(message), _plain(again)) + _negative(message)]


def _json(made):
    """As it would be sent; cattrs leaves enumerations inside unions as they are."""
    return json.loads(json.dumps(CONVERTER.unstructure(made)))


def _action_faults(actions):
    """Each of the list is a Command or a CodeAction; lsprotocol takes an action that has a command for a command."""
    found = []
    for at, action in enumerate(actions or []):
        kind = types.Command if isinstance(action.get('command'), str) else types.CodeAction
        try:
            again = _json(CONVERTER.structure(action, kind))
        except Exception as error:  # as above
            found.append(f'textDocument/codeAction[{at}]: {cattrs.transform_error(error)}')
            continue
        found += [f'textDocument/codeAction[{at}]{fault}' for fault in _differences(_plain(action), _plain(again))]
    return found + _negative(actions)


def _error_faults(error, method):
    good = isinstance(error.get('code'), int) and isinstance(error.get('message'), str)
    extra = set(error) - {'code', 'message', 'data'}
    return [] if good and not extra else [f'{method}: not a response error: {error!r}']


def _own_faults(message, method):
    result = message.get('result')
    if result is None:
        return []
    due = OWN[method]
    wrong = [f'{method}.{name}: not {kind.__name__}' for name, kind in due.items() if not isinstance(result.get(name), kind)]
    return wrong + [f'{method}.{name}: unknown' for name in result if name not in due]


def _plain(value):
    """Without members that are null, and with 1.0 as 1: neither tells the two sides apart."""
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _differences(sent, made, path=''):
    if type(sent) is not type(made):
        return [f'{path}: {sent!r} became {made!r}']
    if isinstance(sent, dict):
        found = []
        for name in {**sent, **made}:
            if name not in made:
                found.append(f'{path}.{name}: not in the protocol')
            elif name not in sent:
                found.append(f'{path}.{name}: missing, {made[name]!r} assumed')
            else:
                found += _differences(sent[name], made[name], f'{path}.{name}')
        return found
    if isinstance(sent, list):
        pairs = [fault for at, (a, b) in enumerate(zip(sent, made)) for fault in _differences(a, b, f'{path}[{at}]')]
        return pairs + ([] if len(sent) == len(made) else [f'{path}: {len(sent)} members became {len(made)}'])
    return [] if sent == made else [f'{path}: {sent!r} became {made!r}']


def _negative(value, path=''):
    """Positions below zero: lsprotocol takes them."""
    if isinstance(value, dict):
        own = [f'{path}.{name}: negative' for name in ('line', 'character')
               if isinstance(value.get(name), int) and value[name] < 0]
        return own + [fault for name, member in value.items() for fault in _negative(member, f'{path}.{name}')]
    if isinstance(value, list):
        return [fault for at, member in enumerate(value) for fault in _negative(member, f'{path}[{at}]')]
    return []
