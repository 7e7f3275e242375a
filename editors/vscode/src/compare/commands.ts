// Comparing: two paragraphs (the server's code lens asks for it), or the draft with another report.

import * as vscode from 'vscode';
import { activeDraft, nameOf } from '../drafts';
import { words } from '../words';
import { documentOf, SCHEME, Stretch, stretches } from './stretches';

/** The argument of `hegao.compare`: a place, and the place that is like it. */
export interface Pair extends Stretch {
  other: Stretch;
}

export async function comparePair(pair: Pair): Promise<void> {
  const { other } = pair;
  const title = ({ uri, range }: Stretch) => {
    const line = words().line(range.start.line + 1);
    return pair.uri === other.uri ? line : `${nameOf(vscode.Uri.parse(uri))} ${line}`;
  };
  // As in the text: what stands first stands left.
  const inOrder = pair.uri !== other.uri || other.range.start.line <= pair.range.start.line;
  const [left, right] = inOrder ? [other, pair] : [pair, other];
  const titles = [title(left), title(right)] as const;
  await vscode.commands.executeCommand(
    'vscode.diff', documentOf(left, titles[0]), documentOf(right, titles[1]), words().compareTitle(...titles),
  );
}

type Choice = vscode.QuickPickItem & { uri?: vscode.Uri };

/** The other reports of the folder, then a file from anywhere. */
async function pickReport(draft: vscode.Uri): Promise<vscode.Uri | undefined> {
  /** Longer lists are for the dialog. */
  const most = 500;
  const files = await vscode.workspace.findFiles('**/*.{md,markdown,txt}', '**/node_modules/**', most);
  const others = files.filter((file) => file.toString() !== draft.toString());
  others.sort((a, b) => a.path.localeCompare(b.path, 'zh'));
  const choices: Choice[] = others.map((uri) => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri), uri }));
  choices.push({ label: words().browse, iconPath: new vscode.ThemeIcon('folder-opened') });
  const choice = await vscode.window.showQuickPick(choices, { placeHolder: words().pickReport, matchOnDescription: true });
  if (choice === undefined || choice.uri !== undefined) {
    return choice?.uri;
  }
  const picked = await vscode.window.showOpenDialog({ filters: { 核稿: ['txt', 'md', 'markdown'] } });
  return picked?.[0];
}

async function compareReports(clicked?: vscode.Uri): Promise<void> {
  const draft = clicked ?? activeDraft()?.uri;
  if (draft === undefined) {
    void vscode.window.showInformationMessage(words().openDraftFirst);
    return;
  }
  const other = await pickReport(draft);
  if (other !== undefined) {
    // The draft stands right: that is the side that can be edited.
    const title = words().compareTitle(nameOf(other), nameOf(draft));
    await vscode.commands.executeCommand('vscode.diff', other, draft, title);
  }
}

export function registerComparing(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, stretches),
    vscode.commands.registerCommand('hegao.compare', comparePair),
    vscode.commands.registerCommand('hegao.compareReports', compareReports),
  );
}
