/** S11: what is no fetch is not taken for one, whatever the text; hosts and modelines are told as they are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/harness/cpuTime.ts';
import { sample, scaled, seed } from '../../../test/harness/scale.ts';
import { hostsFetched, modelinesAdded } from './fetching.ts';

type Kind = readonly [path: string, language: string, texts: readonly string[]];

const signs: Readonly<Record<string, string>> = { '⏎': '\n', '→': '\t', '´': '`', '¦': '' };

/** A text in each line: `⏎` breaks it, `→` is a tab, `´` a grave accent, `¦` nothing (so that no tool obeys it here). */
const lines = (block: TemplateStringsArray) => linesOf(String.raw(block));
const linesOf = (block: string) =>
  block
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/[⏎→´¦]/g, (sign) => signs[sign] ?? ''));

/** Paths with their languages, and below each the texts. */
const kindsOf = (block: TemplateStringsArray): readonly Kind[] =>
  String.raw(block)
    .trim()
    .split(/\n(?=\S)/)
    .map((part) => {
      const [, path = '', language = '', texts = ''] = /^(\S+) (\S+)\n(.*)$/s.exec(part) ?? [];
      return [path, language, linesOf(texts)];
    });

/** Edits with addresses that no editor fetches by itself. */
const honest = kindsOf`
package.json json
  { "homepage": "https://a.example", "repository": { "url": "git+https://a.example/x.git" } }
  { "$schema": "./s.json", "homepage": "https://a.example" }
  { "extends": "./base.json", "url": "https://a.example" }
  { "include": ["src"], "b": "https://a.example" }
  {⏎  "extends": ["./a"],⏎  "homepage": "https://a.example"⏎}
  { "$id": "https://a.example/s" }
  { "$ref": "#/definitions/a", "description": "see https://a.example" }
a.yaml yaml
  url: https://a.example
  # see https://a.example
  extends: ./base.yml⏎url: https://a.example
  image: registry.example/a:1
  include:⏎  - ./a.yml⏎homepage: https://a.example
  $ref: "#/components/a"⏎description: https://a.example
a.toml toml
  homepage = "https://a.example"
  # https://a.example
  a = { git = "https://a.example/x" }
a.xml xml
  <a xmlns="http://a.example/ns" xmlns:b="http://b.example/">x</a>
  <url>https://a.example</url>
  <link href="https://a.example/feed"/>
  <!-- http://a.example -->
  <xs:import namespace="http://a.example/ns" schemaLocation="a.xsd"/>
  <a xsi:schemaLocation="http://a.example/ns a.xsd"/>
  <!DOCTYPE note [ <!ELEMENT note (to)> ]>
a.svg svg
  <svg xmlns="http://www.w3.org/2000/svg"><a xlink:href="https://a.example"><use href="#b"/></a></svg>
a.html html
  <!doctype html><a href="https://a.example">x</a>
  <a class="b" @click="() => go()" href='https://a.example' target=_blank>x</a>
  <el-link :underline="a > b" href="https://a.example">
  <form action="https://a.example">
  <img src="a.png" alt="https://a.example">
  <meta name="b" content="https://a.example">
  <p>https://a.example</p>
  <img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E">
  <script src="/a.js"></script><a href="https://a.example">x</a>
  <img src="{{ base }}/a.png">
  <img :src="'https://' + host">
a.css css
  a { color: red } /* https://a.example */
  @import "a.css";
  a { background: url(a.png) }
  @namespace svg url(http://www.w3.org/2000/svg);
  a { background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E") }
  a::after { content: "https://a.example" }
a.md markdown
  [a](https://a.example)
  <https://a.example>
  https://a.example
  [a]: https://a.example
  ![a](a.png) [b](https://a.example)
  [a ![b](b.png)](https://a.example)
  - [x] [a](https://a.example)
  <a href="https://a.example">x</a>
  ![a]⏎⏎[b]: https://a.example
  \![a](https://a.example)
  ´https://a.example´
a.ts typescript
  import a from './a.ts';
  const url = 'https://a.example';
  fetch("https://a.example");
  /** See {@link https://a.example} or [a](https://a.example). */
  const schema = { $schema: 'https://a.example' };
  const from = 'https://a.example';
  // from https://a.example
  if (![1, 2].includes(a)) b("https://a.example");
  array[0](x); a[´b´](c);
a.py python
  URL = "https://a.example"
  # https://a.example
  src = "https://a.example"
  a = b[c](d)
a.go go
  import "github.com/a/b"
  // https://a.example
  x := []string{"https://a.example"}
a.rst restructuredtext
  .. image:: a.png
  .. _a: https://a.example
  ´a <https://a.example>´_
a.adoc asciidoc
  https://a.example[a]
  image::a.png[]
  link:https://a.example[x]
a.txt plaintext
  https://a.example
  $schema: https://a.example
  <img src="https://a.example/a.png">
`;

test.each(honest)('honest edits name no host: %s', (path, language, texts) => {
  for (const text of texts) expect(hostsFetched(path, language, '', text), text).toEqual([]);
});

