/** Where requests go and with which key: the server asks the editor once, and again when told that it changed. */
import * as z from 'zod';
import { notification, request } from './request.ts';

/** Header values cannot hold control characters; a key with one is refused before it is used anywhere. */
const Secret = z.string().min(1).max(4096);

export const Connection = z.strictObject({
  /** `https://host[:port][/path]`; `http:` only to loopback. From user-level settings only. */
  baseUrl: z.string().max(2048),
  /** The editor's stored secret for that origin. */
  credential: z.strictObject({ kind: z.enum(['apiKey', 'authToken']), value: Secret }).optional(),
  /** The person has agreed that the environment's key, meant for another origin, goes to this one. */
  environmentKeyAllowed: z.boolean(),
  /** The editor's proxy setting; absent: `HTTPS_PROXY` and `NO_PROXY` of the environment. */
  proxy: z.string().max(2048).optional(),
  noProxy: z.array(z.string().max(256)).max(256).optional(),
  /** Path of a PEM file with more certificate authorities. */
  caFile: z.string().max(4096).optional(),
  /** More request headers, for gateways. */
  headers: z.record(z.string().max(256), z.string().max(8192)),
  /** The editor's workspace trust. Never read from anywhere else. */
  trusted: z.boolean(),
});
export type Connection = z.infer<typeof Connection>;

export const connectionRequest = request({
  method: 'gloss/connection',
  from: 'server',
  summary: 'Asks the editor for endpoint, credential, proxy, certificates, headers and trust. User-level values only.',
  params: z.strictObject({
    /** A key that the environment holds, the origin that it was meant for, and the whole address. Never the key itself. */
    environment: z
      .strictObject({ origin: z.string(), baseUrl: z.string(), kind: z.enum(['apiKey', 'authToken']) })
      .optional(),
  }),
  result: Connection,
});

export const connectionChanged = notification({
  method: 'gloss/connectionChanged',
  from: 'client',
  summary: 'The answer to `gloss/connection` may have changed: forget it.',
  params: z.strictObject({}),
});

/** One step on the way to the service. */
export const ConnectionStage = z.strictObject({
  name: z.enum(['settings', 'credential', 'dns', 'connect', 'tls', 'http', 'authentication']),
  state: z.enum(['passed', 'failed', 'skipped']),
  /** One sentence for a person. */
  detail: z.string(),
});
export type ConnectionStage = z.infer<typeof ConnectionStage>;

export const ConnectionReport = z.strictObject({
  ok: z.boolean(),
  /** One sentence: works, or what failed and what to do. */
  summary: z.string(),
  endpoint: z.string(),
  proxy: z.string(),
  certificates: z.string(),
  credentialSource: z.string(),
  stages: z.array(ConnectionStage),
  /** The whole report as plain text, to read or to copy. */
  text: z.string(),
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;

export const checkConnectionRequest = request({
  method: 'gloss/checkConnection',
  from: 'client',
  summary: 'Tries the connection step by step with one free call (the list of models), and reports.',
  params: z.strictObject({
    /** A key to try instead of the one in use, before it is stored. */
    candidate: Secret.optional(),
  }),
  result: ConnectionReport,
});
