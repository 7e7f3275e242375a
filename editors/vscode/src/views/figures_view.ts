// The view Figures 数据: what the draft counts, conflicts first. A click goes to the place.

import * as vscode from 'vscode';
import { activeDraft, isDraft } from '../drafts';
import { Figures, figuresRequest, isUnknownMethod, Mention } from '../server/protocol';
import { Session } from '../server/session';
import { words } from '../words';
import { csv, Group, groups, scopeText } from './figures';

type Node = { group: Group } | { mention: Mention };

/** Typing goes on while the table is made anew, so it waits for a pause. */
const PAUSE_MILLISECONDS = 400;

/** The figures of a draft, or why there are none. */
type Ask = (draft: vscode.TextDocument) => Promise<Figures | string | undefined>;

function askServer(session: Session): Ask {
  return async (draft) => {
    const client = session.running;
    try {
      return await client?.sendRequest(figuresRequest, { textDocument: { uri: draft.uri.toString() } }) ?? undefined;
    } catch (error) {
      // Anything else is a text that has moved on; its edit asks again.
      return isUnknownMethod(error) ? words().figuresUnsupported : undefined;
    }
  };
}

export class FigureTree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private pause: NodeJS.Timeout | undefined;
  private draft: vscode.TextDocument | undefined;
  shown: Group[] = [];
  message: string | undefined;

  constructor(private readonly ask: Ask) {}

  /** Goes with the writer to another draft. A panel or a diff that has the focus is none: the last draft stays. */
  follow(draft = activeDraft()): void {
    const next = draft ?? (this.draft?.isClosed ? undefined : this.draft);
    if (next !== this.draft) {
      this.draft = next;
      this.show([], undefined);
    }
  }

  /** Soon, and once for many calls. */
  refreshSoon(): void {
    this.follow();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.refresh(), PAUSE_MILLISECONDS);
  }

  async refresh(): Promise<void> {
    const draft = this.draft;
    const answer = draft && await this.ask(draft);
    if (answer === undefined || draft !== this.draft) {
      return; // the text, or the writer, has moved on: what is shown stays until the next refresh
    }
    if (typeof answer === 'string') {
      this.show([], answer);
    } else {
      const found = groups(answer);
      this.show(found, found.length === 0 ? words().noFigures : undefined);
    }
  }

  private show(shown: Group[], message: string | undefined): void {
    this.shown = shown;
    this.message = message;
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.shown.map((group) => ({ group }));
    }
    const several = 'group' in node && node.group.mentions.length > 1;
    return several ? node.group.mentions.map((mention) => ({ mention })) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'group' in node ? this.groupItem(node.group) : this.mentionItem(node.mention);
  }

  private groupItem({ figure, mentions }: Group): vscode.TreeItem {
    const { conflict, places, noMetric, line } = words();
    const several = mentions.length > 1;
    const isConflict = figure.status === 'conflict';
    const item = new vscode.TreeItem(
      figure.metric ?? noMetric,
      several ? vscode.TreeItemCollapsibleState[isConflict ? 'Expanded' : 'Collapsed'] : vscode.TreeItemCollapsibleState.None,
    );
    if (isConflict) {
      // Another row than before, when it was folded: VS Code remembers by this, and by the label without it.
      item.id = `conflict ${figure.id}`;
    }
    const values = [...new Set(mentions.map((mention) => mention.text))];
    const place = several ? places(mentions.length) : line((mentions[0]?.range.start.line ?? 0) + 1);
    const scope = scopeText(figure.scope);
    item.description = [values.join(' / '), scope, isConflict ? conflict : place].filter((part) => part).join(' · ');
    item.iconPath = isConflict
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('symbol-number');
    const only = several ? undefined : mentions[0];
    return only === undefined ? item : this.jumping(item, only);
  }

  private mentionItem(mention: Mention): vscode.TreeItem {
    const item = new vscode.TreeItem(mention.text);
    const parts = [mention.period, scopeText(mention.scope), words().line(mention.range.start.line + 1)];
    item.description = parts.filter((part) => part).join(' · ');
    return this.jumping(item, mention);
  }

  private jumping(item: vscode.TreeItem, { range: { start, end } }: Mention): vscode.TreeItem {
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    item.command = { command: 'vscode.open', title: '', arguments: [this.draft?.uri, { selection }] };
    return item;
  }
}

async function copy(tree: FigureTree): Promise<void> {
  const { csvHeader, conflict, consistent, figuresCopied, nothingToCopy } = words();
  if (tree.shown.length === 0) {
    void vscode.window.showInformationMessage(nothingToCopy);
    return;
  }
  const status = { conflict, consistent, single: '' };
  await vscode.env.clipboard.writeText(csv(tree.shown, csvHeader, (of) => status[of]));
  const rows = tree.shown.reduce((count, { mentions }) => count + mentions.length, 0);
  void vscode.window.showInformationMessage(figuresCopied(rows));
}

export function registerFigures(session: Session): vscode.Disposable {
  const tree = new FigureTree(askServer(session));
  const view = vscode.window.createTreeView('hegao.figures', { treeDataProvider: tree });
  const soon = () => tree.refreshSoon();
  soon();
  return vscode.Disposable.from(
    view,
    tree.onDidChangeTreeData(() => {
      const conflicts = tree.shown.filter(({ figure }) => figure.status === 'conflict').length;
      view.message = tree.message ?? '';
      view.badge = conflicts === 0 ? undefined : { value: conflicts, tooltip: words().conflict };
    }),
    session.onDidChange(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isDraft(document) && soon()),
    vscode.workspace.onDidCloseTextDocument(soon),
    vscode.commands.registerCommand('hegao.refreshFigures', () => tree.refresh()),
    vscode.commands.registerCommand('hegao.copyFigures', () => copy(tree)),
  );
}
