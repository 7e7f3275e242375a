// What a writer reads: the outline of a draft without markup, and the page of a rule.

import * as assert from 'node:assert/strict';
import { Test } from '../browser';
import { REPORT, seed, UNMARKED } from './drafts';
import { Workbench } from './workbench';

export const reading: Test<Workbench>[] = [
  {
    name: 'the outline of seed 000 shows title and sections, each with its length',
    async run(workbench) {
      await workbench.open(UNMARKED, seed(UNMARKED));
      const rows = await workbench.outline(/巩固思想基础 增强政治定力.*字/);
      assert.ok(rows.some((row) => row.includes('和衷共济谋发展 团结奋进铸辉煌')), rows.join('\n'));
      await workbench.page.keyboard.press('Control+1');
      await workbench.picture('6-outline-without-markup');
    },
  },
  {
    name: 'a draft that is closed takes its findings along',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.problems(/第57行/);
      await workbench.command('View: Close All Editors');
      await workbench.until('no problems', () => workbench.page.locator('.markers-panel').innerText(), (text) => !text.includes('第57行'));
    },
  },
  {
    name: 'hints are no problems in VS Code: the status bar does not count them',
    async run(workbench) {
      await workbench.open(UNMARKED, seed(UNMARKED));
      await workbench.goToLine(20);
      await workbench.page.locator('.squiggly-hint').first().waitFor({ state: 'attached' });
      assert.match(await workbench.statusText(/核稿/), /核稿$/);
    },
  },
  {
    name: 'a click on a problem’s code opens the page of the rule, laid out, with no network',
    async run(workbench) {
      await workbench.open(REPORT, seed(REPORT));
      await workbench.problems(/第57行/);
      await workbench.row('.markers-panel', '第57行').locator('a', { hasText: 'duplicates/paragraph' }).click();
      const read = async () => {
        const texts = await Promise.all(workbench.page.frames().map((frame) => frame.locator('h1').allInnerTexts().catch(() => [])));
        return texts.flat();
      };
      const titles = await workbench.until('the page', read, (found) => found.length > 0);
      assert.deepEqual(titles, ['duplicates/paragraph 重复段落']);
      await workbench.picture('7-page-of-a-rule');
    },
  },
];
