/** Real code in several languages: that of npm packages, and of the systems' own where it is installed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface RealSource {
  readonly languageId: string;
  readonly file: string;
  readonly text: string;
}

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const places: readonly { readonly languageId: string; readonly ending: RegExp; readonly folders: readonly string[] }[] =
  [
    { languageId: 'typescript', ending: /(?<!\.d)\.ts$/, folders: [`${modules}/@anthropic-ai/sdk/src`] },
    { languageId: 'javascript', ending: /(?<!min)\.js$/, folders: [`${modules}/undici/lib`] },
    {
      languageId: 'python',
      ending: /\.py$/,
      folders: ['/usr/lib/python3.13', '/usr/lib/python3.12', '/usr/lib/python3.11'],
    },
    { languageId: 'c', ending: /\.[ch]$/, folders: ['/usr/include'] },
    { languageId: 'go', ending: /(?<!_test)\.go$/, folders: ['/usr/share/go-1.19/src/net', '/usr/lib/go/src/net'] },
    { languageId: 'rust', ending: /\.rs$/, folders: ['/usr/lib/rustlib/src/rust/library/alloc/src'] },
  ];

/** Sorted, at most so many of a language, evenly spread; each of 60 to 1,500 lines. `SOURCES` names one more folder. */
export function realSources(most: number): readonly RealSource[] {
  const more = process.env['SOURCES'];
  return places.flatMap(({ languageId, ending, folders }) => {
    const files = [...(more === undefined ? [] : [more]), ...folders].flatMap((folder) => filesIn(folder, ending));
    const texts = files
      .map((file) => ({ languageId, file, text: readFileSync(file, 'utf8') }))
      .filter(({ text }) => isFit(text.split('\n').length));
    const step = Math.max(1, texts.length / most);
    return Array.from({ length: Math.min(most, texts.length) }, (_, index) => texts[Math.floor(index * step)]).filter(
      (source) => source !== undefined,
    );
  });
}

function filesIn(folder: string, ending: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort()
    .slice(0, 400)
    .map((file) => path.join(folder, file));
}

function isFit(lines: number): boolean {
  return lines >= 60 && lines <= 1_500;
}
