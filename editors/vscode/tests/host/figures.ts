// Figures: their table as the server answers it, in the order of the view, as CSV and as a tree; where else a figure
// stands, and its rename.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FigureTree } from '../../src/views/figures_view';
import { csv, Group, groups } from '../../src/views/figures';
import { Figures } from '../../src/server/protocol';
import { Claim, extension, REPORT, rulesOf, show, until } from './support';

/** One statement in three places, one of them in Chinese numerals; between them, others. */
const DRAFT =
  '一年来,县政协推动了社区图书馆建设等16个具体问题得到解决。\n\n召开协商会议5次,办复率100%。\n\n' +
  '主动联系部门,推动了社区图书馆建设等16个具体问题得到解决。\n\n推动了社区图书馆建设等十六个具体问题得到解决，群众满意。\n';
const PLACES = [[0, 18], [4, 18], [6, 11]];

async function ask(draft: vscode.TextDocument): Promise<Figures> {
  const { session } = await extension();
  const answer = await session.running?.sendRequest<Figures>('hegao/figures', { textDocument: { uri: draft.uri.toString() } });
  assert.ok(answer);
  return answer;
}

/** Seed 001 with 18 for 16 in line 9, shown and not saved. */
async function conflicting(): Promise<vscode.TextDocument> {
  const document = await show(REPORT);
  const at = document.lineAt(8).text.indexOf('16个具体问题');
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(8, at, 8, at + 2), '18');
  assert.ok(await vscode.workspace.applyEdit(change));
  await until('a conflict', () => rulesOf(document.uri), (rules) => rules.includes('figures/conflict'));
  return document;
}

function starts(locations: { range: vscode.Range }[]): number[][] {
  return locations.map(({ range: { start } }) => [start.line, start.character]);
}

