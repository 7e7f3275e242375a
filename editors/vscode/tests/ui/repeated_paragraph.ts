// The work of a writer with seed 001: sees the paragraph that stands twice, and takes the copy out with one key.

import * as assert from 'node:assert/strict';
import { Test } from '../browser';
import { Workbench } from './workbench';
import { COPIED, REPORT } from './drafts';

export const repeatedParagraph: Test<Workbench>[] = [
  {
    name: 'the repeated paragraph of seed 001 has a squiggle, a problem with both lines, and a count in the status bar',
    async run(workbench) {
      assert.match(await workbench.statusText(/1/), /核稿 1/);
      await workbench.goToLine(59);
      await workbench.squiggles().first().waitFor({ state: 'attached' });
      const rows = await workbench.problems(/第57行/);
      assert.ok(rows.some((row) => /本段与第57行的段落完全相同/.test(row) && /Ln 59/.test(row)), rows.join('\n'));
    },
  },
  {
    name: 'the outline shows the headings of the draft',
    async run(workbench) {
      await workbench.foldFiles();
      const rows = await workbench.outline(/聚焦民生实事/);
      assert.ok(rows.some((row) => row.includes('聚焦民生实事 争做群众“暖心人”')), rows.join('\n'));
      await workbench.page.keyboard.press('Control+1');
      await workbench.picture('1-problem-and-outline');
    },
  },
  {
    name: 'Ctrl+. on the copy removes it; the squiggle goes, and the saved file has the paragraph once',
    async run(workbench) {
      await workbench.page.keyboard.press('Control+1');
      await workbench.goToLine(59);
      const fixes = await workbench.quickFixes();
      assert.match(fixes[0] ?? '', /删去这一段（重复）/);
      await workbench.picture('2-quick-fix');
      await workbench.page.keyboard.press('Enter');
      await workbench.squiggles().first().waitFor({ state: 'detached' });
      await workbench.statusText(/核稿$/);
      await workbench.save();
      assert.equal(workbench.saved(REPORT).split(COPIED).length - 1, 1);
      await workbench.picture('3-after-the-fix');
    },
  },
];
