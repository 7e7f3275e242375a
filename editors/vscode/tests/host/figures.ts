// The table of figures: its order, its CSV and its tree, from an answer as the server gives it.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FigureTree } from '../../src/views/figures_view';
import { csv, groups } from '../../src/views/figures';
import { Figure, Figures, Mention } from '../../src/server/protocol';
import { Claim, REPORT, show } from './support';

function mention(line: number, more: Partial<Mention>): Mention {
  const at = { line, character: 0 };
  return {
    text: '10件', class: 'figure', value: 10, min: 10, max: 10, approximation: null, unit: '件', metric: '提案', verb: null,
    scope: { body: null, marks: [] }, period: null, range: { start: at, end: at }, figure: 0, ...more,
  };
}

function figure(id: number, mentions: number[], more: Partial<Figure>): Figure {
  return { id, metric: '提案', unit: '件', scope: null, mentions, status: 'single', ...more };
}

const answer: Figures = {
  version: 1,
  mentions: [
    mention(9, { metric: '提案' }), mention(1, { metric: null, text: '3次' }), mention(2, { metric: '委员', text: '120名' }),
    mention(7, { metric: '委员', text: '=119名, "约"', value: 119, scope: { body: '县政协', marks: ['其中'] } }),
  ],
  figures: [
    figure(0, [0], {}), figure(1, [1], { metric: null }), figure(2, [2, 3], { metric: '委员', status: 'conflict' }), figure(3, [], {}),
  ],
};

export const figures: Claim[] = [
  {
    name: 'figures: conflicts first, then by metric, those without one last, empty ones left out',
    async run() {
      assert.deepEqual(groups(answer).map((group) => group.figure.id), [2, 0, 1]);
      assert.deepEqual(groups(answer)[0]?.mentions.map(({ text }) => text), ['120名', '=119名, "约"']);
    },
  },
  {
    name: 'figures as CSV: one row a mention, quoted where it must be, no formulas',
    async run() {
      const rows = csv(groups(answer), ['a', 'b'], (status) => (status === 'conflict' ? '前后不一致' : '')).split('\r\n');
      assert.equal(rows[0], 'a,b');
      assert.equal(rows[1], '委员,10,件,,,,3,120名,前后不一致');
      assert.equal(rows[2], `委员,119,件,,县政协 其中,,8,"'=119名, ""约""",前后不一致`);
      assert.equal(rows.length, 1 + 4 + 1);
      assert.equal(rows.at(-1), '');
    },
  },
  {
    name: 'the tree of figures: a conflict stands open with both values, a single figure leads to its place',
    async run() {
      const draft = await show(REPORT);
      let said: Figures | string | undefined = answer;
      const tree = new FigureTree(async () => said);
      tree.follow(draft);
      await tree.refresh();
      const [conflict, single] = tree.getChildren();
      assert.ok(conflict && single);
      const item = tree.getTreeItem(conflict);
      assert.equal(item.label, '委员');
      assert.equal(item.description, '120名 / =119名, "约" · 前后不一致');
      assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
      const places = tree.getChildren(conflict).map((place) => tree.getTreeItem(place));
      assert.deepEqual(places.map(({ description }) => description), ['第3行', '县政协 其中 · 第8行']);
      assert.deepEqual(tree.getChildren(single), []);
      const { command } = tree.getTreeItem(single);
      assert.ok(command?.arguments);
      await vscode.commands.executeCommand(command.command, ...command.arguments);
      assert.equal(vscode.window.activeTextEditor?.selection.start.line, 9);
      // A text that has moved on gives no answer: the table stays. A server that has no figures says so.
      said = undefined;
      await tree.refresh();
      assert.equal(tree.shown.length, 3);
      said = '没有';
      await tree.refresh();
      assert.deepEqual([tree.shown, tree.message], [[], '没有']);
    },
  },
];
