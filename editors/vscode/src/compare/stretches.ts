// Stretches of drafts as documents of their own, so that the diff editor can show two paragraphs side by side.

import * as vscode from 'vscode';
import { documentAt } from '../drafts';
import { Range } from 'vscode-languageclient/node';

export interface Stretch {
  uri: string;
  range: Range;
}

export const SCHEME = 'hegao-stretch';

/** The document of a stretch; `title` is its name in the tab. */
export function documentOf({ uri, range }: Stretch, title: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${title}.txt`, query: JSON.stringify({ uri, range }) });
}

export const stretches: vscode.TextDocumentContentProvider = {
  async provideTextDocumentContent(document) {
    const { uri, range } = JSON.parse(document.query) as Stretch;
    const draft = await documentAt(vscode.Uri.parse(uri));
    const { start, end } = range;
    return draft.getText(new vscode.Range(start.line, start.character, end.line, end.character)).trimEnd();
  },
};