/** Between them they use every reader. */
const languages = [
  ['a.svg', 'json'],
  ['a.vue', 'yaml'],
  ['a.mdx', 'css'],
  ['a.org', 'toml'],
  ['a.ipynb', 'dhall'],
] as const;

test('S11: any text gets an answer', () => {
  const pieces = lines`
    "⏎'⏎´⏎<⏎>⏎![⏎]⏎](⏎(⏎)⏎[a]:⏎src=⏎href=⏎<a⏎<link⏎url(⏎@import⏎$ref:⏎"$schema":⏎/*⏎*/⏎//⏎\⏎\u0022⏎&#34;⏎https://a.example/⏎{⏎}⏎:⏎,⏎<!ENTITY⏎-
  `;
  const piece = fc.constantFrom(' ', '\n', ...pieces.flatMap((line) => line.split('\n')));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom(...languages), (pieces, [path, language]) => {
      const text = pieces.join('');
      for (const host of hostsFetched(path, language, '', text)) expect(host).not.toBe('');
      expect(hostsFetched(path, language, text, text)).toEqual([]);
    }),
    { seed: seed(), numRuns: scaled(5000) },
  );
});

const repeated = lines`
  "⏎'⏎\"⏎"\⏎/*⏎<!ENTITY "⏎<a ⏎<a b⏎<a b=⏎<link href=⏎href=⏎src=⏎src="⏎src='srcset="⏎![⏎](⏎![a](⏎][⏎[a]:⏎$ref: ⏎$ref: #⏎$ref: !$ref: ⏎extends: ⏎url(⏎@import ⏎from "
  ´⏎\⏎&#⏎a:b ⏎-*- ⏎schemaLocation=⏎x:schemaLocation="⏎[[⏎.. ⏎ ⏎<x:y:⏎# ⏎a⏎content="0;⏎image-set(
`.flatMap((line) => [...line.split('\n'), '\n ', 'extends:\n-']);

test('S11: a long text costs in proportion to its length', { timeout: 240_000 }, () => {
  const timeOf = (piece: string, length: number): number => {
    const text = piece.repeat(length / piece.length);
    const start = cpuTime();
    for (const [path, language] of languages) hostsFetched(path, language, '', `${text}"https://a.example`);
    modelinesAdded('', text);
    return cpuTime() - start;
  };
  for (const piece of sample(repeated)) {
    // Four times the length: what is quadratic takes sixteen times as long. Short times say nothing.
    const [short, long] = [timeOf(piece, 25_000), timeOf(piece, 100_000)];
    expect(long, piece).toBeLessThan(10 * Math.max(short, 100));
  }
});

test.each([
  ['a new address at a known host', 'https://a.example/1', 'https://a.example/2?secret', ['a.example']],
  ['a port belongs to it', '', 'https://a.example:8443/x', ['a.example:8443']],
  ['addresses of this machine', '', 'http://127.0.0.1:9/x', ['127.0.0.1:9']],
  ['look-alikes as they are asked for', '', 'https://аpple.example/x', ['xn--pple-43d.example']],
  ['a nested scheme', '', 'jar:http://a.example/x!/y', ['a.example']],
  ['what no browser would accept', '', 'http://a b.example:99999/x', ['a b.example:99999']],
  ['a place to be filled in', '', 'https://{{ host }}/x', []],
  ["the editor's own schemas", '', 'vscode://schemas/settings', []],
  ['a file on this machine', '', 'file:///a/b.json', []],
  ['a relative path', '', './a/b.json', []],
  ['a name', '', 'urn:a:b', []],
])('S11: hosts are told as they are: %s', (_name, before, after, hosts) => {
  const text = (address: string) => `{ "$schema": "${address}" }`;
  expect(hostsFetched('a.json', 'json', text(before), text(after))).toEqual(hosts);
});

test.each([
  ['# vim: set ts=4:', ['# vim: set ts=4:']],
  ['/* vim:noet:ts=2 */', ['/* vim:noet:ts=2 */']],
  ['a\n// vi: ts=4\nb', ['// vi: ts=4']],
  ['# vim600: foldexpr=x', ['# vim600: foldexpr=x']],
  ['# ex: set ts=4:', ['# ex: set ts=4:']],
  ['; -*- mode: lisp; eval: (shell-command "x") -*-', ['; -*- mode: lisp; eval: (shell-command "x") -*-']],
  [`${'x\n'.repeat(50)};; Local Variables:\n;; eval: x\n;; End:\n${'x\n'.repeat(20)}`, [';; Local Variables:']],
  ['// kate: indent-width 4;', ['// kate: indent-width 4;']],
  [`${'x\n'.repeat(20)}# vim: set ts=4:\n${'x\n'.repeat(20)}`, []],
  ['# for ex: this', []],
  ['vim is an editor\na = -b - *c - d', []],
])('S11: modelines are told: %j', (after, lines) => {
  expect(modelinesAdded('', after)).toEqual(lines);
  expect(modelinesAdded(after, `${after}\n`)).toEqual([]);
});
