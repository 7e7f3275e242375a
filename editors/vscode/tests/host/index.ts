// Runs inside the real extension host; VS Code calls `run`.

import { comparing } from './comparing';
import { drafts } from './drafts';
import { figures } from './figures';
import { outlines } from './outlines';
import { rules } from './rules';
import { servers } from './servers';
import { closeAll } from './support';
import { writing } from './writing';

export async function run(): Promise<void> {
  const failed: string[] = [];
  for (const claim of [...drafts, ...outlines, ...rules, ...comparing, ...figures, ...writing, ...servers]) {
    try {
      await claim.run();
      console.log(`ok    ${claim.name}`);
    } catch (error) {
      failed.push(claim.name);
      console.log(`FAIL  ${claim.name}\n${error instanceof Error ? error.stack : error}`);
    }
    await closeAll();
  }
  if (failed.length > 0) {
    throw new Error(`${failed.length} failed`);
  }
}
