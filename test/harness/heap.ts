/** Memory that is in use, without what is free for the next collection. */
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
// The flag counts for contexts that are made after it.
const collect: () => void = vm.runInNewContext('gc');

/** Bytes of objects, and of buffers and text outside of the heap. */
export function bytesInUse(): number {
  // What the first one finds is given back beside the program; the second one waits for that.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
