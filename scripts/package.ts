/** `npm run package`: writes the `.vsix` into this folder, and says how large it is. */
import { vsixFile } from './places.ts';
import { packExtension } from './vsix.ts';

/** Bytes that the package may have. */
const largest = 870_400;

const { files, size } = await packExtension(vsixFile);
console.log(`${vsixFile}: ${files} files, ${size.toLocaleString('en')} bytes.`);
if (size > largest) {
  console.error(`That is more than the ${largest.toLocaleString('en')} bytes that it may have.`);
  process.exitCode = 1;
}
