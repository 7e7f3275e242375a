// What helps while a draft is written: phrases to go on with, and the line over a repeated paragraph.

import * as assert from 'node:assert/strict';
import { Test } from '../browser';
import { COPIED, REPORT, seed } from './drafts';
import { Workbench } from './workbench';

export const writing: Test<Workbench>[] = [
  {
    name: 'the line over the repeated paragraph opens both, side by side',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.goToLine(59);
      const lens = workbench.page.locator('.codelens-decoration a', { hasText: '与第57行的段落相同 · 比较' });
      await lens.click();
      const [left, right] = await workbench.sides();
      assert.ok(left.includes(COPIED) && right.includes(COPIED), `${left}\n${right}`);
    },
  },
  {
    name: 'the beginning of a fixed phrase is completed',
    async run(workbench) {
      const { page } = workbench;
      await workbench.open(REPORT, '一年来,\n');
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('End');
      await workbench.cursorAt(1, 5);
      await page.keyboard.type('牢牢把握团');
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: '牢牢把握团结和民主两大主题' }).waitFor();
      await page.keyboard.press('Enter');
      await workbench.save();
      assert.equal(workbench.saved(REPORT), '一年来,牢牢把握团结和民主两大主题\n');
    },
  },
];
