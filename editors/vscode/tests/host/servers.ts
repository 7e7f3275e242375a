// Finding, restarting and losing the server.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { findServer } from '../../src/server/binary';
import { Claim, extension, findings, PARAGRAPH, show, until } from './support';

function program(folder: string, name: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 });
  return file;
}

async function setPath(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('hegao').update('server.path', value, vscode.ConfigurationTarget.Global);
}

export const servers: Claim[] = [
  {
    name: 'the server is the one that is set, else the one that came along, else the one on the PATH',
    async run() {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hegao-'));
      const extensionFolder = path.join(folder, 'extension');
      const onPath = program(folder, 'bin/hegao');
      const searchPath = ['', path.join(folder, 'none'), path.dirname(onPath)].join(path.delimiter);
      const find = (setting: string) => findServer(setting, extensionFolder, searchPath);
      assert.deepEqual(find(''), { path: onPath });
      const bundled = program(extensionFolder, 'server/hegao');
      assert.deepEqual(find('  '), { path: bundled });
      assert.ok(fs.statSync(bundled).mode & 0o100, 'the mark that it can be run is restored');
      assert.deepEqual(find(onPath), { path: onPath });
      assert.deepEqual(find('/no/such/hegao'), { missing: '/no/such/hegao' });
      assert.deepEqual(findServer('', path.join(folder, 'none'), ''), { nowhere: true });
      fs.rmSync(folder, { recursive: true });
    },
  },
  {
    name: 'a restart leaves one server, which finds the same',
    async run() {
      const { uri } = await show('restart.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('a finding', () => findings(uri), (found) => found.length === 1);
      const { session } = await extension();
      const before = session.running;
      // Two at once, as an impatient hand does.
      await Promise.all([vscode.commands.executeCommand('hegao.restart'), vscode.commands.executeCommand('hegao.restart')]);
      assert.notEqual(session.running, before);
      await until('the finding again, once', () => findings(uri), (found) => found.length === 1);
    },
  },
  {
    name: 'a path that leads nowhere stops the server and its findings; mending it brings them back',
    async run() {
      const { uri } = await show('restart.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('a finding', () => findings(uri), (found) => found.length === 1);
      const { session } = await extension();
      const before = vscode.workspace.getConfiguration('hegao').get<string>('server.path');
      await setPath('/no/such/hegao');
      await until('the end of the server', () => session.condition, (condition) => condition === 'stopped');
      await until('no finding', () => findings(uri), (found) => found.length === 0);
      await setPath(before);
      await until('the server', () => session.condition, (condition) => condition === 'running');
      await until('the finding again', () => findings(uri), (found) => found.length === 1);
    },
  },
];
