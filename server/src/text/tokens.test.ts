/** The estimate of tokens, against texts whose count is known, the demo backend's count, and hostile lengths. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokensIn } from '../demo/events.ts';
import { estimatedTokens } from './tokens.ts';

const root = path.resolve(import.meta.dirname, '../../..');

describe('the estimate', () => {
  test.each([
    ['', 0],
    ['word', 1],
    ['two words', 2],
    ['internationalisation', 4],
    ['a = b;', 4],
    ['1234567', 3],
    ['        return x', 3],
    ['日本語', 3],
    ['\n\n\n', 1],
  ])('%j counts as %i', (text, expected) => {
    expect(estimatedTokens(text)).toBe(expected);
  });

  test.each(['server/src/text/lineDiff.ts', 'server/src/claude/call.ts', 'README.md', 'package.json'])(
    'of %s it is not less than the service would count, and at most twice as much',
    (file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      // Four characters a token: what the documentation gives for English text, and the demo counts by.
      expect(estimatedTokens(text)).toBeGreaterThan(tokensIn(text) * 0.9);
      expect(estimatedTokens(text)).toBeLessThan(tokensIn(text) * 2);
    },
  );

  // Counted by the tokenizer that Anthropic published for its earlier models; newer ones count up to a third more.
  test.each([
    ['test/corpora/code/configparser.py', 12_001],
    ['test/corpora/code/smallvec.rs', 19_121],
    ['test/corpora/code/flag.go', 11_462],
    ['test/corpora/code/cext.c', 10_279],
    ['node_modules/@anthropic-ai/sdk/src/client.ts', 30_166],
    ['node_modules/@anthropic-ai/sdk/src/lib/MessageStream.ts', 6_766],
  ])('of %s it is between what is known and a third more', (file, known) => {
    const estimate = estimatedTokens(readFileSync(path.join(root, file), 'utf8'));
    expect(estimate).toBeGreaterThanOrEqual(known);
    expect(estimate).toBeLessThan(known * 1.33);
  });

  test('parts count as the whole does', () => {
    const text = readFileSync(path.join(root, 'server/src/text/lineDiff.ts'), 'utf8');
    const lines = text.split('\n').reduce((sum, line) => sum + estimatedTokens(line), 0);
    expect(Math.abs(lines + text.split('\n').length - estimatedTokens(text)) / estimatedTokens(text)).toBeLessThan(
      0.15,
    );
  });

  test('R31: megabytes of one word, blanks or marks are counted', () => {
    for (const character of ['x', ' ', '{', '\n', '\u202e', '😀'])
      expect(estimatedTokens(character.repeat(2_000_000))).toBeGreaterThan(100_000);
  });
});
