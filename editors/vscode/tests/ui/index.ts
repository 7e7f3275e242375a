// The tests of the user interface, in one window, as a writer would work. `editors/test` runs it.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { browser, newPage, runAll } from '../browser';
import { CodeServer, setting } from '../code_server';
import { REPORT, seed, UNMARKED } from './drafts';
import { comparing } from './comparing';
import { figures } from './figures';
import { reading } from './reading';
import { repeatedParagraph } from './repeated_paragraph';
import { Workbench } from './workbench';
import { writing } from './writing';

async function main(): Promise<number> {
  const server = await CodeServer.start(setting('HEGAO_RUN'));
  const window = await browser();
  try {
    for (const name of [REPORT, UNMARKED]) {
      fs.writeFileSync(server.file(name), seed(name));
    }
    const workbench = new Workbench(await newPage(window), server, process.env['HEGAO_PICTURES']);
    await workbench.load(REPORT);
    const suite = `VS Code ${setting('VSCODE_VERSION')}`;
    return await runAll(suite, [...repeatedParagraph, ...comparing, ...figures, ...writing, ...reading], workbench, async (number) => {
      await workbench.page.screenshot({ path: path.join(setting('HEGAO_RUN'), `failed-${number}.png`) });
    });
  } finally {
    await window.close();
    server.stop();
  }
}

main().then(
  (failed) => process.exit(failed === 0 ? 0 : 1),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
