/** What the service's stable codes come to: the kind, whether the call is tried again, and what a person is told. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, problem, request, within } from '../../../test/harness/claudeCalls.ts';
import { streamOf } from '../../../test/harness/scriptedTransport.ts';

/** Code, status, type of the error, kind, and a word of the advice. Never tried again, though the service asks for it. */
const final: readonly (readonly [code: string, status: number, type: string, kind: string, advice: RegExp])[] = [
  ['enforced_spend_limit_reached', 429, 'rate_limit_error', 'spend_limit', /spending limit/],
  ['contract_spend_limit_reached', 429, 'rate_limit_error', 'spend_limit', /spending limit/],
  ['organization_on_hold', 400, 'invalid_request_error', 'permission', /on hold: ask its owner/],
  ['organization_not_enrolled_in_beta', 400, 'invalid_request_error', 'permission', /enrolled/],
  ['request_body_too_large_after_decoding', 413, 'request_too_large', 'too_large', /Send less/],
  ['request_body_encoding_invalid', 400, 'invalid_request_error', 'invalid_request', /compress/],
  ['request_body_encoding_unsupported', 400, 'invalid_request_error', 'invalid_request', /without compressing/],
  ['available_tools_limit_exceeded', 400, 'invalid_request_error', 'invalid_request', /fewer tools/],
  ['tool_name_conflict', 400, 'invalid_request_error', 'invalid_request', /name of its own/],
  ['tool_reference_unresolved', 400, 'invalid_request_error', 'invalid_request', /before it is referred to/],
  ['image_dimensions_too_large', 400, 'invalid_request_error', 'invalid_request', /Scale/],
  ['compaction_block_ambiguous', 400, 'invalid_request_error', 'invalid_request', /compaction block/],
  ['compaction_signature_invalid', 400, 'invalid_request_error', 'invalid_request', /unchanged/],
  ['thread_not_found', 404, 'not_found_error', 'not_found', /whole conversation/],
  ['thread_already_continued', 400, 'invalid_request_error', 'invalid_request', /latest answer/],
  ['thread_continue_in_flight', 400, 'invalid_request_error', 'invalid_request', /other request/],
  ['thread_fingerprint_mismatch', 400, 'invalid_request_error', 'invalid_request', /unchanged/],
  ['thread_unsupported_request', 400, 'invalid_request_error', 'invalid_request', /whole conversation/],
  ['file_expired', 404, 'not_found_error', 'not_found', /Upload/],
  ['file_not_downloadable', 400, 'invalid_request_error', 'invalid_request', /downloaded/],
  ['storage_quota_exceeded', 400, 'invalid_request_error', 'invalid_request', /Delete files/],
  ['cmek_key_disabled', 400, 'invalid_request_error', 'invalid_request', /encryption key to enable it/],
  ['cmek_key_network_blocked', 400, 'invalid_request_error', 'invalid_request', /reach it/],
  ['claude_code_version_too_old', 400, 'invalid_request_error', 'permission', /key of your own/],
  ['user_profile_not_billable', 403, 'permission_error', 'permission', /user profile/],
  ['user_profile_required', 503, 'api_error', 'permission', /user profile/],
  [
    'linked_organization_spend_limit_reached',
    429,
    'rate_limit_error',
    'permission',
    /account that the request is billed/,
  ],
];

describe('a code that says that something has to change', () => {
  test.each(final)('%s (%i, %s) is of kind %s and advises %s', async (code, status, type, kind, advice) => {
    const headers = { 'x-should-retry': 'true', 'retry-after': '1' };
    const { claude, clock, transport } = clientFor([problem(status, type, { details: { error_code: code } }, headers)]);
    const error = await within(clock, 90_000, claude.messages.create(request));
    expect(error).toMatchObject({ kind, errorCode: code, status, retryable: false });
    expect(error).toHaveProperty('advice', expect.stringMatching(advice));
    expect(error).toHaveProperty('message', expect.stringMatching(advice));
    expect(transport.requests).toHaveLength(1);
  });

  test.each(final.filter(([, , , kind]) => kind !== 'not_found'))('%s counts inside a stream, too', async (...row) => {
    const [code, , type, kind, advice] = row;
    const event = { type: 'error', error: { type, message: 'The reason.', details: { error_code: code } } };
    const { claude, clock, transport } = clientFor([
      streamOf(`event: error\ndata: ${JSON.stringify(event)}\n\n`, 'end'),
    ]);
    const error = await within(clock, 90_000, claude.messages.create(request));
    expect(error).toMatchObject({ kind, errorCode: code, retryable: false });
    expect(error).toHaveProperty('message', expect.stringMatching(advice));
    expect(transport.requests).toHaveLength(1);
  });
});

