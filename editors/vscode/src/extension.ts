// 核稿 hegao in VS Code: starts the server and puts each part of the extension in its place.

import * as vscode from 'vscode';
import { registerComparing } from './compare/commands';
import { registerFigures } from './views/figures_view';
import { registerRepeats } from './views/repeats_view';
import { registerRules } from './rules';
import { Session } from './server/session';
import { registerStatus } from './status';

let session: Session | undefined;

/** What the tests in the extension host look at. */
export interface Exports {
  session: Session;
}

export async function activate(context: vscode.ExtensionContext): Promise<Exports> {
  const output = vscode.window.createOutputChannel('核稿 hegao');
  const started = new Session(context.extensionPath, output);
  session = started;
  context.subscriptions.push(
    output,
    registerStatus(started),
    registerRules(started),
    registerComparing(),
    registerFigures(started),
    registerRepeats(),
    vscode.commands.registerCommand('hegao.restart', () => started.restart()),
    vscode.commands.registerCommand('hegao.showOutput', () => output.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // The path and the locale are said at the start only; the rest the server asks for again.
      const anew = ['hegao.server.path', 'hegao.language', 'hegao.trace.server'];
      if (anew.some((name) => event.affectsConfiguration(name))) {
        void started.restart();
      }
    }),
  );
  await started.restart();
  return { session: started };
}

export function deactivate(): Promise<void> | undefined {
  return session?.dispose();
}
