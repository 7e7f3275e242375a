// VS Code's workbench as a person sees and uses it: what stands on the screen, and keys.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { Locator, Page } from 'playwright-core';
import { CodeServer, WORKSPACE } from '../code_server';
import { PATIENCE } from '../browser';

export class Workbench {
  constructor(readonly page: Page, readonly server: CodeServer, private readonly pictures: string | undefined) {}

  /** Opens the window with one file of the workspace in it. */
  async load(file: string): Promise<void> {
    await this.page.goto(this.server.url([['openFile', this.server.remote(this.server.file(file))]]), { waitUntil: 'domcontentloaded' });
    await this.page.waitForSelector('.monaco-workbench');
    await this.page.waitForSelector('.editor-instance .view-lines');
  }

  /** Writes a file of the workspace and opens it in this window, as the only editor. */
  async open(file: string, text: string): Promise<void> {
    fs.writeFileSync(this.server.file(file), text);
    await this.command('View: Revert and Close Editor');
    await this.command('View: Close All Editors');
    await this.page.keyboard.press('Control+P');
    await this.page.waitForSelector('.quick-input-widget input:focus');
    await this.page.keyboard.type(file);
    await this.choose(file);
    await this.page.locator('.tab.active', { hasText: file }).waitFor();
    await this.page.waitForSelector('.editor-instance .monaco-editor.focused'); // keys before that go astray
  }

  /** Folds the list of files away, so that the outline has room. */
  async foldFiles(): Promise<void> {
    const header = this.page.locator('.pane-header', { hasText: WORKSPACE }).first();
    if (await header.getAttribute('aria-expanded') === 'true') {
      await header.click();
    }
  }

  /** Runs a command by its title from the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.waitForSelector('.quick-input-widget input:focus');
    await this.page.keyboard.type(title);
    await this.choose(title.replace(/^[^:]*: /, ''));
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }

  /** Presses Enter when the row with `text` is the one that Enter takes: the list changes while it is typed into. */
  async choose(text: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor at the start of a line. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.page.waitForSelector('.quick-input-widget input:focus');
    await this.page.keyboard.type(String(line));
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }

  /** Puts the cursor before the first of `count` places with `text`, by the find widget. */
  async find(text: string, count: number): Promise<void> {
    const input = this.page.locator('.find-widget.visible textarea:focus');
    // A panel that opens takes the focus late, and Ctrl+F with it: then it is pressed again.
    await this.until('the find widget', async () => {
      await this.page.keyboard.press('Control+1');
      await this.page.keyboard.press('Control+Home');
      await this.page.keyboard.press('Control+F');
      await input.waitFor({ timeout: 3000 });
      return true;
    }, Boolean);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
    await this.page.locator('.find-widget.visible .matchesCount', { hasText: `1 of ${count}` }).waitFor();
    await this.page.keyboard.press('Escape'); // leaves the match selected
    await this.page.keyboard.press('ArrowLeft');
  }

  /** The labels of rows, as a screen reader says them; waits until `wanted` is among them. */
  async rows(where: string, wanted: RegExp): Promise<string[]> {
    const read = () => this.page.$$eval(`${where} .monaco-list-row`, (rows) =>
      rows.map((row) => `${row.getAttribute('aria-label') ?? ''} | ${row.textContent ?? ''}`));
    return this.until(`a row ${wanted} in ${where}`, read, (rows) => rows.some((row) => wanted.test(row)));
  }

  async problems(wanted: RegExp): Promise<string[]> {
    await this.command('Problems: Focus on Problems View');
    return this.rows('.markers-panel', wanted);
  }

  async outline(wanted: RegExp): Promise<string[]> {
    await this.command('Explorer: Focus on Outline View');
    return this.rows('.outline-pane', wanted);
  }

  /** The rows of a tree view of ours. */
  async view(title: string, wanted: RegExp): Promise<string[]> {
    await this.command(`核稿: Focus on ${title} View`);
    return this.rows('.pane-body .customview-tree', wanted);
  }

  /** What stands in the rows of a tree view of ours, from the top. */
  async inOrder(title: string): Promise<string[]> {
    const rows = await this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: title }) })
      .locator('.customview-tree .monaco-list-row')
      .evaluateAll((found) => found.map((row) => ({ at: Number(row.getAttribute('data-index')), text: row.textContent ?? '' })));
    return rows.sort((a, b) => a.at - b.at).map(({ text }) => text);
  }

  /** Waits until the cursor is in a place, as the status bar says it; that of a selection is at its end. */
  async cursorAt(line: number, column: number): Promise<void> {
    const bar = () => this.page.locator('.statusbar').innerText();
    await this.until(`the cursor in ${line}:${column}`, bar, (text) => new RegExp(`Ln ${line}, Col ${column}(?!\\d)`).test(text));
  }

  /** The two sides of the diff editor that is shown. */
  async sides(): Promise<[string, string]> {
    const text = (side: string) => this.page.locator(`.monaco-diff-editor .editor.${side} .view-lines`).first().innerText();
    return this.until('a diff', () => Promise.all([text('original'), text('modified')]), ([left, right]) => left !== '' && right !== '');
  }

  row(where: string, text: string | RegExp): Locator {
    return this.page.locator(`${where} .monaco-list-row`, { hasText: text }).first();
  }

  squiggles(): Locator {
    return this.page.locator('.squiggly-error, .squiggly-warning, .squiggly-hint');
  }

  async statusText(wanted: RegExp): Promise<string> {
    const read = () => this.page.locator('.statusbar-item[id="hegao.hegao.hegao.status"], .statusbar-item[id*="hegao"]').first().innerText();
    return this.until(`status ${wanted}`, read, (text) => wanted.test(text));
  }

  /** Opens the menu of quick fixes and gives its entries. */
  async quickFixes(): Promise<string[]> {
    const menu = this.page.locator('.action-widget .monaco-list-row.action'); // the rest are headers
    // The window learns of findings a moment after they are drawn; until then the menu says that there is nothing.
    for (const deadline = Date.now() + PATIENCE; ;) {
      await this.page.keyboard.press('Control+.');
      try {
        await menu.first().waitFor({ timeout: 3000 });
        return await menu.allInnerTexts();
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await this.page.keyboard.press('Escape');
      }
    }
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.waitForSelector('.tab.active.dirty', { state: 'detached' });
  }

  /** What a file of the workspace has on disk. */
  saved(file: string): string {
    return fs.readFileSync(this.server.file(file), 'utf8');
  }

  /** Keeps a picture of the window for the README; where none are wanted, takes it all the same. */
  async picture(name: string): Promise<void> {
    await this.page.mouse.move(900, 500);
    const file = !this.pictures ? {} : { path: path.join(this.pictures, `${name}.png`) };
    await this.page.screenshot({ ...file, animations: 'disabled' });
  }

  async until<Value>(what: string, read: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
    let last: Value | undefined;
    for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
      last = await read().catch(() => undefined);
      if (last !== undefined && good(last)) {
        return last;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`waited for ${what}; saw ${JSON.stringify(last)}`);
  }
}
