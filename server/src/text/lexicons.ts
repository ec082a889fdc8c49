/** What counts as a comment and what as a string in each language: tables of the forms that text/mask.ts blanks out. */
import { block, charOf, type Form, fenced, heredoc, line, nested, quoted, regexLiteral } from './forms.ts';

export interface Lexicon {
  readonly forms: readonly Form[];
  /** Lines that begin with `#` are for a preprocessor. */
  readonly preprocessor?: boolean;
}

/** The lexicon of a language by its LSP id; unknown ones get the commonest forms. */
export function lexiconOf(languageId: string): Lexicon {
  return lexicons.get(languageId) ?? common;
}

const double = quoted('"');
const single = quoted("'");
const slashes = [line('//'), block('/*', '*/')];
const triples = [quoted('"""', { multiline: true }), quoted("'''", { multiline: true })];
const cForms = [...slashes, fenced('R', /(?:u8|[uUL])?R"([^()\\\s]{0,16})\(/y, ')$1"'), double, charOf('digits')];

const common: Lexicon = { forms: [...slashes, line('#', 'word'), double, charOf('short')] };
const c: Lexicon = { forms: cForms, preprocessor: true };
const java: Lexicon = { forms: [...slashes, quoted('"""', { multiline: true }), double, single] };
const script: Lexicon = {
  forms: [
    line('//', 'url'),
    block('/*', '*/'),
    regexLiteral,
    double,
    quoted("'", { when: 'apostrophe' }),
    quoted('`', { multiline: true, hole: '${' }),
  ],
};
const hashed: Lexicon = { forms: [line('#'), ...triples, double, single] };
const ruby: Lexicon = {
  forms: [
    fenced('=', /=begin\b/y, '\n=end', 'comment'),
    line('#', 'word'),
    heredoc(/<<[~-]?(["'`]?)([A-Z_]\w*)\1/y),
    regexLiteral,
    quoted('"', { multiline: true, hole: '#{' }),
    quoted("'", { multiline: true }),
    quoted('`', { multiline: true, hole: '#{' }),
  ],
};
const shell: Lexicon = {
  forms: [
    line('#', 'word'),
    heredoc(/<<-?[ \t]*\\?(["']?)(\w+)\1/y),
    quoted('"', { multiline: true, hole: '$(' }),
    quoted("'", { multiline: true, escape: false }),
  ],
};

const lexicons = new Map<string, Lexicon>();
add(['typescript', 'javascript', 'typescriptreact', 'javascriptreact'], script);
add(['c', 'cpp', 'objective-c', 'objective-cpp', 'cuda-cpp', 'glsl', 'hlsl'], c);
add(['java', 'groovy', 'apex'], java);
add(['python', 'gdscript', 'starlark', 'nim', 'r', 'perl', 'make', 'dockerfile'], hashed);
add(['ruby', 'crystal'], ruby);
add(['shellscript'], shell);
add(['rust'], {
  forms: [
    line('//'),
    nested('/*', '*/'),
    fenced('rbc', /[bc]?r(#{0,99})"/y, '"$1'),
    quoted('"', { multiline: true }),
    charOf('lifetime'),
  ],
});
add(['go'], { forms: [...slashes, double, single, quoted('`', { multiline: true, escape: false })] });
add(['csharp'], {
  forms: [
    ...slashes,
    fenced('"$', /\${0,8}("{3,9})/y, '$1'),
    fenced('@$', /(?:@\$?|\$@)"/y, '"'),
    quoted('"', { hole: '{', prefix: '$' }),
    double,
    single,
  ],
  preprocessor: true,
});
add(['kotlin'], {
  forms: [
    line('//'),
    nested('/*', '*/'),
    quoted('"""', { multiline: true, escape: false, hole: '${' }),
    quoted('"', { hole: '${' }),
    single,
    quoted('`'),
  ],
});
add(['scala'], {
  forms: [
    line('//'),
    nested('/*', '*/'),
    quoted('"""', { multiline: true, escape: false }),
    double,
    charOf('lifetime'),
    quoted('`'),
  ],
});
add(['swift'], {
  forms: [
    line('//'),
    nested('/*', '*/'),
    fenced('#', /(#{1,8})"/y, '"$1'),
    quoted('"""', { multiline: true, hole: '\\(' }),
    quoted('"', { hole: '\\(' }),
  ],
});
add(['php'], {
  forms: [
    ...slashes,
    line('#', 'attribute'),
    heredoc(/<<<[ \t]*(["']?)(\w+)\1/y),
    quoted('"', { multiline: true }),
    quoted("'", { multiline: true }),
  ],
});
add(['dart'], {
  forms: [line('//'), nested('/*', '*/'), ...triples, quoted('"', { hole: '${' }), quoted("'", { hole: '${' })],
});
add(['lua', 'luau'], {
  forms: [
    fenced('-', /--\[(={0,99})\[/y, ']$1]', 'comment'),
    line('--'),
    fenced('[', /\[(={0,99})\[/y, ']$1]'),
    double,
    single,
  ],
});
add(['elixir', 'julia'], { forms: [line('#'), ...triples, quoted('"', { multiline: true })] });
add(['sql', 'haskell', 'elm', 'ada', 'vhdl'], { forms: [line('--'), block('/*', '*/'), double, charOf('short')] });

function add(ids: readonly string[], lexicon: Lexicon): void {
  for (const id of ids) lexicons.set(id, lexicon);
}
