// Bundles the extension, and with `--tests` its tests, into `out`: one file each, so that a start reads one file.
import { build } from 'esbuild';

const common = {
  bundle: true, platform: 'node', format: 'cjs', target: 'node18', sourcemap: true, external: ['vscode', 'playwright-core'],
  logLevel: 'warning',
};

await build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'out/extension.js', minify: !process.argv.includes('--tests') });
if (process.argv.includes('--tests')) {
  for (const [from, to] of [['host/index', 'host'], ['ui/index', 'ui'], ['host_runner', 'host_runner']]) {
    await build({ ...common, entryPoints: [`tests/${from}.ts`], outfile: `out/tests/${to}.js` });
  }
}
