// Two paragraphs, and two reports, in the diff editor; the list of repeats.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pairOf, repeatsAmong } from '../../src/views/repeats';
import { Claim, findings, REPORT, show, shownDiff, UNMARKED, until, workspaceFile } from './support';

export const comparing: Claim[] = [
  {
    name: 'a repeat is a pair of places, alike by what its finding says',
    async run() {
      const uri = vscode.Uri.parse('file:///a.txt');
      const other = vscode.Uri.parse('file:///去年.txt');
      const range = new vscode.Range(4, 0, 4, 9);
      const near = new vscode.Diagnostic(range, '与《去年》第3段相似度86%', vscode.DiagnosticSeverity.Warning);
      near.source = 'hegao';
      near.code = 'duplicates/archive';
      near.relatedInformation = [new vscode.DiagnosticRelatedInformation(new vscode.Location(other, range), '')];
      const foreign = new vscode.Diagnostic(range, '90%', vscode.DiagnosticSeverity.Warning);
      foreign.code = 'duplicates/paragraph';
      const repeats = repeatsAmong([[uri, [foreign, near]]]);
      assert.equal(repeats.length, 1);
      assert.equal(repeats[0]?.similarity, '86%');
      assert.equal(repeats[0]?.others[0]?.uri.toString(), other.toString());
    },
  },
  {
    name: 'the repeat of seed 001 opens both paragraphs side by side, the first one left',
    async run() {
      const document = await show(REPORT);
      await until('a finding', () => findings(document.uri), (found) => found.length === 1);
      const [repeat] = repeatsAmong([[document.uri, findings(document.uri)]]);
      assert.ok(repeat);
      assert.equal(repeat.similarity, undefined);
      const pair = pairOf(repeat);
      // As the server's code lens calls it: with what JSON can say, and nothing else.
      await vscode.commands.executeCommand('hegao.compare', JSON.parse(JSON.stringify(pair)));
      const diff = await shownDiff();
      const left = await vscode.workspace.openTextDocument(diff.original);
      const right = await vscode.workspace.openTextDocument(diff.modified);
      assert.match(diff.original.path, /第57行/);
      assert.match(diff.modified.path, /第59行/);
      assert.equal(left.getText(), document.lineAt(56).text);
      assert.equal(right.getText(), document.lineAt(58).text);
    },
  },
  {
    name: 'two reports are compared, the draft on the side that can be edited',
    async run() {
      const draft = await show(REPORT);
      const done = vscode.commands.executeCommand('hegao.compareReports');
      // The picker has the focus; its rows are the other reports of the folder, by name.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await done;
      const diff = await shownDiff();
      assert.equal(diff.modified.toString(), draft.uri.toString());
      assert.equal(diff.original.toString(), workspaceFile(UNMARKED).toString());
    },
  },
];
