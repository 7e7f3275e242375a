// A figure that stands in three places of seed 001 (lines 9, 57 and 59): one of them is changed by typing. The conflict,
// the view Figures 数据, and how undo takes it all back.

import * as assert from 'node:assert/strict';
import { Test } from '../browser';
import { REPORT, seed } from './drafts';
import { Workbench } from './workbench';

const CONFLICT = /前后数据不一致.*此处是“18个”，第57行是“16个”/;

/** Makes the first of the three 18. */
async function typeAnotherFigure(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.find('16个具体问题', 3);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await page.keyboard.type('18');
  await page.waitForSelector('.tab.active.dirty');
}

/** Undoes until the draft is as it was saved. */
async function undoAll({ page }: Workbench): Promise<void> {
  await page.keyboard.press('Control+1');
  for (let left = 10; left > 0 && await page.locator('.tab.active.dirty').count() > 0; left--) {
    await page.keyboard.press('Control+Z');
    await page.waitForTimeout(100);
  }
  await page.waitForSelector('.tab.active.dirty', { state: 'detached' });
}

export const figures: Test<Workbench>[] = [
  {
    name: 'another figure typed into one of three places: a squiggle, and a problem that names the other line; undo clears both',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.problems(/本段与第57行/);
      await typeAnotherFigure(workbench);
      const squiggle = workbench.page.locator('.squiggly-warning');
      await squiggle.first().waitFor({ state: 'attached' });
      const rows = await workbench.problems(CONFLICT);
      assert.ok(rows.some((row) => CONFLICT.test(row) && /Ln 9, Col 112/.test(row)), rows.join('\n'));
      const others = await workbench.rows('.markers-panel', /Ln 59, Col 113.*同一说法在这里/);
      assert.ok(others.some((row) => /Ln 57, Col 113.*同一说法在这里/.test(row)), others.join('\n'));
      await workbench.row('.markers-panel', /Ln 57, Col 113.*同一说法/).click();
      await workbench.cursorAt(57, 116);
      await undoAll(workbench);
      await squiggle.first().waitFor({ state: 'detached' });
      const panel = () => workbench.page.locator('.markers-panel').innerText();
      await workbench.until('no conflict', panel, (text) => text.includes('本段与第57行') && !text.includes('不一致'));
      await workbench.statusText(/核稿 1$/);
    },
  },
  {
    name: 'the view of figures has the conflict first, with each place; a click goes there; undo makes them one figure again',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      const whole = await workbench.view('Figures 数据', /具体问题.*16个 · 3处/);
      assert.ok(!whole.some((row) => row.includes('前后不一致')), whole.join('\n'));
      await typeAnotherFigure(workbench);
      await workbench.view('Figures 数据', /前后不一致/);
      const shown = await workbench.inOrder('Figures 数据');
      assert.match(shown[0] ?? '', /^具体问题18个 \/ 16个 · 前后不一致/);
      assert.deepEqual(shown.slice(1, 4), ['18个第9行', '16个第57行', '16个第59行']);
      assert.ok(shown.length > 4 && !shown.slice(1).some((row) => row.includes('不一致')), shown.join('\n'));
      await workbench.row('.pane-body .customview-tree', /^16个第57行/).click();
      await workbench.cursorAt(57, 116);
      await workbench.row('.pane-body .customview-tree', /^18个第9行/).click();
      await workbench.cursorAt(9, 115);
      await workbench.problems(CONFLICT);
      await workbench.picture('8-conflicting-figures');
      await undoAll(workbench);
      await workbench.view('Figures 数据', /具体问题.*16个 · 3处/);
      const again = await workbench.inOrder('Figures 数据');
      assert.ok(!again.some((row) => row.includes('前后不一致')), again.join('\n'));
    },
  },
  {
    name: 'F2 on a figure and a new number: all three places say it',
    async run(workbench) {
      const { page } = workbench;
      await workbench.open(REPORT, seed(REPORT));
      await workbench.problems(/本段与第57行/);
      await workbench.find('16个具体问题', 3);
      await page.keyboard.press('F2');
      await page.waitForSelector('.rename-box input:focus');
      assert.equal(await page.inputValue('.rename-box input'), '16');
      await page.keyboard.type('18');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.tab.active.dirty');
      await workbench.save();
      await workbench.until('the file', async () => workbench.saved(REPORT), (text) => text.includes('18个具体问题'));
      assert.equal(workbench.saved(REPORT), seed(REPORT).replaceAll('16个具体问题', '18个具体问题'));
      await workbench.problems(/本段与第57行的段落完全相同/);
    },
  },
];
