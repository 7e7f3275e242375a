// The outline, folding, selections, hover and headings of the workspace by VS Code's API.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Claim, findings, REPORT, show, UNMARKED, until } from './support';

type Symbol = vscode.DocumentSymbol;

function symbols(uri: vscode.Uri, good: (names: string[]) => boolean): Promise<string[]> {
  const read = async () => {
    const found = await vscode.commands.executeCommand<Symbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
    const flat = (list: Symbol[]): string[] => list.flatMap((symbol) => [symbol.name, ...flat(symbol.children)]);
    return flat(found ?? []);
  };
  return until('symbols', read, good);
}

async function setOutline(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('hegao').update('outline.markdown', value, vscode.ConfigurationTarget.Global);
}

const count = (names: string[], word: string) => names.filter((name) => name.includes(word)).length;

export const outlines: Claim[] = [
  {
    name: 'seed 000, without any markup, has its title and six sections in the outline',
    async run() {
      const { uri } = await show(UNMARKED);
      const names = await symbols(uri, (found) => found.length > 6);
      for (const due of ['和衷共济谋发展 团结奋进铸辉煌', '巩固思想基础 增强政治定力', '加强自身建设 提高履职能力']) {
        assert.ok(names.includes(due), `${due} is not among ${names.join('|')}`);
      }
    },
  },
  {
    name: 'headings that Markdown knows stand once; always and never are obeyed',
    async run() {
      const numbered = '# 总结\n\n一、协商议政\n\n召开会议十二次。\n\n二、民主监督\n\n开展视察六次。\n';
      const marked = numbered.replace(/^(?=[一二]、)/gm, '## ');
      const shown = async (name: string, text: string) => {
        const { uri } = await show(name, text);
        const names = await symbols(uri, (found) => count(found, '总结') > 0);
        return { names, title: count(names, '总结'), section: count(names, '协商议政') };
      };
      assert.equal((await shown('marked.md', marked)).section, 1);
      try {
        // Each in a draft of its own: VS Code keeps the symbols of a text that has not changed.
        await setOutline('always');
        assert.equal((await shown('marked-always.md', marked)).section, 2);
        await setOutline('never');
        assert.equal((await shown('numbered-never.md', numbered)).section, 0);
      } finally {
        await setOutline(undefined);
      }
      const more = await shown('numbered.md', numbered);
      assert.deepEqual([more.title, more.section], [2, 1], more.names.join('|'));
    },
  },
  {
    name: 'sections fold, selections grow to the paragraph, hover explains, headings are found across the folder',
    async run() {
      const { uri } = await show(REPORT);
      const [finding] = await until('a finding', () => findings(uri), (found) => found.length === 1);
      assert.ok(finding);
      const at = new vscode.Position(58, 30);
      const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
      assert.ok(folds.some(({ start }) => start === 48), JSON.stringify(folds));
      const [grown] = await vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', uri, [at]);
      const ranges: vscode.Range[] = [];
      for (let each = grown; each !== undefined; each = each.parent) {
        ranges.push(each.range);
      }
      assert.ok(ranges.some((range) => range.isEqual(finding.range)), JSON.stringify(ranges));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
      const said = hovers.flatMap(({ contents }) => contents).map((part) => (typeof part === 'string' ? part : part.value)).join('');
      assert.match(said, /怎么改/);
      const headings = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', '自身建设');
      // One heading of the open draft, one of a draft that is closed.
      const files = new Set(headings.map(({ location }) => location.uri.path.slice(-20)));
      assert.ok(files.size >= 2, [...files].join());
    },
  },
];
