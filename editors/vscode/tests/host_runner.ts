// Runs the tests of the extension host as VS Code's own browser tests are run: the page loads `extensionTestsPath` into
// the extension host, which calls `run` there; the page tells us how it ended.

import * as path from 'node:path';
import * as fs from 'node:fs';
import { browser, newPage } from './browser';
import { CodeServer, setting } from './code_server';

const LONGEST_MILLISECONDS = 180_000;

/** Newer versions load tests only if the page's own configuration allows it, and code-server has no switch for that. */
function allowTests(): void {
  const ID = 'vscode-workbench-web-configuration';
  const allow = () => {
    const element = document.getElementById(ID);
    if (element === null || element.dataset['allowed'] !== undefined) {
      return;
    }
    const configuration = JSON.parse(element.getAttribute('data-settings') ?? '{}');
    configuration.developmentOptions = { ...configuration.developmentOptions, enableSmokeTestDriver: true };
    element.setAttribute('data-settings', JSON.stringify(configuration));
    element.dataset['allowed'] = 'yes';
  };
  new MutationObserver(allow).observe(document, { childList: true, subtree: true });
}

/** The window's own log lines go to a file: among them are many that speak of what a test machine lacks. */
function log(line: string): void {
  if (/^(ok|FAIL) /.test(line)) {
    console.log(line);
  } else {
    fs.appendFileSync(path.join(setting('HEGAO_RUN'), 'window.log'), `${line}\n`);
  }
}

async function main(): Promise<number> {
  // The server is started through the recorder here, so that what it sends can be checked afterwards.
  const server = await CodeServer.start(setting('HEGAO_RUN'), { 'hegao.server.path': setting('HEGAO_SERVER') });
  const window = await browser();
  try {
    const seeds = setting('HEGAO_SEEDS');
    for (const name of fs.readdirSync(seeds)) {
      fs.copyFileSync(path.join(seeds, name), server.file(name));
    }
    const page = await newPage(window);
    const ended = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('the tests do not end')), LONGEST_MILLISECONDS);
      void page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => log(words.join(' ')));
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
    });
    await page.addInitScript(allowTests);
    const here = path.join(__dirname, '..', '..');
    await page.goto(server.url([
      ['extensionDevelopmentPath', server.remote(path.join(here, 'tests/host/development'))],
      ['extensionTestsPath', server.remote(path.join(here, 'out/tests/host.js'))],
      ['skipWelcome', 'true'],
    ]));
    return await ended;
  } finally {
    await window.close();
    server.stop();
  }
}

main().then(
  (code) => process.exit(code === 0 ? 0 : 1),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
