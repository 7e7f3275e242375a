// Where the server is: the setting, else the program inside this extension, else the PATH.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export type Found = { path: string } | { missing: string } | { nowhere: true };

const PROGRAM = process.platform === 'win32' ? 'hegao.exe' : 'hegao';

/** A path that the writer has set is taken at its word: another program in its stead would only confuse. */
export function findServer(setting: string, extensionFolder: string, searchPath = process.env['PATH'] ?? ''): Found {
  const wanted = setting.trim();
  if (wanted !== '') {
    const file = wanted.startsWith('~/') ? path.join(os.homedir(), wanted.slice(2)) : wanted;
    return isFile(file) ? { path: file } : { missing: file };
  }
  const bundled = path.join(extensionFolder, 'server', PROGRAM);
  if (isFile(bundled)) {
    return { path: runnable(bundled) };
  }
  for (const folder of searchPath.split(path.delimiter)) {
    const file = path.join(folder, PROGRAM);
    if (folder !== '' && isFile(file)) {
      return { path: file };
    }
  }
  return { nowhere: true };
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Some tools that unpack a .vsix lose the mark that says a file can be run. */
function runnable(file: string): string {
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch {
    try {
      fs.chmodSync(file, 0o755);
    } catch {
      // A read-only folder: starting it will say so.
    }
  }
  return file;
}
