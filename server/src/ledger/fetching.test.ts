/** S11: an edit that makes the editor fetch something names the host before anything is shown; other edits do not. */
import { expect, test } from 'vitest';
import { hostsFetched } from './fetching.ts';

const canary = 'canary.example';

/** Path, language, and texts that each fetch from the canary. */
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

const jsonTexts = lines`
  { "$schema": "https://canary.example/s.json" }
  { "a": { "$ref": "http://canary.example/x#/y" } }
  { "$schema": "https:\/\/canary.example\/s" }
  { "\u0024schema": "\u0068ttps://canary.example/s" }
  { "$schema" /* here */ :⏎ // there⏎ "https://canary.example/s" }
  { /* ' " */ "$schema": "https://canary.example/s" }
  { 'a': "b", ' "$schema": "https://canary.example/s" }
  { "a": "\"$schema\": ", "$schema": "//canary.example/s" }
  { "$schema": "\\\\canary.example\\share\\s.json" }
  { "$schema": "file://canary.example/share/s.json" }
  { "extends": ["./a.json", "https://canary.example/base.json"] }
  { "extends": [{ "a": 1 }, "https://canary.example/base.json"] }
  { $schema: 'https://canary.example/s' }
`;
const yamlTexts = lines`
  # yaml-language-server: $schema=https://canary.example/s.json⏎a: 1
  #yaml-language-server:$schema = https://canary.example/s.json
  # $schema: https://canary.example/s.json
  $schema: https://canary.example/s.json
  a:⏎  $ref: "http://canary.example/x"
  a: { $ref: 'http://canary.example/x' }
  "$ref": "\x68ttp:\/\/canary.example/x"
  $ref: >-⏎  http://canary.example/x
  $ref: !!str &a http://canary.example/x
  ? $ref⏎: http://canary.example/x
  $ref: # a comment⏎  http://canary.example/x
  extends: https://canary.example/base.yml
  extends:⏎  - ./a.yml⏎  - https://canary.example/base.yml
  a: "$ref: "⏎$ref: http://canary.example/x
  include:⏎  - remote: "https://canary.example/ci.yml"⏎a: b
`;
const xmlTexts = lines`
  <!DOCTYPE a SYSTEM "http://canary.example/a.dtd"><a/>
  <!DOCTYPE a PUBLIC "-//A//B>//EN" "http://canary.example/a.dtd">
  <!DOCTYPE a [ <!-- don't --> <!ENTITY % x SYSTEM "http://canary.example/x"> %x; ]>
  <!DOCTYPE a [ <!ENTITY x "<!ENTITY y SYSTEM 'http://canary.example/y'>"> ]>
  <!DOCTYPE a SYSTEM "&#104;ttp&colon;//canary.example/a.dtd">
  <!ENTITY x SYSTEM "\\canary.example\share">
  <a xsi:schemaLocation="urn:a http://canary.example/a.xsd"/>
  <a x:schemaLocation = 'http://ns.example/a⏎ http://canary.example/a.xsd'/>
  <a xsi:noNamespaceSchemaLocation="http://canary.example/a.xsd"/>
  <xs:import namespace="http://ns.example/" schemaLocation="http://canary.example/a.xsd"/>
  <?xml-model href="http://canary.example/a.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>
  <?xml-stylesheet type='text/xsl' href='//canary.example/a.xsl'?>
  <xi:include href="http://canary.example/part.xml"/>
  <xsl:import href="http://canary.example/a.xsl"/>
  <a xml:base="http://canary.example/"/>
`;
const cssTexts = lines`
  @import "https://canary.example/a.css";
  @import url(//canary.example/a.css) screen;
  @import/**/"https://canary.example/a.css"
  a { background: url(https://canary.example/a.png) }
  a { background: url( "http://canary.example/a.png" ) }
  a { background: u\72l(http://canary.example/a.png) }
  a { background: url("\68 ttp://canary.example/a.png") }
  @\69mport "https://canary.example/a.css";
  a { background: image-set("a.png" 1x, "https://canary.example/b.png" 2x) }
  @font-face { src: local(x), url(\\\\canary.example\\a.woff) }
  a { b: "url(" ; background: url(https://canary.example/a.png) }
  /*# sourceMap¦pingURL=https://canary.example/a.map */
`;
const htmlTexts = lines`
  <img src="https://canary.example/a.png">
  <img src=//canary.example/a.png>
  <img⏎SRC = 'https:\\canary.example\a.png'>
  <img src="https:canary.example/a.png">
  <img src="&#x68;ttps&colon;&sol;&sol;canary.example/a.png">
  <img alt="src=" src="https://canary.example/a.png">
  <p title=x"><img src="https://canary.example/a.png">
  <img srcset="a.png 1x, https://canary.example/b.png 2x">
  <source srcset="https://canary.example/b.png 2x">
  <video poster="https://canary.example/a.png"></video>
  <object data="https://canary.example/a"></object>
  <iframe srcdoc="&lt;img src=https://canary.example/a.png&gt;"></iframe>
  <link rel="stylesheet" href="https://canary.example/a.css">
  <link title="<a href=" href="https://canary.example/a.css">
  <link <a href=https://canary.example/a.css>
  <base href="https://canary.example/">
  <svg><image xlink:href="https://canary.example/a.png"/></svg>
  <svg:use href="https://canary.example/a.svg#b"/>
  <script src="https://canary.example/a.js"></script>
  <meta http-equiv="refresh" content="0; url=https://canary.example/">
  <img src="https://user:word@CANARY.example:443/a.png?b#c">
  <img src="ht→tps://canary.example/a.png">
`;
const htmlAndCss = [
  ...htmlTexts,
  ...cssTexts.slice(0, 5).map((css) => `<style>${css}</style>`),
  '<p style="background:&#117;rl(https://canary.example/a.png)">',
];
const markdownTexts = [
  ...lines`
  ![a](https://canary.example/a.png)
  ![a](<https://canary.example/a.png> "title")
  ![a](⏎  //canary.example/a.png)
  ![a [b [c] d]](https://canary.example/a.png)
  ![a \] b](https://canary.example/a.png)
  [![a](https://canary.example/a.png)](https://other.example)
  ![a](https&colon;//canary.example/a.png)
  ![a](https\://canary.example/a.png)
  ![a][pic]⏎⏎[PIC]: https://canary.example/a.png
  ![pic][]⏎⏎> [pic]: <https://canary.example/a.png>
  ![ pic⏎ a ]⏎⏎[pic a]: https://canary.example/a.png
  a](![b](https://canary.example/a.png)
  ![a ´]´ b](https://canary.example/a.png)
`,
  ...htmlTexts.slice(0, 10),
];
const scriptTexts = lines`
  import a from "https://canary.example/a.ts";
  import 'https://canary.example/a.ts'
  export * from "https://canary.example/a.ts";
  const a = await import("https://canary.example/a.ts");
  import a from /* b */ "https://canary.example/a.ts";
  import a from // b⏎  "https://canary.example/a.ts";
  import a from "\x68ttps://canary.example/a.ts";
  type A = import("https://canary.example/a.ts").A;
  // @deno-types="https://canary.example/a.d.ts"
  /// <reference types="https://canary.example/a.d.ts" />
  /** @jsxImportSource https://canary.example/jsx */
  //# sourceMap¦pingURL=https://canary.example/a.js.map
  /** ![a](https://canary.example/a.png) */
`;
const tomlTexts = lines`
  #:schema https://canary.example/s.json⏎a = 1
  "$schema" = "https://canary.example/s.json"
  $schema = 'https://canary.example/s.json'
`;

