/** `npm run package`: writes the `.vsix` into this folder, and says how large it is. */
import { vsixFile } from './places.ts';
import { largestPackage, packExtension } from './vsix.ts';

const { files, size } = await packExtension(vsixFile);
console.log(`${vsixFile}: ${files} files, ${size.toLocaleString('en')} bytes.`);
if (size > largestPackage) {
  console.error(`That is more than the ${largestPackage.toLocaleString('en')} bytes that it may have.`);
  process.exitCode = 1;
}
