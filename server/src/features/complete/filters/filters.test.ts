/** Each filter alone: what it makes of an answer at a place. `▮` is the cursor, `-` stands for nothing to show. */
import { expect, test } from 'vitest';
import { shapeOf } from '../hole.ts';
import { brackets } from './brackets.ts';
import type { Filter } from './filter.ts';
import { ends, indentation, scope } from './place.ts';
import { chatter } from './prose.ts';
import { loops, repeatedEnd, repeatedStart } from './repeats.ts';
import { hiddenCharacters, minimum, placeholders, secrets } from './worth.ts';
import { diffs, fences, lineEnds, marks, tags } from './wrapping.ts';

const line = 'const a = 1;\nconst sum = ▮\n';
const block = 'function f() {\n  ▮\n}\n';
const secret = secrets((text) => text.includes('KEY'));

const rows: readonly (readonly [Filter, place: string, answer: string, shown: string])[] = [
  [lineEnds, line, 'a\r\nb\rc', 'a\nb\nc'],
  [lineEnds, line, 'a\nb', 'a\nb'],
  [hiddenCharacters, line, 'a\u202e;', '-'],
  [hiddenCharacters, line, 'שלום', 'שלום'],
  [tags, line, '<fill>a + b;</fill>', 'a + b;'],
  [tags, line, '<fill>a + b;', 'a + b;'],
  [tags, line, '<div>a</div>', '<div>a</div>'],
  [fences, line, '```ts\na + b;\n```', 'a + b;'],
  [fences, line, 'a + b;\n```', 'a + b;'],
  [fences, line, '`a + b`', 'a + b'],
  [fences, line, `\`a \${b}\``, `\`a \${b}\``],
  [marks, line, 'a<|cursor|> + b', 'a + b'],
  [marks, line, '...', '-'],
  [diffs, block, '@@ -1,2 +1,2 @@\n-a\n+b', '-'],
  [diffs, line, 'a - b', 'a - b'],
  [chatter, block, 'Here is the code:\n\na();', 'a();'],
  [chatter, block, 'I cannot help with that.', '-'],
  [chatter, block, 'a();\nb();', 'a();\nb();'],
  [loops, block, 'call();\n'.repeat(6), '-'],
  [loops, block, 'call();\nother();', 'call();\nother();'],
  [repeatedStart, line, 'const sum = a + 1;', 'a + 1;'],
  [repeatedStart, line, 'const a = 1;\nconst sum = a;', 'a;'],
  [repeatedStart, line, 'a + 1;', 'a + 1;'],
  [repeatedEnd, 'print(▮);\n', 'a);', 'a'],
  [repeatedEnd, 'a();\n▮\nb();\n', 'b();', '-'],
  [repeatedEnd, line, 'a;', 'a;'],
  [ends, line, ' a;  \n', 'a;'],
  [ends, block, '\n\n  a();\n', '  a();'],
  [indentation, block, 'a();\nb();', 'a();\n  b();'],
  [indentation, block, 'if (a) {\n    b();\n  }', 'if (a) {\n    b();\n  }'],
  [scope, line, 'a;\nb;', 'a;'],
  [scope, block, 'a();\n  b();\n}\nc();', 'a();\n  b();'],
  [
    scope,
    block,
    Array.from({ length: 60 }, () => '  a();')
      .join('\n')
      .trimStart(),
    `a();${'\n  a();'.repeat(39)}`,
  ],
  [minimum, line, ';', '-'],
  [minimum, line, 'a', 'a'],
  [brackets, 'print(▮)\n', 'a, b);', 'a, b'],
  [brackets, "print('▮')\n", "hello'", 'hello'],
  [brackets, 'print(▮\nnext();\n', 'a, b', 'a, b)'],
  [placeholders, block, '// TODO: implement', '-'],
  [placeholders, block, '// adds them\nreturn a;', '// adds them\nreturn a;'],
  [secret, line, "'KEY'", '-'],
  [secret, line, 'key', 'key'],
];

test.each(rows.map(([filter, place, answer, shown]) => ({ name: filter.name, filter, place, answer, shown })))(
  '$name: $answer',
  ({ filter, place, answer, shown }) => {
    const [before = '', after = ''] = place.split('▮');
    const hole = { languageId: 'typescript', before, after };
    expect(filter.apply(answer, { ...hole, shape: shapeOf(hole) }) ?? '-').toBe(shown);
  },
);
