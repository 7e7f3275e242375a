// Pages about rules, inside the editor and offline: `hegao:/GROUP/NAME.md`, which is also what a finding's code links to.

import * as vscode from 'vscode';
import { isUnknownMethod, ruleRequest } from './server/protocol';
import { Session } from './server/session';
import { words } from './words';

const SCHEME = 'hegao';

function pageOf(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
}

async function page(session: Session, uri: vscode.Uri): Promise<string> {
  const name = uri.path.replace(/^\//, '').replace(/\.md$/, '');
  const client = session.running;
  if (client === undefined) {
    return words().stopped;
  }
  try {
    return (await client.sendRequest(ruleRequest, { name })).markdown;
  } catch (error) {
    return isUnknownMethod(error) ? words().rulesUnsupported : String(error instanceof Error ? error.message : error);
  }
}

/** The rules named in the schema that came with the extension: the server has no list of them to ask for. */
function ruleNames(schema: { properties?: { rules?: { properties?: object } } }): string[] {
  return Object.keys(schema.properties?.rules?.properties ?? {}).filter((name) => name.includes('/'));
}

export function registerRules(session: Session): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => page(session, uri),
  };
  const showRule = async (name?: string) => {
    const rule = name ?? await vscode.window.showQuickPick(ruleNames(require('../schemas/hegao.toml.schema.json')), {
      placeHolder: words().pickRule,
    });
    if (rule !== undefined) {
      await vscode.commands.executeCommand('vscode.openWith', pageOf(rule), 'vscode.markdown.preview.editor');
    }
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    // A page that was restored from the last session was asked for before the server ran.
    session.onDidChange((condition) => {
      if (condition === 'running') {
        const pages = vscode.workspace.textDocuments.filter((document) => document.uri.scheme === SCHEME);
        pages.forEach((document) => changed.fire(document.uri));
      }
    }),
    vscode.commands.registerCommand('hegao.showRule', showRule),
  );
}