const kinds: readonly Kind[] = [
  ['data.json', 'json', jsonTexts],
  ['data.json5', 'plaintext', jsonTexts],
  ['settings.jsonc', 'jsonc', jsonTexts],
  ['data', 'json', jsonTexts],
  ['app.webmanifest', 'plaintext', jsonTexts],
  ['.eslintrc', 'plaintext', [...jsonTexts, ...yamlTexts]],
  ['a.yaml', 'yaml', yamlTexts],
  ['a.yml', 'dockercompose', yamlTexts],
  ['openapi', 'yaml', [...yamlTexts, ...jsonTexts.slice(0, 4)]],
  ['a.toml', 'toml', tomlTexts],
  ['a.xml', 'xml', xmlTexts],
  ['a.xsd', 'xsl', xmlTexts],
  ['a.dtd', 'dtd', xmlTexts.slice(0, 5)],
  ['Info.plist', 'plaintext', xmlTexts],
  ['App.csproj', 'msbuild', xmlTexts],
  ['a.svg', 'xml', [...xmlTexts, ...htmlAndCss]],
  ['a.xhtml', 'html', [...xmlTexts, ...htmlAndCss]],
  ['a.html', 'html', htmlAndCss],
  ['a.vue', 'vue', [...htmlAndCss, ...scriptTexts]],
  ['a.svelte', 'plaintext', htmlAndCss],
  ['a.astro', 'astro', htmlAndCss],
  ['a.php', 'php', htmlAndCss],
  ['a.hbs', 'handlebars', htmlAndCss],
  ['a.erb', 'erb', htmlAndCss],
  ['a.css', 'css', cssTexts],
  ['a.scss', 'scss', cssTexts],
  ['a.md', 'markdown', markdownTexts],
  ['a.mdx', 'mdx', [...markdownTexts, ...scriptTexts]],
  ['untitled:a', 'markdown', markdownTexts],
  ['a.ts', 'typescript', scriptTexts],
  ['a.tsx', 'typescriptreact', scriptTexts],
  ...kindsOf`
a.ipynb jupyter
  {"cells":[{"source":["a\n","![a](https://canary.example/a.png)"]}]}
  {"cells":[{"source":"<img src=\"https://canary.example/a.png\">"}]}
x.code-workspace jsonc
  {"settings":{"yaml.schemas":{"https://canary.example/s":"*.yml"}}}
deno.json json
  {"imports":{"a":"https://canary.example/a.ts"}}
a.pkl pkl
  amends "https://canary.example/a.pkl"
a.dhall dhall
  let a = https://canary.example/a.dhall in a
a.rst restructuredtext
  .. image:: https://canary.example/a.png
  .. |a| image:: https://canary.example/a.png
  .. csv-table::⏎   :url: https://canary.example/a.csv
a.adoc asciidoc
  image::https://canary.example/a.png[a]
  a image:https://canary.example/a.png[] b
  include::https://canary.example/a.adoc[]
  :imagesdir: https://canary.example/
a.org org
  #+SETUPFILE: https://canary.example/a.org
  #+INCLUDE: "https://canary.example/a.org"
  [[https://canary.example/a.png]]
a.puml plantuml
  !include https://canary.example/a.puml
  !includeurl https://canary.example/a.puml
a.py python
  """⏎![a](https://canary.example/a.png)⏎"""
a.rs rust
  /// ![a](https://canary.example/a.png)⏎fn a() {}
`,
];

