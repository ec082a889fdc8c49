/** Texts with what the person may open from them: a web address, after the editor has asked, and a place that the server has found. Nothing else becomes a link (threats S20). */
import { openPlaceRequest, openUrlRequest } from '#shared/panelHost.ts';
import { attempt } from '../deed.ts';
import { type FoundPlace, mayBePlace, placesIn } from '../places.ts';
import { t } from '../words.ts';
import type { BlockTools } from './tools.ts';

interface TextParts {
  readonly text: string;
  readonly tools: BlockTools;
}

export function Text({ text, tools }: TextParts) {
  const parts = [];
  let from = 0;
  for (const part of placesIn(text)) {
    // The last word may not be whole.
    const isWhole = !tools.isGrowing || part.at + part.text.length < text.length;
    const place = isWhole ? tools.places.find(part.text) : undefined;
    if (place === undefined) continue;
    parts.push(text.slice(from, part.at), <PlaceLink key={part.at} text={part.text} place={place} tools={tools} />);
    from = part.at + part.text.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

export function InlineCode({ text, tools }: TextParts) {
  const url = webAddress(text);
  if (url !== undefined) return <UrlLink text={text} url={url} tools={tools} />;
  const place = mayBePlace(text) ? tools.places.find(text) : undefined;
  if (place === undefined) return <code>{text}</code>;
  return (
    <code class="place">
      <PlaceLink text={text} place={place} tools={tools} />
    </code>
  );
}

interface PlaceParts extends TextParts {
  readonly place: FoundPlace;
}

function PlaceLink({ text, place: { uri, line }, tools: { host } }: PlaceParts) {
  const open = async () => {
    await host.ask(openPlaceRequest, line === undefined ? { uri } : { uri, line });
    return undefined;
  };
  return (
    <button type="button" class="link" title={t('Open {0}', text)} onClick={() => void attempt(open)}>
      {text}
    </button>
  );
}

function UrlLink({ text, url, tools: { host } }: TextParts & { readonly url: string }) {
  const open = async () => {
    await host.ask(openUrlRequest, { url });
    return undefined;
  };
  return (
    <button type="button" class="link" title={t('Open {0} in the Browser', url)} onClick={() => void attempt(open)}>
      {text}
    </button>
  );
}

const longestAddress = 2_048;

/** An address of the web as a person reads it; none of what only looks like one, and none whose text is cut. */
function webAddress(text: string): string | undefined {
  if (text.length > longestAddress || !/^https?:\/\/[^\s⟨⟩…]+$/i.test(text)) return undefined;
  const url = URL.parse(text);
  // A name and password before the host are there to deceive.
  if (url === null || url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol)) return undefined;
  return url.href.length > longestAddress ? undefined : url.href;
}
