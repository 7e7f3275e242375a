// The requests that hegao adds to the protocol. A server that does not know one answers MethodNotFound.

import { Range, RequestType, ResponseError, ErrorCodes, TextDocumentIdentifier } from 'vscode-languageclient/node';

/** A quantity in the text. */
export interface Mention {
  text: string;
  class: string;
  value: number | null;
  min: number | null;
  max: number | null;
  approximation: string | null;
  unit: string | null;
  metric: string | null;
  verb: string | null;
  scope: string | { body: string | null; marks: string[] } | null;
  period: string | null;
  range: Range;
  figure: number | string | null;
}

/** What the mentions of one quantity have in common. */
export interface Figure {
  id: number | string;
  metric: string | null;
  unit: string | null;
  scope: Mention['scope'];
  /** Indices into the mentions. */
  mentions: number[];
  status: 'single' | 'consistent' | 'conflict';
}

export interface Figures {
  version: number;
  mentions: Mention[];
  figures: Figure[];
}

export const figuresRequest = new RequestType<{ textDocument: TextDocumentIdentifier }, Figures | null, void>('hegao/figures');

export const ruleRequest = new RequestType<{ name: string }, { markdown: string }, void>('hegao/rule');

export function isUnknownMethod(error: unknown): boolean {
  return error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound;
}
