// What helps while a draft is written: the line over a repeated paragraph, and phrases to go on with.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Claim, REPORT, show, shownDiff, until } from './support';

async function lenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
}

export const writing: Claim[] = [
  {
    name: 'a line over the repeated paragraph compares it with the other; who turns it off has none',
    async run() {
      const document = await show(REPORT);
      const [lens, ...more] = await until('a lens', () => lenses(document.uri), (found) => found.length > 0);
      assert.ok(lens?.command);
      assert.equal(more.length, 0);
      assert.equal(lens.range.start.line, 58);
      assert.equal(lens.command.command, 'hegao.compare');
      assert.match(lens.command.title, /第57行.*比较/);
      await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments ?? []);
      const { original, modified } = await shownDiff();
      const texts = await Promise.all([original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
      assert.deepEqual(texts, [document.lineAt(56).text, document.lineAt(58).text]);
      const settings = vscode.workspace.getConfiguration('hegao');
      await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        assert.deepEqual(await lenses(document.uri), []);
      } finally {
        await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
    },
  },
  {
    name: 'the beginning of a fixed phrase is completed with what follows in other reports',
    async run() {
      const { uri } = await show('phrase.txt', '一年来，牢牢把握团\n');
      const at = new vscode.Position(0, 9);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at);
      const phrase = items.find(({ label }) => label === '牢牢把握团结和民主两大主题');
      assert.ok(phrase, JSON.stringify(items));
      assert.equal(phrase.insertText, '牢牢把握团结和民主两大主题');
      assert.match(phrase.detail ?? '', /份报告/);
      // What was typed is replaced, not said twice.
      const range = phrase.range instanceof vscode.Range ? phrase.range : phrase.range?.replacing;
      assert.ok(range?.isEqual(new vscode.Range(0, 4, 0, 9)), JSON.stringify(phrase));
    },
  },
];
