// The view Repeats 重复, the diff of two paragraphs, and of two reports.

import * as assert from 'node:assert/strict';
import { Test } from '../browser';
import { REPORT, seed, UNMARKED } from './drafts';
import { Workbench } from './workbench';

export const comparing: Test<Workbench>[] = [
  {
    name: 'the view of repeats shows the pair; a click compares the two paragraphs',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      const rows = await workbench.view('Repeats 重复', /第57行 ↔ 第59行/);
      assert.ok(rows.some((row) => /完全相同/.test(row)), rows.join('\n'));
      const pair = workbench.row('.pane-body .customview-tree', /第57行 ↔ 第59行/);
      await pair.hover();
      await pair.locator('.action-label.codicon-diff').click();
      const [left, right] = await workbench.sides();
      assert.match(left, /把“我为群众办实事”/);
      assert.match(right, /把“我为群众办实事”/);
      await workbench.page.locator('.tab.active', { hasText: '第57行 ↔ 第59行' }).waitFor();
      await workbench.picture('4-repeats-and-comparison');
    },
  },
  {
    name: 'a click on a place in the view of repeats goes there',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.view('Repeats 重复', /第57行 ↔ 第59行/);
      await workbench.row('.pane-body .customview-tree', /^第57行.*27aa/).click();
      await workbench.until('the line', () => workbench.page.locator('.statusbar').innerText(), (bar) => /Ln 57\D/.test(bar));
    },
  },
  {
    name: 'Compare with another report: the picker lists the other reports, and both stand side by side',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.page.keyboard.press('F1');
      await workbench.page.waitForSelector('.quick-input-widget input:focus');
      await workbench.page.keyboard.type('Compare with Another Report');
      await workbench.choose('Compare with Another Report');
      await workbench.row('.quick-input-list', '浏览文件').waitFor();
      await workbench.page.keyboard.type('000_');
      await workbench.choose(UNMARKED);
      await workbench.sides();
      await workbench.page.keyboard.press('Control+Home');
      await workbench.until('both titles', () => workbench.sides(), ([left, right]) => /临泽县/.test(left) && /踔厉奋发/.test(right));
      await workbench.picture('5-two-reports');
    },
  },
];
