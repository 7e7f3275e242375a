// The connection to the server: starting, stopping, and what is changed on the way between it and VS Code.

import * as vscode from 'vscode';
import {
  ClientCapabilities, CloseAction, ErrorAction, FeatureState, InitializeParams, LanguageClient, LanguageClientOptions,
  RevealOutputChannelOn, StaticFeature, Trace,
} from 'vscode-languageclient/node';
import { SELECTOR } from '../drafts';
import { middleware } from './middleware';
import { locale, words } from '../words';

/** The server's messages are to be in the language of its findings, which need not be that of the menus. */
class LocaleFeature implements StaticFeature {
  fillInitializeParams(params: InitializeParams): void {
    params.locale = locale();
  }
  fillClientCapabilities(_: ClientCapabilities): void {}
  initialize(): void {}
  getState(): FeatureState {
    return { kind: 'static' };
  }
  clear(): void {}
}

/** Crashes in a row that are followed by a new start. */
const MOST_RESTARTS = 3;
const IN_A_ROW_MILLISECONDS = 3 * 60 * 1000;

function options(output: vscode.OutputChannel, progress: (message: string | undefined) => void): LanguageClientOptions {
  const crashes: number[] = [];
  return {
    documentSelector: SELECTOR,
    // A change of the settings is told; the server then asks for them, and gets what `middleware` makes of them.
    synchronize: { configurationSection: 'hegao' },
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Pages about rules are opened by our own content provider; other clients would show a dead link.
    initializationOptions: { ruleDocumentation: true, compare: true },
    markdown: { isTrusted: false },
    middleware: middleware(progress),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        const now = Date.now();
        crashes.push(now);
        const recent = crashes.filter((at) => now - at < IN_A_ROW_MILLISECONDS);
        if (recent.length <= MOST_RESTARTS) {
          return { action: CloseAction.Restart, handled: true };
        }
        return { action: CloseAction.DoNotRestart, message: words().cannotStart(`${recent.length}×`) };
      },
    },
  };
}

/** Starts the program at `path`; rejects if it cannot be started. */
export async function startClient(
  path: string, output: vscode.OutputChannel, progress: (message: string | undefined) => void,
): Promise<LanguageClient> {
  const executable = { command: path, args: ['lsp'] };
  const client = new LanguageClient('hegao', '核稿 hegao', executable, options(output, progress));
  client.registerFeature(new LocaleFeature());
  output.appendLine(`${path} lsp`);
  await client.start();
  const trace = vscode.workspace.getConfiguration('hegao').get<string>('trace.server', 'off');
  await client.setTrace(Trace.fromString(trace));
  return client;
}
