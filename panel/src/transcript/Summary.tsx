/** What stands after the answers to a question: the files that were changed, and what it used and cost. */

import type { ChangedFile, Item } from '#shared/panel.ts';
import { openPlaceRequest, reviewRequest } from '#shared/panelHost.ts';
import { Deed } from '../blocks/Code.tsx';
import { attempt } from '../deed.ts';
import type { Host } from '../host.ts';
import { dollars, long, modelName, short } from '../numbers.ts';
import { shown } from '../shown.ts';
import { t } from '../words.ts';
import type { RowTools } from './tools.ts';

interface ChangesParts {
  readonly item: Extract<Item, { readonly is: 'changes' }>;
  readonly host: Host;
}

export function Changes({ item: { files }, host }: ChangesParts) {
  const pending = files.reduce((sum, file) => sum + file.pending, 0);
  const title = files.length === 1 ? t('1 changed file') : t('{0} changed files', files.length);
  return (
    <section class="changes" aria-label={title}>
      <div class="changesHead">
        <h3>{title}</h3>
        {pending > 0 && (
          <button type="button" class="quietButton" onClick={() => void attempt(() => review(host))}>
            {pending === 1 ? t('Review 1 Edit') : t('Review {0} Edits', pending)}
          </button>
        )}
      </div>
      <ul>
        {files.map((file) => (
          <li key={file.uri}>
            <FileLine file={file} host={host} />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function review(host: Host, uri?: string): Promise<undefined> {
  await host.ask(reviewRequest, uri === undefined ? {} : { uri });
}

function FileLine({
  file: { uri, path, added, removed, pending },
  host,
}: {
  readonly file: ChangedFile;
  readonly host: Host;
}) {
  const open = async () => {
    if (pending > 0) return review(host, uri);
    await host.ask(openPlaceRequest, { uri });
    return undefined;
  };
  return (
    <button
      type="button"
      class="changedFile"
      title={pending > 0 ? t('Review the edits of {0}', shown(path)) : t('Open {0}', shown(path))}
      onClick={() => void attempt(open)}
    >
      <span class="path">{shown(path)}</span>
      <span class="added" role="img" aria-label={t('{0} lines added', added)}>
        +{added}
      </span>
      <span class="removed" role="img" aria-label={t('{0} lines removed', removed)}>
        −{removed}
      </span>
      {pending > 0 && <span class="quiet">{t('{0} pending', pending)}</span>}
    </button>
  );
}

interface CostParts {
  readonly item: Extract<Item, { readonly is: 'cost' }>;
  readonly asked: string;
  readonly tools: RowTools;
}

export function Cost({ item: { model, usage, demo }, asked, tools: { deeds, asked: find } }: CostParts) {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, price } = usage;
  const input = inputTokens + cacheReadTokens + cacheWriteTokens;
  const hits = input === 0 ? 0 : Math.round((cacheReadTokens / input) * 100);
  const parts = [
    shown(modelName(model)),
    t('{0} in, {1} out', short(input), short(outputTokens)),
    ...(cacheReadTokens > 0 ? [t('{0} % from cache', hits)] : []),
    ...(demo ? [t('demo: nothing paid')] : price === undefined ? [t('price not known')] : [dollars(price)]),
  ];
  const all = [
    t('Input tokens: {0}', long(inputTokens)),
    t('Read from cache: {0}', long(cacheReadTokens)),
    t('Written to cache: {0}', long(cacheWriteTokens)),
    t('Output tokens: {0}', long(outputTokens)),
  ];
  const question = find(asked);
  return (
    <div class="cost">
      <span class="quiet" title={all.join('\n')}>
        {parts.join(' · ')}
      </span>
      {question !== undefined && (
        <div class="deeds" role="group" aria-label={t('Reply')}>
          <Deed title={t('Copy as Markdown')} icon="copy" deed={() => deeds.copy(asked)} />
          <Deed title={t('Retry')} icon="refresh" deed={() => deeds.retry(question)} />
          <Deed title={t('Fork From Here')} icon="repo-forked" deed={() => deeds.fork(asked)} />
        </div>
      )}
    </div>
  );
}
