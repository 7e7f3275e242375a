// What the extension says while it runs, in the language of the findings (`hegao.language`). Titles of commands, views
// and settings are in package.nls*.json: VS Code shows those in its own display language.

import * as vscode from 'vscode';

const chinese = {
  checker: '核稿',
  starting: '正在启动',
  stopped: '没有运行',
  noFindings: '没有发现问题',
  findings: (count: number) => `${count}处问题`,
  hints: (count: number) => `另有${count}处提示，在文中以虚点标出`,
  statusHint: '点击查看全部问题',
  notFound: '没有找到核稿程序 hegao。请安装带程序的扩展包（.vsix），或在设置里指明程序的位置。',
  pathMissing: (path: string) => `设置 hegao.server.path 指的文件不存在：${path}`,
  cannotStart: (reason: string) => `核稿程序没能启动：${reason}`,
  openSettings: '打开设置',
  showOutput: '查看日志',
  retry: '重试',
  figuresUnsupported: '这个版本的核稿程序还不提供数据表。',
  noFigures: '稿中没有数据。',
  figuresCopied: (count: number) => `已复制${count}行数据，可以粘贴到表格里。`,
  nothingToCopy: '没有可以复制的数据。',
  conflict: '前后不一致',
  consistent: '一致',
  noMetric: '（未写明指标）',
  places: (count: number) => `${count}处`,
  line: (line: number) => `第${line}行`,
  identical: '完全相同',
  similar: (percent: string) => `相似${percent}`,
  otherReport: (name: string) => `另一篇：${name}`,
  compareTitle: (left: string, right: string) => `${left} ↔ ${right}`,
  pickReport: '选择要比较的另一篇报告',
  browse: '浏览文件…',
  openDraftFirst: '请先打开一篇稿件。',
  pickRule: '选择一条规则',
  rulesUnsupported: '这个版本的核稿程序还不提供规则说明。',
  csvHeader: ['指标', '数值', '单位', '概数', '范围', '时期', '行', '原文', '状态'],
};

type Words = typeof chinese;

const english: Words = {
  checker: '核稿',
  starting: 'starting',
  stopped: 'not running',
  noFindings: 'nothing found',
  findings: (count) => (count === 1 ? '1 finding' : `${count} findings`),
  hints: (count) => `and ${count === 1 ? '1 hint' : `${count} hints`}, marked by dots in the text`,
  statusHint: 'Click for the list',
  notFound: 'The hegao program was not found. Install the .vsix that carries it, or name its place in the settings.',
  pathMissing: (path) => `hegao.server.path names a file that does not exist: ${path}`,
  cannotStart: (reason) => `The hegao program did not start: ${reason}`,
  openSettings: 'Open Settings',
  showOutput: 'Show Log',
  retry: 'Try Again',
  figuresUnsupported: 'This version of the hegao program has no table of figures yet.',
  noFigures: 'The draft has no figures.',
  figuresCopied: (count) => `${count} rows copied; paste them into a spreadsheet.`,
  nothingToCopy: 'There are no figures to copy.',
  conflict: 'conflict',
  consistent: 'consistent',
  noMetric: '(no metric)',
  places: (count) => `${count} places`,
  line: (line) => `line ${line}`,
  identical: 'identical',
  similar: (percent) => `${percent} similar`,
  otherReport: (name) => `other report: ${name}`,
  compareTitle: (left, right) => `${left} ↔ ${right}`,
  pickReport: 'Choose the other report',
  browse: 'Browse…',
  openDraftFirst: 'Open a draft first.',
  pickRule: 'Choose a rule',
  rulesUnsupported: 'This version of the hegao program has no pages about rules yet.',
  csvHeader: ['metric', 'value', 'unit', 'approximation', 'scope', 'period', 'line', 'text', 'status'],
};

/** The language in force, as a locale for the server. */
export function locale(): string {
  const wanted = vscode.workspace.getConfiguration('hegao').get<string>('language', 'zh');
  return wanted === 'auto' ? vscode.env.language : wanted;
}

export function words(): Words {
  return locale().startsWith('zh') ? chinese : english;
}
