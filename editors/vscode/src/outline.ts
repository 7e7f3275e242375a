// VS Code has an outline of its own for Markdown, which no extension can take away: where both answer, the Outline view
// shows two groups, and what stands in both stands twice. So ours stays away from a Markdown draft whose headings are
// all Markdown's, unless the writer wants it.

import * as vscode from 'vscode';

type Symbols = (vscode.DocumentSymbol | vscode.SymbolInformation)[];

/** Whether Markdown's own outline has every heading that ours has, by the writer's setting. */
export function markdownShowsAll(document: vscode.TextDocument, symbols: Symbols): boolean {
  const wanted = vscode.workspace.getConfiguration('hegao', document.uri).get<string>('outline.markdown', 'more');
  if (wanted !== 'more') {
    return wanted === 'never';
  }
  return flat(symbols).every((symbol) => isLeadIn(symbol) || isMarkdownHeading(document, lineOf(symbol)));
}

function flat(symbols: Symbols): Symbols {
  return symbols.flatMap((symbol) => ('children' in symbol ? [symbol, ...flat(symbol.children)] : [symbol]));
}

/** Sentences that head a paragraph are no reason for a second group: nearly every draft has some. */
function isLeadIn(symbol: Symbols[number]): boolean {
  return symbol.kind === vscode.SymbolKind.Key;
}

function lineOf(symbol: Symbols[number]): number {
  return 'selectionRange' in symbol ? symbol.selectionRange.start.line : symbol.location.range.start.line;
}

function isMarkdownHeading(document: vscode.TextDocument, line: number): boolean {
  if (/^ {0,3}#{1,6}(\s|$)/.test(document.lineAt(line).text)) {
    return true;
  }
  return line + 1 < document.lineCount && /^ {0,3}(=+|-+)\s*$/.test(document.lineAt(line + 1).text);
}
