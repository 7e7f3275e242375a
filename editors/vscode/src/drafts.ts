// Which documents are drafts: Markdown and plain text, on disk or not saved yet. Not the virtual documents of diffs, of
// source control or of our own pages, which nobody edits.

import * as vscode from 'vscode';

const LANGUAGES = ['markdown', 'plaintext'];
const SCHEMES = ['file', 'untitled'];

export const SELECTOR = SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));

export function isDraft(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);
}

/** The draft that the writer looks at. */
export function activeDraft(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isDraft(document) ? document : undefined;
}

/** A document to read from. One that VS Code opens for an extension stays open for minutes, so only if it must be. */
export async function documentAt(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open ?? vscode.workspace.openTextDocument(uri);
}

/** The draft's name as the writer knows it. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