describe('a code that passes by itself', () => {
  test.each<[string, number, string, Record<string, string>, string, number]>([
    ['ramp_limit_exceeded', 429, 'rate_limit_error', { 'retry-after': '7' }, 'rate_limit', 7_250],
    ['ramp_limit_exceeded', 429, 'rate_limit_error', {}, 'rate_limit', 250],
    ['compaction_unavailable', 529, 'overloaded_error', {}, 'overloaded', 1_000],
    ['cmek_key_unreachable', 503, 'api_error', {}, 'unavailable', 250],
    ['cmek_context_unavailable', 503, 'api_error', {}, 'unavailable', 250],
    ['a_code_of_tomorrow', 500, 'api_error', {}, 'server', 250],
  ])('%s (%i, %s, %j): %s, tried again after %i ms', async (code, status, type, headers, kind, delay) => {
    const { claude, clock } = clientFor([problem(status, type, { details: { error_code: code } }, headers), good]);
    const notices: [string, number][] = [];
    const onRetry = (notice: { delay: number; error: { kind: string } }) =>
      notices.push([notice.error.kind, notice.delay]);
    expect(await within(clock, 90_000, claude.messages.create(request, { onRetry }))).toMatchObject({
      stop_reason: 'end_turn',
    });
    expect(notices).toEqual([[kind, delay]]);
  });

  test('a growth limit that asks for more than a minute fails at once, and says for how long', async () => {
    const more = { details: { error_code: 'ramp_limit_exceeded' } };
    const { claude, transport } = clientFor([problem(429, 'rate_limit_error', more, { 'retry-after': '90' })]);
    const error = await failureOf(claude.messages.create(request));
    expect(error).toMatchObject({ kind: 'rate_limit', retryAfter: 90_000, retryable: true });
    expect(error.message).toContain('spread the calls');
    expect(transport.requests).toHaveLength(1);
  });
});

describe('an organization on hold', () => {
  const held = (appeal_url: unknown) =>
    problem(400, 'invalid_request_error', { details: { error_code: 'organization_on_hold', appeal_url } });
  test('is told where to appeal', async () => {
    const url = 'https://appeals.example/form?id=1';
    const error = await failureOf(clientFor([held(url)]).claude.messages.create(request));
    expect(error.appealUrl).toBe(url);
    expect(error.message).toMatch(
      /ask its owner to turn to the service\. Appeal at https:\/\/appeals\.example\/form\?id=1$/,
    );
    expect(error.withDetails({ requestId: 'r' })).toMatchObject({ appealUrl: url, advice: error.advice });
  });

  test.each([
    ['javascript:alert(1)'],
    ['http://appeals.example'],
    [''],
    [null],
    [{}],
    [`https://a.example/${'x'.repeat(3_000)}`],
    ['https://a.example/ b'],
  ])('is not sent to %j', async (url) => {
    const error = await failureOf(clientFor([held(url)]).claude.messages.create(request));
    expect(error).toMatchObject({ kind: 'permission', errorCode: 'organization_on_hold' });
    expect(error.appealUrl).toBeUndefined();
    expect(error.message).not.toContain('Appeal');
  });
});

describe('a model that the service does not have', () => {
  test.each([
    ['claude-sonnet-4-20250514', 'was retired on 2026-06-15: use claude-sonnet-5-5 instead.'],
    ['claude-sonnet-4-5', 'is deprecated and retires on 2026-11-30: use claude-sonnet-5-5 instead.'],
    ['claude-haiku-55', 'Did you mean claude-haiku-5-5?'],
  ])('%s: the answer 404 says what to use', async (model, says) => {
    const error = await failureOf(
      clientFor([problem(404, 'not_found_error')]).claude.messages.create({ ...request, model }),
    );
    expect(error).toMatchObject({ kind: 'not_found', field: 'model', status: 404 });
    expect(error.message).toContain(says);
  });

  test.each<[string, object]>([
    ['claude-sonnet-5-5', {}],
    ['claude-sonnet-4-5', { details: { error_code: 'thread_not_found' } }],
  ])('%s: nothing is said of the model when that is not what is missing: %j', async (model, more) => {
    const error = await failureOf(
      clientFor([problem(404, 'not_found_error', more)]).claude.messages.create({ ...request, model }),
    );
    expect(error.field).toBeUndefined();
    expect(error.message).not.toMatch(/use claude|Did you mean/);
  });
});
