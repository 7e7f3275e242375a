// The one server of this window: found, started, restarted, and what to say when that fails.

import * as vscode from 'vscode';
import { LanguageClient, State } from 'vscode-languageclient/node';
import { findServer } from './binary';
import { startClient } from './client';
import { words } from '../words';

export type Condition = 'starting' | 'running' | 'stopped';

export class Session implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<Condition>();
  private readonly progressed = new vscode.EventEmitter<string | undefined>();
  /** Fires when the server comes or goes. */
  readonly onDidChange = this.changed.event;
  /** Fires with what the server is busy with; `undefined` when it is done. */
  readonly onDidProgress = this.progressed.event;
  condition: Condition = 'stopped';

  constructor(private readonly extensionFolder: string, readonly output: vscode.OutputChannel) {}

  /** The client, while the server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** Starts or restarts. Calls wait for each other: two servers would publish every finding twice. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stop()).then(() => this.start());
    return this.turn;
  }

  private async start(): Promise<void> {
    const setting = vscode.workspace.getConfiguration('hegao').get<string>('server.path', '');
    const found = findServer(setting, this.extensionFolder);
    if (!('path' in found)) {
      this.become('stopped');
      void this.complain('missing' in found ? words().pathMissing(found.missing) : words().notFound);
      return;
    }
    this.become('starting');
    try {
      this.client = await startClient(found.path, this.output, (message) => this.progressed.fire(message));
      this.client.onDidChangeState(({ newState }) => {
        const condition = { [State.Running]: 'running', [State.Starting]: 'starting', [State.Stopped]: 'stopped' } as const;
        this.become(condition[newState]);
      });
      this.become('running');
    } catch (error) {
      this.client = undefined;
      this.become('stopped');
      const reason = error instanceof Error ? error.message : String(error);
      this.output.appendLine(reason);
      void this.complain(words().cannotStart(reason));
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // A server that hangs is left behind; the next one starts all the same.
      this.output.appendLine(`${error}`);
    }
  }

  /** Not awaited by `start`: the message stays until the writer answers it. */
  private async complain(message: string): Promise<void> {
    const { openSettings, showOutput, retry } = words();
    const answer = await vscode.window.showErrorMessage(message, openSettings, retry, showOutput);
    if (answer === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'hegao.server.path');
    } else if (answer === retry) {
      await this.restart();
    } else if (answer === showOutput) {
      this.output.show();
    }
  }

  private become(condition: Condition): void {
    this.condition = condition;
    this.changed.fire(condition);
  }

  dispose(): Promise<void> {
    return this.turn.then(() => this.stop());
  }
}