export const figures: Claim[] = [
  {
    name: 'figures of seed 001: conflicts first, then by metric, and every mention of the answer stands once',
    async run() {
      const answer = await ask(await conflicting());
      const shown = groups(answer);
      const [first, ...rest] = shown;
      assert.ok(first && rest.length > 10);
      assert.deepEqual([first.figure.metric, first.figure.status], ['具体问题', 'conflict']);
      assert.deepEqual(first.mentions.map(({ text }) => text), ['18个', '16个', '16个']);
      assert.ok(rest.every(({ figure }) => figure.status !== 'conflict'));
      const metrics = rest.flatMap(({ figure }) => figure.metric ?? []);
      assert.deepEqual(metrics, [...metrics].sort((a, b) => a.localeCompare(b, 'zh')));
      assert.equal(shown.reduce((sum, { mentions }) => sum + mentions.length, 0), answer.mentions.length);
    },
  },
  {
    name: 'the command copies the figures of the draft as CSV, the conflict first',
    async run() {
      await conflicting();
      const read = async () => {
        await vscode.commands.executeCommand('hegao.copyFigures');
        return vscode.env.clipboard.readText();
      };
      const copied = await until('the conflict', read, (text) => text.includes('前后不一致'));
      const rows = copied.split('\r\n');
      assert.equal(rows[0], '指标,数值,单位,概数,范围,时期,行,原文,状态');
      const cells = rows.slice(1, 4).map((row) => row.split(','));
      assert.deepEqual(cells.map((row) => [0, 1, 2, 6, 7, 8].map((at) => row[at])), [
        ['具体问题', '18', '个', '9', '18个', '前后不一致'],
        ['具体问题', '16', '个', '57', '16个', '前后不一致'],
        ['具体问题', '16', '个', '59', '16个', '前后不一致'],
      ]);
      assert.ok(rows.some((row) => /^意见建议,90,条,.*,9,90余条,$/.test(row)), copied);
    },
  },
  {
    name: 'a cell of the CSV is quoted where it must be, and is no formula',
    async run() {
      const [group] = groups(await ask(await show('one.txt', '召开协商会议5次。\n')));
      assert.ok(group?.mentions[0]);
      const strange: Group = { ...group, mentions: [{ ...group.mentions[0], metric: '=会议', text: '5次, "约"' }] };
      const row = csv([strange], [], () => '').split('\r\n')[1];
      assert.match(row ?? '', /^'=会议,5,次,.*,1,"5次, ""约""",$/);
    },
  },
  {
    name: 'the tree of figures: a conflict stands open with both values, a place is gone to, a single figure leads to its own',
    async run() {
      const draft = await conflicting();
      const tree = new FigureTree(ask);
      tree.follow(draft);
      await tree.refresh();
      const [conflict, single] = tree.getChildren();
      assert.ok(conflict && single && 'group' in single);
      const item = tree.getTreeItem(conflict);
      assert.equal(item.label, '具体问题');
      assert.equal(item.description, '18个 / 16个 · 前后不一致');
      assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
      const places = tree.getChildren(conflict).map((place) => tree.getTreeItem(place));
      assert.deepEqual(places.map(({ label, description }) => `${label} ${description}`), ['18个 第9行', '16个 第57行', '16个 第59行']);
      assert.deepEqual(tree.getChildren(single), []);
      const gone = async ({ command }: vscode.TreeItem) => {
        assert.ok(command?.arguments);
        await vscode.commands.executeCommand(command.command, ...command.arguments);
        const { selection, document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
        return [selection.start.line, document.getText(selection)];
      };
      assert.deepEqual(await gone(places[1] ?? item), [56, '16个']);
      const [mention] = single.group.mentions;
      assert.deepEqual(await gone(tree.getTreeItem(single)), [mention?.range.start.line, mention?.text]);
    },
  },
  {
    name: 'the tree of figures stays while a text has no answer, and says so if the server has no figures',
    async run() {
      const draft = await show(REPORT);
      let said: Figures | string | undefined = await ask(draft);
      const tree = new FigureTree(async () => said);
      tree.follow(draft);
      await tree.refresh();
      const shown = tree.shown.length;
      assert.ok(shown > 10);
      said = undefined; // a text that has moved on
      await tree.refresh();
      assert.equal(tree.shown.length, shown);
      said = '没有';
      await tree.refresh();
      assert.deepEqual([tree.shown, tree.message], [[], '没有']);
    },
  },
  {
    name: 'references, highlights and definition of a figure are the places that state it',
    async run() {
      const { uri } = await show('figures.txt', DRAFT);
      const at = new vscode.Position(0, 18);
      const found = <Found>(command: string, position = at) => vscode.commands.executeCommand<Found[]>(command, uri, position);
      assert.deepEqual(starts(await found<vscode.Location>('vscode.executeReferenceProvider')), PLACES);
      assert.deepEqual(starts(await found<vscode.DocumentHighlight>('vscode.executeDocumentHighlights')), PLACES);
      assert.deepEqual(starts(await found<vscode.Location>('vscode.executeDefinitionProvider')), PLACES.slice(1, 2));
      const from = new vscode.Position(6, 12);
      assert.deepEqual(starts(await found<vscode.Location>('vscode.executeDefinitionProvider', from)), PLACES.slice(0, 1));
    },
  },
  {
    name: 'a rename sets the figure everywhere, each place in its own form, in the draft on disk too',
    async run() {
      const document = await show('figures.txt', DRAFT);
      const at = new vscode.Position(6, 12);
      const asked = await vscode.commands.executeCommand<{ placeholder: string }>('vscode.prepareRename', document.uri, at);
      assert.equal(asked.placeholder, '十六');
      const rename = (to: string) =>
        vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, to);
      await assert.rejects(async () => rename('很多'), /“很多”不是数/);
      assert.ok(await vscode.workspace.applyEdit(await rename('18')));
      const due = DRAFT.replaceAll('16个', '18个').replace('十六个', '十八个');
      assert.equal(document.getText(), due);
      assert.ok(await document.save());
      assert.equal(Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString(), due);
    },
  },
];
