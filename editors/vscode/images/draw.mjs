// Draws icon.png from icon.svg: `node images/draw.mjs`. The marketplace takes PNG only.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const here = new URL('.', import.meta.url).pathname;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<body style="margin:0">${readFileSync(`${here}icon.svg`, 'utf8')}</body>`);
await page.screenshot({ path: `${here}icon.png`, omitBackground: true });
await browser.close();
