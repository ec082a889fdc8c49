/** The shapes of tokens that can be told from anything else by a mark of their maker. */

/** Where a secret stands in a text. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** All tokens with a maker's mark in the text. Linear in its length: every pattern is bounded. */
export function tokensIn(text: string): readonly Found[] {
  return shapes.flatMap(([kind, pattern]) => matchesOf(text, kind, pattern));
}

/** The pattern's group `secret`, or all of it where it has none. Needs the flags `g` and `d`. */
export function matchesOf(text: string, kind: string, pattern: RegExp): Found[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
    return { start, end: endOfToken(text, end), kind };
  });
}

/** Patterns are bounded; a longer token is followed to its end. */
function endOfToken(text: string, from: number): number {
  let end = from;
  if (!/[\w-]/.test(text.charAt(end - 1))) return end;
  while (end < text.length && /[\w-]/.test(text.charAt(end))) end++;
  return end;
}

/** Longer bodies are followed by `endOfToken`; the bound keeps each attempt short. */
const shapes: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['anthropic-key', /sk-ant-[\w-]{16,200}/dg],
  ['openai-key', /(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin|or|None)-[\w-]{16,200}/dg],
  ['openai-key', /(?<![\w-])sk-(?=[\w-]{0,99}\d)(?=[\w-]{0,99}[A-Z])[\w-]{20,200}/dg],
  ['aws-key-id', /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg],
  ['google-key', /AIza[\w-]{30,60}/dg],
  ['google-token', /(?<![\w-])(?:ya29\.[\w-]{20,300}|GOCSPX-[\w-]{20,60}|1\/\/0[\w-]{24,200})/dg],
  ['azure-secret', /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,37}/dg],
  ['azure-key', /key["']?\s{0,3}[=:]\s{0,3}["']?(?<secret>[A-Za-z0-9+/]{42,86}={1,2})(?![A-Za-z0-9+/=])/dgi],
  ['azure-signature', /[?&;]sig=(?<secret>(?:[\w+/-]|%[0-9A-Fa-f]{2}){30,200})/dg],
  ['github-token', /gh[pousr]_[A-Za-z0-9]{30,255}/dg],
  ['github-token', /github_pat_\w{22,255}/dg],
  ['gitlab-token', /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|ft|agent|soat|ffct|imt|oas|wt)-[\w-]{20,255}/dg],
  ['gitlab-token', /GR1348941[\w-]{20,60}/dg],
  ['slack-token', /(?<![A-Za-z0-9])xox[abceoprs][-.][\w.-]{10,255}/dg],
  ['slack-token', /(?<![A-Za-z0-9])xapp-\d-[\w-]{10,255}/dg],
  ['slack-webhook', /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/]{20,120})/dg],
  ['discord-webhook', /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{15,22}\/[\w-]{40,100})/dg],
  ['discord-token', /(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,60}/dg],
  ['teams-webhook', /\.webhook\.office\.com\/webhookb2\/(?<secret>[\w@/-]{60,255})/dg],
  ['stripe-key', /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{10,255}/dg],
  ['stripe-key', /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{24,100}/dg],
  ['npm-token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,60}/dg],
  ['npm-token', /:_(?:authToken|auth|password)\s{0,9}=\s{0,9}["']?(?<secret>[\w+/=.-]{8,255})/dg],
  ['pypi-token', /pypi-[\w-]{30,255}/dg],
  ['rubygems-token', /rubygems_[a-f0-9]{40,60}/dg],
  ['docker-token', /dckr_[a-z]{3,5}_[\w-]{20,60}/dg],
  ['huggingface-token', /(?<![A-Za-z0-9])(?:hf_|api_org_)[A-Za-z]{30,60}/dg],
  ['sendgrid-key', /(?<![A-Za-z0-9])SG\.[\w-]{16,32}\.[\w-]{16,64}/dg],
  ['twilio-key', /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/dg],
  ['mailgun-key', /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![A-Za-z0-9])/dg],
  ['mailchimp-key', /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/dg],
  ['digitalocean-token', /do[opr]_v1_[a-f0-9]{60,70}/dg],
  ['shopify-token', /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/dg],
  ['square-token', /sq0[a-z]{3}-[\w-]{20,60}/dg],
  ['telegram-token', /(?<!\d)\d{8,10}:AA[\w-]{32,36}/dg],
  ['databricks-token', /(?<![A-Za-z0-9])dapi[a-f0-9]{32}/dg],
  ['doppler-token', /dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{1,40}\.)?[A-Za-z0-9]{40,50}/dg],
  ['linear-key', /lin_(?:api|oauth)_[A-Za-z0-9]{30,80}/dg],
  ['notion-token', /(?<![A-Za-z0-9])(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,60})(?![A-Za-z0-9])/dg],
  ['vault-token', /(?<![\w.])hv[sbr]\.[\w-]{20,255}/dg],
  ['terraform-token', /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}/dg],
  [
    'service-token',
    /(?<![A-Za-z0-9])(?:figd_|gsk_|xai-|pplx-|r8_|sbp_|nfp_|fo1_|glsa_|glc_|sntry[su]_|dop_|tskey-(?:auth|api)-|pscale_(?:tkn|pw|oauth)_|pul-|CFPAT-|NRAK-|PMAK-|HRKU-|ATATT3|ATCTT3|ATBB|ops_eyJ|AGE-SECRET-KEY-1|FlyV1 fm2_|ltsk_|phx_|re_|voy_|co_)(?=[\w=+/-]{0,99}\d)[\w=+/-]{24,255}/dg,
  ],
  ['jwt', /eyJ[\w-]{8,1000}\.(?:eyJ)?[\w-]{8,8000}\.[\w-]{0,4000}(?:\.[\w-]{1,8000}\.[\w-]{1,200})?/dg],
];
