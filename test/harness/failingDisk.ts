/** The calls of the system that journals make, of which one fails. */
import { type JournalIo, systemIo } from '../../server/src/system/journalFiles.ts';

export const failureCodes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT'];

/** Call number `at` fails with this code; closing never does. */
export function failing(at: number, code: string): { readonly io: JournalIo; readonly calls: () => number } {
  let calls = 0;
  const fail = () => {
    if (calls++ === at) throw Object.assign(new Error(`${code}: raw`), { code });
  };
  const wrapped = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== 'function' || typeof name === 'symbol' || name === 'close') {
          return typeof value === 'function' ? value.bind(of) : value;
        }
        return async (...given: unknown[]) => {
          fail();
          const result: unknown = await Reflect.apply(value, of, given);
          return name === 'open' ? wrapped(result as object) : result;
        };
      },
    });
  return { io: wrapped(systemIo), calls: () => calls };
}
