/** What compiles and what does not: small programs against the published declarations of the client for the Claude API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Complaints,
  complaintsOf,
  faultOfRight,
  faultOfWrong,
  publishedPackage,
  strictly,
  type Workplace,
} from './harness/compiling.ts';
import { prelude } from './types/program.ts';
import { rightBuilder } from './types/rightBuilder.ts';
import { rightMessages } from './types/rightMessages.ts';
import { rightRequests } from './types/rightRequests.ts';
import { rightTools } from './types/rightTools.ts';
import { untyped } from './types/rightUntyped.ts';
import { wrongBuilder } from './types/wrongBuilder.ts';
import { wrongFields } from './types/wrongFields.ts';
import { wrongMessages } from './types/wrongMessages.ts';
import { wrongModels } from './types/wrongModels.ts';
import { wrongTools } from './types/wrongTools.ts';

const wrong = [...wrongModels, ...wrongFields, ...wrongMessages, ...wrongTools, ...wrongBuilder];
const right = [...rightRequests, ...rightMessages, ...rightTools, ...untyped(), ...rightBuilder];
const fine = "claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi });";
const bad = fine.replace("'claude-sonnet-5-5'", "'claude-3-haiku'");

let place: Workplace;
/** By the program's code. */
let complaints: ReadonlyMap<string, Complaints>;

beforeAll(() => {
  place = publishedPackage();
  const codes = [...new Set([...wrong.map(([, code]) => code), ...right.map(([, code]) => code), fine, bad])];
  const found = complaintsOf(
    place,
    codes.map((code) => prelude + code),
    strictly,
  );
  complaints = new Map(codes.map((code, at) => [code, found[at] ?? []]));
}, 120_000);

afterAll(() => place[Symbol.dispose]());

function about(code: string): Complaints {
  const found = complaints.get(code);
  if (found === undefined) throw new Error('not compiled');
  return found;
}

describe('does not compile, and says why:', () => {
  test.each(wrong)('%s', (_title, code, says) => {
    expect(faultOfWrong(about(code), says), code).toBeUndefined();
  });
});

describe('compiles:', () => {
  test.each(right)('%s', (_title, code) => {
    expect(faultOfRight(about(code)), code).toBeUndefined();
  });
});

test('there are enough programs, and each is another one', () => {
  expect(wrong.length).toBeGreaterThanOrEqual(150);
  expect(right.length).toBeGreaterThanOrEqual(75);
  const titles = [...wrong, ...right].map(([title, code]) => `${title}: ${code}`);
  expect(new Set(titles).size).toBe(titles.length);
});

describe('the judge of these programs', () => {
  test('sees a right one among the wrong ones', () => {
    expect(faultOfWrong(about(fine), 'retired')).toBe('it compiles');
  });

  test('sees a wrong one among the right ones', () => {
    expect(faultOfRight(about(bad))).toMatch(
      /^it does not compile:\n.*was retired on 2026-04-20: use claude-haiku-5-5/,
    );
  });

  test('sees another error than was promised', () => {
    expect(faultOfWrong(about(bad), 'was retired on 2026-04-21')).toMatch(/^the error is another one:/);
    expect(faultOfWrong([...about(bad), ...about(bad)], 'was retired')).toMatch(/^it has 2 errors:/);
  });

  test('does not take an error that lies elsewhere', () => {
    const config = { ...strictly, compilerOptions: { ...strictly.compilerOptions, types: ['not-installed'] } };
    expect(() => complaintsOf(place, [fine], config)).toThrow('complains about something else');
  }, 120_000);
});

test('a user of the package gets the same types, whatever the options and with every declaration checked', () => {
  const whole = `import { Claude } from 'gloss-language-server/claude';\nconst claude = new Claude({ apiKey: 'key' });\nconst hi = [{ role: 'user', content: 'hi' }] as const;\n`;
  const text = `const message = await ${fine}\nexport const text: string = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');`;
  const compilerOptions = {
    ...{ target: 'es2022', module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] },
    ...{ strict: true, noEmit: true, skipLibCheck: false },
  };
  const [first, second] = complaintsOf(place, [whole + text, whole + bad], { compilerOptions });
  expect(faultOfRight(first ?? ['not compiled'])).toBeUndefined();
  expect(
    faultOfWrong(second ?? [], '"claude-3-haiku was retired on 2026-04-20: use claude-haiku-5-5"'),
  ).toBeUndefined();
}, 120_000);
