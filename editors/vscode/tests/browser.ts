// Debian's Chromium, and tests that report one line each.

import { Browser, chromium, Page } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export function browser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** Nothing that a test waits for takes longer, however busy the machine. */
export const PATIENCE = 60_000;

export async function newPage(from: Browser): Promise<Page> {
  const context = await from.newContext({
    viewport: { width: 1360, height: 860 }, locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

export interface Test<Context> {
  name: string;
  run(context: Context): Promise<void>;
}

/** Runs all tests, whatever becomes of each, and gives the number that failed; `onFailure` may keep what is to be seen. */
export async function runAll<Context>(
  suite: string, tests: Test<Context>[], context: Context, onFailure: (number: number) => Promise<void>,
): Promise<number> {
  let failed = 0;
  const only = process.env['HEGAO_TEST_ONLY'];
  const wanted = tests.filter(({ name }) => only === undefined || name.includes(only));
  if (wanted.length === 0) {
    throw new Error(`no test has ${only} in its name`);
  }
  for (const test of wanted) {
    const started = Date.now();
    try {
      await test.run(context);
      console.log(`ok    ${suite}: ${test.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      await onFailure(failed);
      console.log(`FAIL  ${suite}: ${test.name}\n${error instanceof Error ? error.stack : error}`);
    }
  }
  return failed;
}
