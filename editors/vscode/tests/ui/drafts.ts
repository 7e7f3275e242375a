// The drafts that the tests open.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { setting } from '../code_server';

/** Seed 001, in which lines 57 and 59 are the same paragraph. */
export const REPORT = '001_27aa5a5a10930f29.txt';
export const COPIED = '把“我为群众办实事”作为践行人民政协为人民的重要载体';

/** Seed 000, a draft without any markup. */
export const UNMARKED = '000_9975f0ca8d495da4.txt';

export function seed(name: string): string {
  return fs.readFileSync(path.join(setting('HEGAO_SEEDS'), name), 'utf8');
}
