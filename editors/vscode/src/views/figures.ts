// The figures of a draft in the order the view shows them, and as CSV. Knows nothing of VS Code.

import { Figure, Figures, Mention } from '../server/protocol';

export interface Group {
  figure: Figure;
  mentions: Mention[];
}

/** Conflicts first; then by metric, so that what is said of one thing stands together; then as in the text. */
export function groups({ figures, mentions }: Figures): Group[] {
  const all = figures.map((figure) => ({
    figure,
    mentions: figure.mentions.flatMap((at) => mentions[at] ?? []),
  }));
  const first = (group: Group) => group.mentions[0]?.range.start ?? { line: 0, character: 0 };
  const order = (a: Group, b: Group) =>
    Number(b.figure.status === 'conflict') - Number(a.figure.status === 'conflict') ||
    Number(a.figure.metric === null) - Number(b.figure.metric === null) ||
    (a.figure.metric ?? '').localeCompare(b.figure.metric ?? '', 'zh') ||
    first(a).line - first(b).line || first(a).character - first(b).character;
  return all.filter((group) => group.mentions.length > 0).sort(order);
}

export function scopeText(scope: Mention['scope']): string {
  if (scope === null || typeof scope === 'string') {
    return scope ?? '';
  }
  return [scope.body, ...scope.marks].filter((part) => part).join(' ');
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row a mention, in the order of the view; lines end as RFC 4180 wants. */
export function csv(shown: Group[], header: string[], status: (of: Figure['status']) => string): string {
  const rows = shown.flatMap(({ figure, mentions }) =>
    mentions.map((mention) => [
      mention.metric ?? figure.metric, mention.value, mention.unit, mention.approximation, scopeText(mention.scope),
      mention.period, mention.range.start.line + 1, mention.text, status(figure.status),
    ]));
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
