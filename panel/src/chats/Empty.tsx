/** What a chat without a question shows: what can be done here, and examples that fill the composer. */
import { t } from '../words.ts';

export interface EmptyProps {
  readonly sendKey: 'enter' | 'ctrlEnter';
  /** Sends nothing. */
  readonly onExample: (text: string) => void;
}

export function Empty({ sendKey, onExample }: EmptyProps) {
  const examples = [
    t('Explain how this project is built, and where it starts.'),
    t('Find out why @problems are there, and mend them.'),
    t('/review'),
  ];
  const keys = [
    [sendKey === 'enter' ? t('Enter') : t('Ctrl+Enter'), t('sends')],
    [t('Shift+Enter'), t('begins a new line')],
    ['@', t('mentions files, symbols, problems')],
    ['/', t('commands')],
    ['↑', t('earlier questions')],
  ] as const;
  return (
    <div class="empty">
      <h2 class="emptyTitle">{t('Ask about your code, or have it changed')}</h2>
      <p class="quiet">
        {t('It reads your workspace, proposes edits that you review, and runs commands only with your leave.')}
      </p>
      <ul class="examples" aria-label={t('Examples')}>
        {examples.map((example) => (
          <li key={example}>
            <button type="button" class="example" onClick={() => onExample(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
      <dl class="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd class="quiet">{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
