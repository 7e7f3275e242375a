// Pages about rules, and what the settings do to rules.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Claim, findings, PARAGRAPH, rulesOf, show, until, workspaceFile } from './support';

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('hegao').update(name, value, vscode.ConfigurationTarget.Global);
}

export const rules: Claim[] = [
  {
    name: 'the page of a rule is a document of the editor; of no rule, it says so',
    async run() {
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('hegao:/duplicates/paragraph.md'));
      assert.equal(page.languageId, 'markdown');
      assert.match(page.getText(), /^# duplicates\/paragraph 重复段落/);
      const none = await vscode.workspace.openTextDocument(vscode.Uri.parse('hegao:/duplicates/nonesuch.md'));
      assert.match(none.getText(), /没有规则/);
    },
  },
  {
    name: 'the command shows the page of a rule as it is read, not as it is written',
    async run() {
      await vscode.commands.executeCommand('hegao.showRule', 'headings/sequence');
      const shown = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      const input = await until('the page', shown, (found) => found instanceof vscode.TabInputCustom) as vscode.TabInputCustom;
      assert.equal(input.viewType, 'vscode.markdown.preview.editor');
      assert.equal(input.uri.toString(), 'hegao:/headings/sequence.md');
    },
  },
  {
    name: 'a rule that the settings turn off is silent, and speaks again',
    async run() {
      const { uri } = await show('rules.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('a finding', () => findings(uri), (found) => found.length === 1);
      await set('rules', { 'duplicates/paragraph': 'off' });
      try {
        await until('silence', () => findings(uri), (found) => found.length === 0);
      } finally {
        await set('rules', undefined);
      }
      await until('the finding again', () => findings(uri), (found) => found.length === 1);
    },
  },
  {
    name: 'hegao.toml wins over the settings and is taken anew when it is saved',
    async run() {
      const { uri } = await show('rules.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('an error', () => findings(uri)[0]?.severity, (found) => found === vscode.DiagnosticSeverity.Error);
      const toml = workspaceFile('hegao.toml');
      await vscode.workspace.fs.writeFile(toml, new TextEncoder().encode('[rules]\n"duplicates/paragraph" = "hint"\n'));
      await until('a hint', () => findings(uri)[0]?.severity, (found) => found === vscode.DiagnosticSeverity.Hint);
      await vscode.workspace.fs.delete(toml);
      await until('an error again', () => findings(uri)[0]?.severity, (found) => found === vscode.DiagnosticSeverity.Error);
    },
  },
  {
    name: 'findings are Chinese, and English for who wants it',
    async run() {
      const { uri } = await show('rules.txt', `${PARAGRAPH}\n\n${PARAGRAPH}\n`);
      await until('Chinese', () => findings(uri)[0]?.message ?? '', (message) => message.includes('完全相同'));
      await set('language', 'en');
      try {
        await until('English', () => findings(uri)[0]?.message ?? '', (message) => /paragraph/i.test(message) && !/[一-龥]/.test(message));
      } finally {
        await set('language', undefined);
      }
      await until('Chinese again', () => findings(uri)[0]?.message ?? '', (message) => message.includes('完全相同'));
    },
  },
  {
    name: 'closed drafts of the folder are checked only for who wants it',
    async run() {
      await show('rules.txt', `${PARAGRAPH}\n`);
      const closed = workspaceFile('closed.txt');
      await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode(`${PARAGRAPH}\n\n${PARAGRAPH}\n`));
      assert.deepEqual(rulesOf(closed), []);
      await set('workspace.check', true);
      try {
        await until('a finding in the closed draft', () => rulesOf(closed), (found) => found.includes('duplicates/paragraph'));
      } finally {
        await set('workspace.check', undefined);
        await vscode.workspace.fs.delete(closed);
      }
    },
  },
  {
    name: 'the schema of hegao.toml comes along, for extensions that check TOML',
    async run() {
      const installed = vscode.extensions.getExtension('hegao.hegao');
      assert.ok(installed);
      const [validation] = installed.packageJSON.contributes.tomlValidation;
      assert.equal(validation.fileMatch, 'hegao.toml');
      const file = vscode.Uri.joinPath(installed.extensionUri, validation.url);
      const schema = JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(file)).toString());
      assert.ok(schema.properties.rules.properties['duplicates/paragraph']);
    },
  },
];
