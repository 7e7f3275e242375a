// Findings and fixes by VS Code's API.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Claim, extension, findings, PARAGRAPH, REPORT, rulesOf, show, until, workspaceFile } from './support';

/** PARAGRAPH twice, in GBK, which nothing here can write. */
const GBK =
  '0rvE6sC0o6zP2NX+0K3Iz9XmwsTQ0NawxNyjrM6nyMbW0NDEoaK3/s7xtPO+1qOs1PrKtb+q1bnQrcnM0unV/rrNw/HW97zgtr2jrMihtcPQwr' +
  'XEs8nQp6OstcO1vbj3vee6w8bAoaMKCtK7xOrAtKOsz9jV/tCtyM/V5sLE0NDWsMTco6zOp8jG1tDQxKGit/7O8bTzvtajrNT6yrW/qtW50K3J' +
  'zNLp1f66zcPx1ve84La9o6zIobXD0MK1xLPJ0KejrLXDtb24973nusPGwKGjCg==';

async function actionsAt(uri: vscode.Uri, range: vscode.Range, kind: string): Promise<vscode.CodeAction[]> {
  const ask = async () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind);
  // The window learns of findings a moment after the extension host: until then there is nothing to act on.
  return until(`actions of kind ${kind}`, ask, (found) => found.length > 0);
}

export const drafts: Claim[] = [
  {
    name: 'the extension runs with the server',
    async run() {
      assert.equal((await extension()).session.condition, 'running');
    },
  },
  {
    name: 'the repeated paragraph of seed 001 is found, and links to the other place and to the page of its rule',
    async run() {
      const { uri } = await show(REPORT);
      const [finding, ...more] = await until('a finding', () => findings(uri), (found) => found.length > 0);
      assert.ok(finding);
      assert.equal(more.length, 0);
      assert.equal(finding.range.start.line, 58);
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
      assert.match(finding.message, /第57行/);
      assert.equal(finding.relatedInformation?.[0]?.location.range.start.line, 56);
      assert.ok(typeof finding.code === 'object');
      assert.equal(finding.code.value, 'duplicates/paragraph');
      assert.equal(finding.code.target.toString(), 'hegao:/duplicates/paragraph.md');
    },
  },
  {
    name: 'a draft that was never saved is checked',
    async run() {
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: `${PARAGRAPH}\n\n${PARAGRAPH}\n` });
      await vscode.window.showTextDocument(document);
      await until('a finding', () => rulesOf(document.uri), (found) => found.includes('duplicates/paragraph'));
    },
  },
  {
    name: 'a quick fix takes the copy out, and undo brings it and the finding back',
    async run() {
      const document = await show('copy.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      const [finding] = await until('a finding', () => findings(document.uri), (found) => found.length === 1);
      assert.ok(finding);
      const fixes = await actionsAt(document.uri, finding.range, 'quickfix');
      const fix = fixes.find(({ title }) => title.startsWith('删去这一段'));
      assert.ok(fix?.edit && fix.isPreferred, JSON.stringify(fixes));
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.equal(document.getText(), `${PARAGRAPH}\n`);
      await until('no finding', () => findings(document.uri), (found) => found.length === 0);
      await vscode.commands.executeCommand('undo');
      await until('the finding again', () => findings(document.uri), (found) => found.length === 1);
    },
  },
  {
    name: 'fix-all on save is done for who asks for it, and not for who does not',
    async run() {
      const text = '一、主要工作\n全年召开协商会议十二次。\n二.存在问题\n调查研究还不够深入。\n三、下步打算\n加强学习，改进作风。\n';
      const document = await show('numbers.txt', text);
      await until('a finding', () => rulesOf(document.uri), (found) => found.includes('headings/marker'));
      const edit = async (words: string) => {
        const change = new vscode.WorkspaceEdit();
        change.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, words);
        await vscode.workspace.applyEdit(change);
        return document.save();
      };
      assert.ok(await edit('又一句。\n'));
      assert.match(document.getText(), /二\.存在问题/);
      const settings = vscode.workspace.getConfiguration('editor', document.uri);
      await settings.update('codeActionsOnSave', { 'source.fixAll.hegao': 'explicit' }, vscode.ConfigurationTarget.Global);
      try {
        // The window takes the new setting in its own time, and says nothing when it has.
        const saved = async () => (await edit('再一句。\n')) && document.getText();
        await until('a save that fixes', saved, (text) => text && text.includes('二、存在问题'));
      } finally {
        await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
      }
    },
  },
  {
    name: 'plain text is wrapped: a paragraph is one line',
    async run() {
      const { uri } = await show(REPORT);
      assert.equal(vscode.workspace.getConfiguration('editor', { uri, languageId: 'plaintext' }).get('wordWrap'), 'on');
    },
  },
  {
    name: 'an old draft in GBK is read as Chinese, and saved as it was',
    async run() {
      const uri = workspaceFile('old.txt');
      const bytes = Buffer.from(GBK, 'base64');
      await vscode.workspace.fs.writeFile(uri, new Uint8Array(bytes));
      const document = await show('old.txt');
      assert.equal(document.getText(), `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('a finding', () => findings(uri), (found) => found.length === 1);
      const change = new vscode.WorkspaceEdit();
      change.insert(uri, new vscode.Position(0, 0), '　');
      await vscode.workspace.applyEdit(change);
      assert.ok(await document.save());
      const saved = Buffer.from(await vscode.workspace.fs.readFile(uri));
      assert.deepEqual(saved, Buffer.concat([Buffer.from([0xa1, 0xa1]), bytes]));
    },
  },
  {
    name: 'what is intended goes to the project’s list, and the finding goes',
    async run() {
      const document = await show('intended.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      const [finding] = await until('a finding', () => findings(document.uri), (found) => found.length === 1);
      assert.ok(finding);
      const accept = (await actionsAt(document.uri, finding.range, 'quickfix')).find(({ title }) => title.startsWith('有意如此'));
      assert.ok(accept?.command?.arguments);
      // Deleted at once, the file would never have been there for the editor's watcher.
      const watcher = vscode.workspace.createFileSystemWatcher('**/hegao-baseline.txt');
      let seen = false;
      watcher.onDidCreate(() => {
        seen = true;
      });
      await vscode.commands.executeCommand(accept.command.command, ...accept.command.arguments);
      await until('the list to be seen', () => seen, Boolean);
      watcher.dispose();
      await until('no finding', () => findings(document.uri), (found) => found.length === 0);
      const list = Buffer.from(await vscode.workspace.fs.readFile(workspaceFile('hegao-baseline.txt'))).toString();
      assert.match(list, /duplicates\/paragraph/);
      await vscode.workspace.fs.delete(workspaceFile('hegao-baseline.txt'));
      // The server watches the list through the editor.
      await until('the finding again', () => findings(document.uri), (found) => found.length === 1);
    },
  },
];
