// What is changed in messages between VS Code and the server.

import * as vscode from 'vscode';
import { ConfigurationParams, Middleware, vsdiag } from 'vscode-languageclient/node';
import { markdownShowsAll } from '../outline';

/** The settings that the server itself understands, in its own form. */
function serverSettings(scope: vscode.Uri | undefined): object {
  const settings = vscode.workspace.getConfiguration('hegao', scope ?? null);
  const language = settings.get<string>('language', 'zh');
  return {
    rules: settings.get<object>('rules', {}),
    // `auto` is said by leaving it out: then the locale of the session holds.
    ...(language === 'auto' ? {} : { language }),
  };
}

/** A draft is open while it has a tab; VS Code may keep its document for minutes after. */
function closedWithFindings(): vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ input }) => input);
  const uris = inputs.flatMap((input) => {
    if (input instanceof vscode.TabInputTextDiff) {
      return [input.original, input.modified];
    }
    return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? [input.uri] : [];
  });
  const open = new Set(uris.map((uri) => uri.toString()));
  const ours = vscode.languages.getDiagnostics().filter(([, found]) => found.some(({ source }) => source === 'hegao'));
  return ours.map(([uri]) => uri).filter((uri) => !open.has(uri.toString()));
}

/** The report that there are no findings. */
function without(uri: vscode.Uri): vsdiag.WorkspaceFullDocumentDiagnosticReport {
  return { kind: vsdiag.DocumentDiagnosticReportKind.full, uri, version: null, items: [] };
}

function flag(name: string): boolean {
  return vscode.workspace.getConfiguration('hegao').get<boolean>(name, false);
}

export function middleware(progress: (message: string | undefined) => void): Middleware {
  return {
    workspace: {
      configuration: (params: ConfigurationParams) =>
        params.items.map((item) => serverSettings(item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri))),
    },
    provideCodeLenses: (document, token, next) => (flag('codeLens.enabled') ? next(document, token) : []),
    // The library asks for the whole folder every two seconds; a writer's old reports are none of today's work. It also
    // leaves the findings of a closed draft to this answer: nothing said here, they would stay in the list for ever.
    provideWorkspaceDiagnostics: (previous, token, report, next) => {
      if (flag('workspace.check')) {
        return next(previous, token, report);
      }
      report({ items: closedWithFindings().map(without) });
      return { items: [] };
    },
    provideDocumentSymbols: async (document, token, next) => {
      const symbols = await next(document, token);
      return document.languageId === 'markdown' && markdownShowsAll(document, symbols ?? []) ? [] : symbols;
    },
    handleWorkDoneProgress: (token, params, next) => {
      if (params.kind !== 'report' || params.message !== undefined) {
        progress(params.kind === 'end' ? undefined : params.kind === 'begin' ? params.title : params.message);
      }
      next(token, params);
    },
  };
}
