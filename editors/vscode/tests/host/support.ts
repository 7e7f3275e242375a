// What the tests in the extension host share. Nothing here knows the extension's inside.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exports } from '../../src/extension';

export interface Claim {
  name: string;
  run(): Promise<void>;
}

const PATIENCE = 30_000;

export async function until<Value>(what: string, read: () => Value | Promise<Value>, good: (value: Value) => unknown): Promise<Value> {
  let last: Value | undefined;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    last = await read();
    if (good(last)) {
      return last;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}; last: ${JSON.stringify(last)}`);
}

export async function extension(): Promise<Exports> {
  const installed = vscode.extensions.getExtension<Exports>('hegao.hegao');
  assert.ok(installed, 'the extension is not installed');
  return installed.activate();
}

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Writes a file of the workspace and shows it. */
export async function show(name: string, text?: string): Promise<vscode.TextDocument> {
  const uri = workspaceFile(name);
  if (text !== undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

export async function shownDiff(): Promise<vscode.TabInputTextDiff> {
  const input = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return await until('a diff', input, (found) => found instanceof vscode.TabInputTextDiff) as vscode.TabInputTextDiff;
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'hegao');
}

export function rulesOf(uri: vscode.Uri): string[] {
  return findings(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

export const REPORT = '001_27aa5a5a10930f29.txt';
export const UNMARKED = '000_9975f0ca8d495da4.txt';
export const PARAGRAPH =
  '一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效，得到各界好评。';
