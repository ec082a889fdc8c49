/** A piece of code with its language and what can be done with it. Long code is drawn in parts that look like one. */
import { applyCodeRequest, copyRequest, newFileRequest } from '#shared/panelHost.ts';
import { attempt } from '../deed.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { shown } from '../shown.ts';
import { t } from '../words.ts';
import { type Coloured, coloured } from './highlight.ts';
import { useSideways, type Whole } from './sideways.ts';
import type { BlockTools } from './tools.ts';

export interface CodePart {
  readonly tools: BlockTools;
  readonly language: string;
  /** Of this part, in colours. */
  readonly lines: Coloured;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** More of it comes. */
  readonly isOpen: boolean;
  /** All of the code as the model wrote it. */
  readonly code: () => string;
  /** Of a part: what it is a part of, and the letters of the longest line of that. */
  readonly whole?: { readonly of: Whole; readonly columns: number } | undefined;
}

/** Code inside of a list or a quotation. */
export function CodeBlock({
  tools,
  language,
  code,
  isOpen,
}: Pick<CodePart, 'tools' | 'language' | 'isOpen'> & { readonly code: string }) {
  const lines = code.split('\n').map(shown);
  const until = performance.now() + patience;
  const parts = isOpen ? lines.map((text) => [{ text }]) : coloured(lines, languageOf(language), until);
  return <Code tools={tools} language={language} lines={parts} isFirst isLast isOpen={isOpen} code={() => code} />;
}

/** Milliseconds that the colours of a piece of code may take. */
export const patience = 20;

/** What stands behind a fence may be more than the language. */
export function languageOf(info: string): string {
  return shown(info.trim().split(/[\s,{:]/)[0] ?? '').slice(0, longestLanguage);
}

const longestLanguage = 40;

export function Code({ tools, language, lines, isFirst, isLast, isOpen, code, whole }: CodePart) {
  const scrolled = useSideways(whole?.of);
  const name = languageOf(language);
  const label = name === '' ? t('Code') : t('Code: {0}', name);
  return (
    <div class={`code${isFirst ? ' first' : ''}${isLast ? ' last' : ''}`}>
      {isFirst && (
        <div class="codeHead">
          <span class="codeLanguage">{name}</span>
          {!isOpen && <Deeds tools={tools} language={name} code={code} />}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by the keyboard too. */}
      <pre ref={scrolled} tabIndex={0} role="group" aria-label={label} dir="ltr">
        <code style={whole && { minWidth: `${whole.columns}ch` }}>
          {lines.map((line, index) => (
            <Line key={index} parts={line} isLast={index === lines.length - 1} />
          ))}
        </code>
      </pre>
    </div>
  );
}

function Line({ parts, isLast }: { readonly parts: Coloured[number]; readonly isLast: boolean }) {
  const end = isLast ? '' : '\n';
  const [first] = parts;
  if (parts.length <= 1 && first?.type === undefined) return <>{(first?.text ?? '') + end}</>;
  return (
    <>
      {parts.map(({ text, type }, index) =>
        type === undefined ? (
          text
        ) : (
          <span key={index} class={`token-${type}`}>
            {text}
          </span>
        ),
      )}
      {end}
    </>
  );
}

/** Copied and new files are what is shown; what goes into a document is what the model wrote, and looked at on its way. */
function Deeds({ tools: { host, chat, item }, language, code }: Pick<CodePart, 'tools' | 'language' | 'code'>) {
  const copy = async () => {
    await host.ask(copyRequest, { text: shown(code()) });
    return t('Copied.');
  };
  const put = (how: 'apply' | 'insert') => async () => {
    const { message } = await host.ask(applyCodeRequest, { chat, item, code: code(), how });
    return message;
  };
  const make = async () => {
    await host.ask(newFileRequest, { language, text: shown(code()) });
    return t('A new file is open.');
  };
  return (
    <div class="deeds">
      <Deed title={t('Copy')} icon="copy" deed={copy} />
      <Deed title={t('Insert at Cursor')} icon="insert" deed={put('insert')} />
      <Deed title={t('Apply')} icon="diff" deed={put('apply')} />
      <Deed title={t('New File')} icon="new-file" deed={make} />
    </div>
  );
}

interface DeedParts {
  readonly title: string;
  readonly icon: IconName;
  readonly deed: () => Promise<string | undefined>;
}

/** A button with an icon that says what came of it. */
export function Deed({ title, icon, deed }: DeedParts) {
  return (
    <button type="button" class="iconButton" title={title} aria-label={title} onClick={() => void attempt(deed)}>
      <Icon name={icon} />
    </button>
  );
}
