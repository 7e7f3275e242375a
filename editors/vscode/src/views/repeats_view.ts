// The view Repeats 重复: pairs of paragraphs, how alike they are, and in which report the other one stands.

import * as vscode from 'vscode';
import { comparePair } from '../compare/commands';
import { documentAt, nameOf } from '../drafts';
import { words } from '../words';
import { pairOf, Repeat, repeatsAmong } from './repeats';

type Node = { repeat: Repeat } | { place: vscode.Location };

/** Enough to recognize a paragraph by. */
const EXCERPT = 24;

class Repeats implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  refresh(): void {
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return repeatsAmong(vscode.languages.getDiagnostics()).map((repeat) => ({ repeat }));
    }
    if ('place' in node) {
      return [];
    }
    const { uri, range, others } = node.repeat;
    return [...others, new vscode.Location(uri, range)].map((place) => ({ place }));
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    return 'repeat' in node ? repeatItem(node.repeat) : placeItem(node.place);
  }
}

async function excerpt(uri: vscode.Uri, range: vscode.Range): Promise<string> {
  const document = await documentAt(uri);
  const text = document.getText(range).trim();
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

async function repeatItem({ uri, range, message, others, similarity }: Repeat): Promise<vscode.TreeItem> {
  const { line, identical, similar, otherReport } = words();
  const lines = [...others.map((other) => other.range), range].map(({ start }) => line(start.line + 1));
  const item = new vscode.TreeItem(lines.join(' ↔ '), vscode.TreeItemCollapsibleState.Expanded);
  const elsewhere = others.find((other) => other.uri.toString() !== uri.toString());
  const parts = [
    similarity === undefined ? identical : similar(similarity),
    ...(elsewhere === undefined ? [] : [otherReport(nameOf(elsewhere.uri))]),
    await excerpt(uri, range),
  ];
  item.description = parts.join(' · ');
  item.tooltip = `${nameOf(uri)}\n${message}`;
  item.iconPath = new vscode.ThemeIcon('files');
  item.contextValue = 'repeat';
  return item;
}

async function placeItem({ uri, range }: vscode.Location): Promise<vscode.TreeItem> {
  const item = new vscode.TreeItem(words().line(range.start.line + 1));
  item.description = nameOf(uri);
  item.iconPath = new vscode.ThemeIcon('arrow-right');
  item.command = { command: 'vscode.open', title: '', arguments: [uri, { selection: range }] };
  return item;
}

export function registerRepeats(): vscode.Disposable {
  const repeats = new Repeats();
  return vscode.Disposable.from(
    vscode.window.createTreeView('hegao.repeats', { treeDataProvider: repeats }),
    vscode.languages.onDidChangeDiagnostics(() => repeats.refresh()),
    vscode.commands.registerCommand('hegao.compareRepeat', async (node: { repeat: Repeat }) => {
      const pair = pairOf(node.repeat);
      if (pair !== undefined) {
        await comparePair(pair);
      }
    }),
  );
}