test.each(kinds)('S11: hosts that the editor would ask are found in %s (%s)', (path, language, texts) => {
  for (const text of texts) {
    for (const after of [text, `a\n${text}\n`, text.replaceAll('\n', '\r\n')])
      expect(hostsFetched(path, language, '', after), after).toContain(canary);
    const longer = text.replace(/canary\.example/gi, 'other.example');
    expect(hostsFetched(path, language, longer, `${longer}\n${text}`), text).toContain(canary);
    expect(hostsFetched(path, language, text, `${text}\n\n`), text).toEqual([]);
    expect(hostsFetched(path, language, text, ''), text).toEqual([]);
  }
});

test('S11: as many kinds of files as the threat names', () => {
  expect(kinds.length).toBeGreaterThanOrEqual(30);
});

test('S11: what was there before is not reported, wherever it goes', () => {
  const image = '![a](https://a.example/a.png)';
  expect(hostsFetched('a.md', 'markdown', `x\n${image}\n`, `${image}\n\nx\n${image}`)).toEqual([]);
  // A link that becomes an image is new.
  const definition = '\n\n[a]: https://a.example/a.png';
  expect(hostsFetched('a.md', 'markdown', `[b][a]${definition}`, `![b][a]${definition}`)).toEqual(['a.example']);
});
