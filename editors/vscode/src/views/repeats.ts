// The repeats of the open drafts, read off the findings: each finding of a rule `duplicates/…` and the places it names.

import * as vscode from 'vscode';
import { Pair } from '../compare/commands';

export interface Repeat {
  uri: vscode.Uri;
  range: vscode.Range;
  message: string;
  others: vscode.Location[];
  /** `undefined`: identical. */
  similarity: string | undefined;
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export function repeatsAmong(all: [vscode.Uri, vscode.Diagnostic[]][]): Repeat[] {
  return all.flatMap(([uri, diagnostics]) =>
    diagnostics
      .filter((diagnostic) => diagnostic.source === 'hegao' && codeOf(diagnostic).startsWith('duplicates/'))
      .sort((a, b) => a.range.start.compareTo(b.range.start))
      .map((diagnostic) => ({
        uri,
        range: diagnostic.range,
        message: diagnostic.message,
        others: (diagnostic.relatedInformation ?? []).map((related) => related.location),
        similarity: /\d+(\.\d+)?\s?[%％]/.exec(diagnostic.message)?.[0],
      })));
}

/** The two places, for `hegao.compare`; none if the finding names no other place. */
export function pairOf(repeat: Repeat): Pair | undefined {
  const other = repeat.others[0];
  return other && { ...stretch(repeat.uri, repeat.range), other: stretch(other.uri, other.range) };
}

function stretch(uri: vscode.Uri, range: vscode.Range) {
  const plain = ({ line, character }: vscode.Position) => ({ line, character });
  return { uri: uri.toString(), range: { start: plain(range.start), end: plain(range.end) } };
}
