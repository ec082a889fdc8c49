/**
 * What packages bring that Gloss never uses, and what the bundles have in its place: a tenth of the package. These packages
 * are CommonJS, of which esbuild keeps all that is asked for anywhere; each is pinned to one version.
 */
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';

const client = 'vscode-languageclient/lib/common';
const undici = 'undici/lib';

/** What the language client can do for servers that offer it. Ours does not, and the client does not say that it could. */
const features = [
  ...['callHierarchy', 'colorProvider', 'declaration', 'definition', 'diagnostic', 'documentHighlight', 'documentLink'],
  ...[
    'documentSymbol',
    'foldingRange',
    'formatting',
    'implementation',
    'inlineValue',
    'linkedEditingRange',
    'notebook',
  ],
  ...['reference', 'rename', 'selectionRange', 'semanticTokens', 'signatureHelp', 'typeDefinition', 'typeHierarchy'],
  'workspaceSymbol',
].map((name) => [`${client}/${name}.js`, withoutFeatures]);

/** By the file. What is never called says so should it be called one day. */
const instead = new Map([
  ...features,
  // It compares VS Code's version with the oldest that it can work with. Our manifest asks for a newer one.
  ['semver/functions/parse.js', () => 'module.exports = (version) => ({ version });'],
  ['semver/functions/satisfies.js', () => 'module.exports = () => true;'],
  // Connections speak HTTP/1.1 (`allowH2: false`), and what is sent is bytes or a stream of them.
  [`${undici}/dispatcher/client-h2.js`, () => never('HTTP/2')],
  [`${undici}/web/fetch/body.js`, () => `exports.extractBody = ${neverCalled('A form as a body')};`],
  [`${undici}/web/fetch/formdata.js`, () => ''],
  [`${undici}/web/webidl/index.js`, () => 'exports.webidl = { is: { FormData: () => false } };'],
  [`${undici}/llhttp/llhttp_simd-wasm.js`, squeezed],
]);

/** Of a package that is there, all must be met: one that has changed its files would bring them again unnoticed. */
const sources = [
  { user: `${client}/client.js`, of: [client, 'semver'] },
  { user: `${undici}/dispatcher/client.js`, of: [undici] },
];

/** For esbuild. With `simdOnly` without the HTTP parser for machines that have no SIMD: VS Code runs on none. */
export function leftOut({ simdOnly }) {
  const files = new Map(instead);
  if (simdOnly) files.set(`${undici}/llhttp/llhttp-wasm.js`, withoutSimd);
  return {
    name: 'left-out',
    setup(build) {
      build.onLoad(
        { filter: /node_modules[\\/](undici|semver|vscode-languageclient)[\\/].*\.js$/ },
        async ({ path }) => {
          const make = files.get(nameIn(path));
          return make && { contents: await make(path), loader: 'js' };
        },
      );
      build.onEnd(({ metafile }) => {
        const met = new Set(Object.keys(metafile?.inputs ?? {}).map(nameIn));
        const wanted = sources.filter(({ user }) => met.has(user)).flatMap(({ of }) => of);
        const missing = [...files.keys()].filter(
          (name) => wanted.some((start) => name.startsWith(start)) && !met.has(name),
        );
        return { errors: missing.map((name) => ({ text: `${name} is not there any more: see scripts/leftOut.mjs.` })) };
      });
    },
  };
}

/** `/…/node_modules/semver/functions/parse.js` → `semver/functions/parse.js` */
function nameIn(file) {
  return file.replaceAll('\\', '/').replace(/^.*node_modules\//, '');
}

/** The same classes, which offer nothing and have nothing to do. */
async function withoutFeatures(file) {
  const source = await readFile(file, 'utf8');
  const names = [...source.matchAll(/^exports\.(\w+Feature) = \1;$/gm)].map(([, name]) => name);
  if (names.length === 0) throw new Error(`${file} has no features any more: see scripts/leftOut.mjs.`);
  const methods = "fillClientCapabilities() {} initialize() {} clear() {} getState() { return { kind: 'static' }; }";
  // The client compares with this one's scheme.
  const scheme = "static CellScheme = 'vscode-notebook-cell';";
  return names.map((name) => `exports.${name} = class { ${scheme} ${methods} };`).join('\n');
}

/** Deflate finds nothing in base64 of what can be made smaller: the program is packed before. */
async function squeezed(file) {
  const { default: program } = await import(file);
  const packed = brotliCompressSync(program).toString('base64');
  return `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'));`;
}

function withoutSimd() {
  const message =
    'Gloss needs the SIMD instructions of WebAssembly: this processor has none, or UNDICI_NO_WASM_SIMD is set for VS Code.';
  return `throw new Error(${JSON.stringify(message)});`;
}

function never(what) {
  return `module.exports = ${neverCalled(what)};`;
}

function neverCalled(what) {
  return `() => { throw new Error('${what} is left out of this bundle.'); }`;
}
