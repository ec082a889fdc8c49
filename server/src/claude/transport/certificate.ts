/** What encrypted connections are made with: whom to trust, and who connects. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { ClaudeError } from '../errors.ts';

/** Proves to a service or gateway who connects: a certificate with its key in PEM, or both in PKCS #12. */
export type ClientCertificate =
  | { readonly cert: string; readonly key: string; readonly passphrase?: string }
  | { readonly pfx: Uint8Array; readonly passphrase?: string };

export interface Trust {
  /** Certificates (PEM) that are trusted besides Node's. */
  readonly ca: string | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
}

/**
 * Made once for all connections: reading Node's authorities again for each would take longer than all the rest.
 * Undefined where Node's own will do.
 */
export function secureContext({ ca, clientCertificate }: Trust): SecureContext | undefined {
  if (ca === undefined && clientCertificate === undefined) return undefined;
  return createSecureContext({
    ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
    ...(clientCertificate !== undefined && identityOf(clientCertificate)),
  });
}

/** @throws ClaudeError of kind `configuration`, which shows neither the key nor the passphrase */
export function checkCertificate(certificate: ClientCertificate): void {
  const identity = identityOf(certificate);
  if ('cert' in identity && (!isText(identity.cert) || !isText(identity.key)))
    throw unusable('the certificate or its key is empty. Give both.');
  try {
    createSecureContext(identity);
  } catch (error) {
    throw unusable(reasonOf(error));
  }
}

/** Nothing but what is meant here: these options could also switch checks off. */
function identityOf(certificate: ClientCertificate) {
  const lock = certificate.passphrase === undefined ? {} : { passphrase: certificate.passphrase };
  if ('pfx' in certificate) return { pfx: Buffer.from(certificate.pfx), ...lock };
  return { cert: certificate.cert, key: certificate.key, ...lock };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** OpenSSL's words by what a person can do about them. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  if (/key values mismatch/.test(said)) return 'its key belongs to another certificate.';
  if (/bad decrypt|mac verify|interrupted|passphrase/i.test(said)) return 'its passphrase is missing or wrong.';
  return 'it cannot be read. Give certificate and key as PEM ("-----BEGIN …"), or as PKCS #12.';
}

function unusable(why: string): ClaudeError {
  return new ClaudeError('configuration', `The client certificate cannot be used: ${why}`, {
    stage: 'settings',
    field: 'clientCertificate',
  });
}
