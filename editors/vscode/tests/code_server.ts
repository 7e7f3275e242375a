// Starts real VS Code (code-server) with a profile and a workspace of its own, and ends all that it started.

import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';

/** What `editors/test` says by the environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: run editors/test`);
  }
  return value;
}

const USER_SETTINGS = {
  'security.workspace.trust.enabled': false, 'telemetry.telemetryLevel': 'off', 'workbench.startupEditor': 'none',
  'update.mode': 'none', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true, 'workbench.enableExperiments': false, 'workbench.tips.enabled': false,
  'chat.commandCenter.enabled': false, 'chat.disableAIFeatures': true, 'git.enabled': false,
  'editor.fontFamily': "'Noto Sans Mono CJK SC', monospace", 'files.autoSave': 'off', 'editor.accessibilitySupport': 'off',
  'window.commandCenter': false, 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.layoutControl.enabled': false, 'editor.minimap.enabled': false,
  'editor.wrappingStrategy': 'advanced', // quotes are wider in Chinese fonts than the simple strategy counts
};

/** A name like a writer's: every path of the session has Chinese in it. */
export const WORKSPACE = '工作报告';

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class CodeServer {
  private constructor(readonly port: number, readonly workspace: string, private readonly process: ChildProcess) {}

  /** `settings` are added to the usual ones; `environment` is added to the server's own. */
  static async start(folder: string, settings: object = {}, environment: NodeJS.ProcessEnv = {}): Promise<CodeServer> {
    const [program, entry] = [setting('NODE'), setting('CODE_SERVER')];
    const port = await freePort();
    fs.rmSync(folder, { recursive: true, force: true });
    const at = (name: string) => path.join(folder, name);
    fs.mkdirSync(at('data/User'), { recursive: true });
    fs.mkdirSync(at(WORKSPACE));
    fs.writeFileSync(at('data/User/settings.json'), JSON.stringify({ ...USER_SETTINGS, ...settings }));
    // Settings of the machine (the server's path) are not read from the user's when the window is remote, as it is here.
    fs.mkdirSync(at('data/Machine'));
    fs.writeFileSync(at('data/Machine/settings.json'), JSON.stringify(settings));
    fs.writeFileSync(at('config.yaml'), `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`);
    const profile = [entry, '--config', at('config.yaml'), '--user-data-dir', at('data'), '--extensions-dir', at('extensions')];
    execFileSync(program, [...profile, '--install-extension', setting('HEGAO_VSIX')], { stdio: 'pipe' });
    const log = fs.openSync(at('log'), 'w');
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust',
      '--disable-getting-started-override', '--ignore-last-opened'];
    // A group of its own: extension hosts outlive a parent that is killed alone.
    const child = spawn(program, [...profile, ...quiet, at(WORKSPACE)], {
      detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...environment },
    });
    const server = new CodeServer(port, at(WORKSPACE), child);
    await server.ready();
    return server;
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      try {
        await fetch(`http://127.0.0.1:${this.port}/healthz`);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    this.stop();
    throw new Error('code-server does not answer');
  }

  /** A file of the workspace, as the tests and the server both see it. */
  file(name: string): string {
    return path.join(this.workspace, name);
  }

  /** The page with the workspace open, and `payload`, VS Code's own way to pass parameters. */
  url(payload: [string, string][] = []): string {
    return `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  remote(file: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${encodeURI(file)}`;
  }

  stop(): void {
    if (this.process.pid !== undefined) {
      try {
        process.kill(-this.process.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }
}
