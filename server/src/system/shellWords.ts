/** Reads a command line that needs no shell: plain words and simple quotes. Whatever else there is makes it a shell's business (threats S13). Pure. */
import { revealInvisible } from '#shared/invisible.ts';

/**
 * The words that a POSIX shell would pass on; undefined for anything that a shell might do more with: operators,
 * expansions, assignments, comments, words of its own, any white space but one blank between two words, and characters
 * that nobody sees. What is not understood for certain is undefined.
 */
export function plainWords(line: string): readonly string[] | undefined {
  if (revealInvisible(line).count > 0) return undefined;
  const words: string[] = [];
  let at = 0;
  for (;;) {
    const [written = ''] = wordAt(line, at);
    const word = written === '' ? undefined : unquoted(written);
    if (word === undefined) return undefined;
    words.push(word);
    at += written.length;
    if (at === line.length) return isForShell(words) ? undefined : words;
    if (line[at] !== ' ') return undefined;
    at++;
  }
}

/** Letters that mean themselves in every shell that there is; in quotes all that can be seen, but for what quotes let through. */
const bare = /[A-Za-z0-9_@+:,./=-]+/;
const single = /'(?:[ -&(-~]|(?![\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Cs}\p{Co}\p{Cn}])[^ -~])*'/u;
const double = /"(?:[ #%-[\]^_a-~]|(?![\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Cs}\p{Co}\p{Cn}])[^ -~])*"/u;
const piece = new RegExp(`${bare.source}|${single.source}|${double.source}`, 'u');
const wordPattern = new RegExp(`(?:${piece.source})+`, 'uy');
const pieces = new RegExp(piece.source, 'gu');

function wordAt(line: string, at: number): readonly string[] {
  wordPattern.lastIndex = at;
  return wordPattern.exec(line) ?? [];
}

function unquoted(written: string): string | undefined {
  // zsh looks up the program that stands behind it.
  if (written.startsWith('=')) return undefined;
  return (written.match(pieces) ?? []).map((part) => (/^['"]/.test(part) ? part.slice(1, -1) : part)).join('');
}

function isForShell([program = '']: readonly string[]): boolean {
  return program === '' || program.includes('=') || ownWords.has(program);
}

/** Words that mean something to the shell itself, and do something to it that no program can. */
const ownWords: ReadonlySet<string> = new Set(
  [
    'if then else elif fi do done case esac while until for in function select time coproc repeat foreach end always',
    '. : alias autoload bg bind break builtin caller cd chdir command compgen complete continue declare dirs disown',
    'emulate enable eval exec exit export fc fg getopts hash history jobs let limit local logout mapfile noglob popd',
    'print pushd read readarray readonly return rehash sched set setopt shift shopt source suspend times trap type',
    'typeset ulimit umask unalias unfunction unhash unlimit unset unsetopt wait whence where which zmodload',
  ].flatMap((words) => words.split(' ')),
);
