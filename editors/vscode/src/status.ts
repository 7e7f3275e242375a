// The status bar: how many findings the draft has, what the checker is busy with, whether it runs at all.

import * as vscode from 'vscode';
import { activeDraft, isDraft } from './drafts';
import { Session } from './server/session';
import { words } from './words';

export function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'hegao');
}

export function registerStatus(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('hegao.status', vscode.StatusBarAlignment.Left, 50);
  item.name = '核稿 hegao';
  let busyWith: string | undefined;
  const update = () => show(item, session, busyWith);
  update();
  return vscode.Disposable.from(
    item,
    session.onDidChange(update),
    session.onDidProgress((message) => {
      busyWith = message;
      update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.commands.registerCommand('hegao.showProblems', () =>
      vscode.commands.executeCommand('workbench.actions.view.problems')),
  );
}

function show(item: vscode.StatusBarItem, session: Session, busyWith: string | undefined): void {
  const { checker, starting, stopped, noFindings, findings, hints, statusHint, retry } = words();
  const draft = activeDraft();
  // A panel or a diff has the focus: what was said of the draft still holds while a draft is in sight.
  if (draft === undefined && !vscode.window.visibleTextEditors.some(({ document }) => isDraft(document))) {
    item.hide();
    return;
  }
  item.command = 'hegao.showProblems';
  item.backgroundColor = undefined;
  if (session.condition === 'stopped') {
    item.text = `$(error) ${checker}: ${stopped}`;
    item.tooltip = retry;
    item.command = 'hegao.restart';
    item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
  } else if (session.condition === 'starting') {
    item.text = `$(sync~spin) ${checker}`;
    item.tooltip = starting;
  } else if (busyWith !== undefined) {
    item.text = `$(sync~spin) ${checker}`;
    item.tooltip = busyWith;
  } else {
    const shown = draft ?? vscode.window.visibleTextEditors.find(({ document }) => isDraft(document))?.document;
    const found = shown === undefined ? [] : findingsOf(shown.uri);
    // VS Code lists no hints under Problems: a number that counted them would send the writer looking for them.
    const count = found.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint).length;
    const more = found.length > count ? `\n${hints(found.length - count)}` : '';
    item.text = count === 0 ? `$(pass) ${checker}` : `$(warning) ${checker} ${count}`;
    item.tooltip = (count === 0 ? noFindings : `${findings(count)} · ${statusHint}`) + more;
  }
  item.show();
}
