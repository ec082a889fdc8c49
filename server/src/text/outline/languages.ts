/** Which way each language is outlined: a table of language ids. */
import type { Reader } from './brackets.ts';
import { readC } from './c.ts';
import { readGo } from './go.ts';
import type { IndentRules } from './indented.ts';
import { readRust } from './rust.ts';
import { readScript } from './script.ts';
import { typedReader } from './typed.ts';

export type Family =
  | { readonly by: 'brackets'; readonly read: Reader }
  | { readonly by: 'indent'; readonly rules: IndentRules };

/** Undefined for languages without declarations. Unknown ones are read by the commonest keywords and braces. */
export function familyOf(languageId: string): Family | undefined {
  return declaringNothing.has(languageId) ? undefined : (families.get(languageId) ?? unknown);
}

const declaringNothing = new Set(
  'plaintext markdown json jsonc jsonl yaml toml ini properties xml html css scss less sass stylus diff log latex tex bibtex csv svg vue svelte astro handlebars pug ignore restructuredtext git-commit git-rebase search-result code-text-binary binary'.split(
    ' ',
  ),
);

const unknown: Family = brackets(
  typedReader({
    types: {
      class: 'class',
      interface: 'interface',
      struct: 'struct',
      enum: 'enum',
      trait: 'interface',
      protocol: 'interface',
      module: 'module',
      namespace: 'module',
      object: 'object',
      record: 'class',
      contract: 'class',
      library: 'module',
    },
    functions: ['function', 'func', 'fun', 'fn', 'def', 'proc', 'sub'],
    nameless: ['constructor', 'init'],
    callable: false,
  }),
);

const java: Family = brackets(
  typedReader({
    types: { class: 'class', interface: 'interface', enum: 'enum', record: 'class' },
    functions: [],
    nameless: [],
    callable: true,
  }),
);
const csharp: Family = brackets(
  typedReader({
    types: {
      class: 'class',
      interface: 'interface',
      enum: 'enum',
      record: 'class',
      struct: 'struct',
      namespace: 'module',
    },
    functions: [],
    nameless: [],
    callable: true,
  }),
);
const dart: Family = brackets(
  typedReader({
    types: { class: 'class', enum: 'enum', mixin: 'class', extension: 'class' },
    functions: [],
    nameless: [],
    callable: true,
  }),
);
const kotlin: Family = brackets(
  typedReader({
    types: { class: 'class', interface: 'interface', object: 'object' },
    functions: ['fun'],
    nameless: ['constructor', 'init'],
    callable: false,
  }),
);
const swift: Family = brackets(
  typedReader({
    types: {
      class: 'class',
      struct: 'struct',
      enum: 'enum',
      protocol: 'interface',
      extension: 'object',
      actor: 'class',
    },
    functions: ['func'],
    nameless: ['init', 'deinit'],
    callable: false,
  }),
);
const php: Family = brackets(
  typedReader({
    types: { class: 'class', interface: 'interface', trait: 'class', enum: 'enum', namespace: 'module' },
    functions: ['function'],
    nameless: [],
    callable: false,
  }),
);
const scala: Family = brackets(
  typedReader({
    types: { class: 'class', trait: 'interface', object: 'object', enum: 'enum' },
    functions: ['def'],
    nameless: [],
    callable: false,
  }),
);

const python: Family = indent({
  heading: /(?:async[ \t]+)?(?<word>def|class)[ \t]+(?<name>[^\s(:[=]+)/dy,
  kinds: { class: 'class', def: 'function' },
  closers: [],
  bracketed: true,
});
const ruby: Family = indent({
  heading:
    /(?:(?:private|protected|public|private_class_method|module_function)[ \t]+)?(?<word>def|class|module)[ \t]+(?!<<)(?:self\.)?(?<name>[A-Z_a-z\u0080-\uffff][\w:\u0080-\uffff]*[?!=]?|[-+*/%<>=!~^&|[\]]+)/dy,
  kinds: { class: 'class', module: 'module', def: 'function' },
  closers: ['end'],
  bracketed: false,
});
const lua: Family = indent({
  heading: /(?:local[ \t]+)?(?:function[ \t]+(?=[\w.:]+[ \t]*\()|(?=[\w.]+[ \t]*=[ \t]*function\b))(?<name>[\w.:]+)/dy,
  kinds: {},
  closers: ['end'],
  bracketed: false,
});
const shell: Family = indent({
  heading: /(?:function[ \t]+|(?=[\w:.-]+[ \t]*\([ \t]*\)))(?<name>[\w:.-]+)/dy,
  kinds: {},
  closers: ['}', ')'],
  bracketed: false,
});
const elixir: Family = indent({
  heading: /(?<word>defmodule|defprotocol|defimpl|defmacrop?|defp?)[ \t]+(?<name>[\w.]+[?!]?)/dy,
  kinds: { defmodule: 'module', defprotocol: 'interface', defimpl: 'object' },
  closers: ['end'],
  bracketed: false,
});
const julia: Family = indent({
  heading: /(?:mutable[ \t]+)?(?<word>function|macro|module|struct)[ \t]+(?<name>[\w.!]+)/dy,
  kinds: { module: 'module', struct: 'struct' },
  closers: ['end'],
  bracketed: false,
});

const families = new Map<string, Family>();
add('typescript typescriptreact javascript javascriptreact', brackets(readScript));
add('rust', brackets(readRust));
add('go', brackets(readGo));
add('c cpp objective-c objective-cpp cuda-cpp glsl hlsl', brackets(readC));
add('java groovy apex', java);
add('csharp', csharp);
add('dart', dart);
add('kotlin', kotlin);
add('swift', swift);
add('php', php);
add('scala', scala);
add('python gdscript starlark nim', python);
add('ruby crystal', ruby);
add('lua luau', lua);
add('shellscript', shell);
add('elixir', elixir);
add('julia', julia);

function brackets(read: Reader): Family {
  return { by: 'brackets', read };
}

function indent(rules: IndentRules): Family {
  return { by: 'indent', rules };
}

function add(ids: string, family: Family): void {
  for (const id of ids.split(' ')) families.set(id, family);
}
