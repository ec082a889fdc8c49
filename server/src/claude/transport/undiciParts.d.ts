/** Parts of undici come without types: `undici.ts` gives them theirs. */

declare module 'undici/lib/dispatcher/client.js' {
  const Client: unknown;
  // biome-ignore lint/style/noDefaultExport: CommonJS, seen from an ES module.
  export default Client;
}

declare module 'undici/lib/core/connect.js' {
  const buildConnector: unknown;
  // biome-ignore lint/style/noDefaultExport: CommonJS, seen from an ES module.
  export default buildConnector;
}
