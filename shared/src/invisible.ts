/** Shows what hides: characters that a reader cannot see, or that reorder what is seen, become visible escapes (S24). */

/** What came of a text: the text with its hidden characters written out, and how many there were. */
export interface Revealed {
  readonly text: string;
  readonly count: number;
}

/**
 * Writes every hidden character as `⟨U+202E⟩`: tags, zero-width characters, bidi controls, odd variation selectors,
 * other default-ignorable characters and C0/C1 controls except `\n`, `\r`, `\t`.
 * Those that honest writing needs stay where it needs them: joiners between letters that join, emoji sequences and
 * flags, variants of ideographs, marks beside right-to-left letters. Linear in the text's length.
 */
export function revealInvisible(text: string): Revealed {
  let shown = revealOnce(text);
  // A character that stayed beside one that was shown has lost its neighbour.
  for (let pass = 1; pass < mostPasses; pass++) {
    const again = revealOnce(shown.text);
    if (again.count === 0) return shown;
    shown = { text: again.text, count: shown.count + again.count };
  }
  return shown;
}

/** Each pass moves by one character; honest writing needs one. */
const mostPasses = 8;

function revealOnce(text: string): Revealed {
  let count = 0;
  const shown = text.replace(hidden, (found: string, offset: number) => {
    if (isHonest(found, offset, text)) return found;
    count++;
    return escapeOf(found);
  });
  return { text: shown, count };
}

/** Everything that may hide. Which of it stays is decided by its neighbours. */
const hidden =
  /[[\p{Cc}--[\n\r\t]]\u2028\u2029\u2800\ufff9-\ufffb\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gv;
const hiddenAlone = new RegExp(`^${hidden.source}$`, 'v');

type Neighbours = { readonly before: string; readonly after: string };
type Rule = (neighbours: Neighbours, offset: number, text: string) => boolean;

function isHonest(found: string, offset: number, text: string): boolean {
  const rule = ruleOf(found);
  if (rule === undefined) return false;
  return rule({ before: characterBefore(text, offset), after: characterAt(text, offset + found.length) }, offset, text);
}

/** The one test per kind of character; none: it is never honest. */
function ruleOf(found: string): Rule | undefined {
  const code = codeOf(found);
  if (code >= 0xfe00 && code <= 0xfe0d) return isPlainVariant;
  if (code === 0xfe0e || code === 0xfe0f) return isEmojiVariant;
  if (code >= 0xe0100 && code <= 0xe01ef) return ({ before }) => ideograph.test(before);
  if (code >= 0xe0020 && code <= 0xe007f) return (_neighbours, offset, text) => isInFlag(text, offset);
  if ((code >= 0x180b && code <= 0x180d) || code === 0x180f) return ({ before }) => mongolian.test(before);
  return rules.get(code);
}

const besideRightToLeft: Rule = ({ before, after }) => rightToLeft.test(before) || rightToLeft.test(after);

const rules: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [
    0x200b,
    ({ before, after }) => (unspaced.test(before) || unspaced.test(after)) && !isHidden(before) && !isHidden(after),
  ],
  [0x200c, ({ before, after }) => joins(before) && joins(after)],
  [0x200d, isHonestJoiner],
  [0x200e, besideRightToLeft],
  [0x200f, besideRightToLeft],
  [0x115f, ({ after }) => /^[\u1161-\u11a7]$/u.test(after)],
  [0x1160, ({ before }) => /^[\u1100-\u115e]$/u.test(before)],
  [0x180e, ({ before, after }) => mongolian.test(before) && mongolian.test(after)],
  [0x2800, ({ before, after }) => braille.test(before) || braille.test(after)],
]);

/** Seen ones only: a hidden mark of these scripts is shown itself, and then vouches for nothing. */
const rightToLeft = /^[[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]--\p{Cf}]$/v;
const mongolian = /^[\p{Script=Mongolian}&&\p{L}]$/v;
const braille = /^[\u2801-\u28ff]$/u;
const ideograph = /^\p{Ideographic}$/u;
/** Scripts that write words without spaces: a zero-width space may break the line there. */
const unspaced =
  /^[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}\p{scx=Javanese}\p{scx=Balinese}]$/u;
/** Scripts whose letters change shape by their neighbours. */
const joining =
  /^[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Nko}\p{scx=Mongolian}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]$/u;
const letterOrMark = /^[\p{L}\p{M}]$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;
const emojiPart = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3)$/u;

function joins(character: string): boolean {
  return joining.test(character) && letterOrMark.test(character);
}

/** Between two pictures, or after a letter that joins: there it also stands before a space, to show a letter's form. */
function isHonestJoiner({ before, after }: Neighbours): boolean {
  if (pictograph.test(after)) return emojiPart.test(before);
  return joins(before) && !isHidden(after);
}

/** Standardized variants exist of ideographs, CJK punctuation, mathematical symbols and a few scripts. */
function isPlainVariant({ before }: Neighbours): boolean {
  return /^[\p{Ideographic}\p{Sm}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}\u3000-\u303f\uff00-\uffef]$/u.test(
    before,
  );
}

/** Text or picture style of a character that has both. Digits, `#` and `*` have them only as keycaps. */
function isEmojiVariant({ before, after }: Neighbours): boolean {
  if (/^[0-9#*]$/.test(before)) return after === '\u20e3';
  return /^\p{Emoji}$/u.test(before);
}

/** Tags spell the flags of England, Scotland and Wales; any other use shows as a plain black flag and hides its text. */
function isInFlag(text: string, offset: number): boolean {
  const start = text.slice(Math.max(0, offset - longestFlag), offset).lastIndexOf('🏴');
  const flag = text.slice(Math.max(0, offset - longestFlag) + start, offset + longestFlag);
  return start >= 0 && flags.some((known) => flag.startsWith(known));
}

const flags = ['gbeng', 'gbsct', 'gbwls'].map(
  (region) => `🏴${[...region, '\x7f'].map((letter) => String.fromCodePoint(0xe0000 + codeOf(letter))).join('')}`,
);
const longestFlag = 14;

function isHidden(character: string): boolean {
  return hiddenAlone.test(character);
}

/** The visible escape that stands for a character. */
export function escapeOf(character: string): string {
  return `⟨U+${codeOf(character).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, offset: number): string {
  if (offset === 0) return '';
  const pair = offset > 1 ? characterAt(text, offset - 2) : '';
  return pair.length === 2 ? pair : text.charAt(offset - 1);
}
