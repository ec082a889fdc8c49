/** Guards in Rust and C: results that are errors there, values that say so here. */
import type { CodeFunction } from './functions.ts';
import type { Parameter } from './parameters.ts';
import type { Source } from './source.ts';

/** Text and slices may be empty; the function must return a `Result` with an error that the rules can make. */
export function rustGuards(source: Source, code: CodeFunction): readonly string[] {
  const error = /\bResult\s*<[\s\S]*,\s*([^,]+?)\s*>$/.exec(code.result ?? '')?.[1] ?? shortError(code.result ?? '');
  return code.parameters
    .filter(
      ({ type = '' }) =>
        /^&(?:'\w+\s+)?(?:mut\s+)?(?:str$|String$|\[|Vec<)/.test(type) || /^(?:String$|Vec<)/.test(type),
    )
    .filter(({ name }) => !isEmptyChecked(source, code, name))
    .flatMap(({ name }) => {
      const made = error === undefined ? undefined : rustError(error, `${name} is empty`);
      return made === undefined ? [] : [`if ${name}.is_empty() {`, `${source.unit}return Err(${made});`, '}'];
    });
}

function shortError(result: string): string | undefined {
  if (/\bio::Result\b/.test(result)) return 'io::Error';
  return /\banyhow::Result\b/.test(result) ? 'anyhow::Error' : undefined;
}

function rustError(type: string, message: string): string | undefined {
  if (type === 'String') return `"${message}".to_string()`;
  if (/^&(?:'static )?str$/.test(type)) return `"${message}"`;
  if (/^Box<dyn /.test(type)) return `"${message}".into()`;
  if (/^(?:std::)?io::Error$/.test(type)) return `std::io::Error::new(std::io::ErrorKind::InvalidInput, "${message}")`;
  return /^anyhow::Error$/.test(type) ? `anyhow::anyhow!("${message}")` : undefined;
}

function isEmptyChecked(source: Source, { body }: CodeFunction, name: string): boolean {
  return new RegExp(`\\b${name}\\.(?:is_empty|len)\\(`).test(source.masked.slice(body?.from, body?.to));
}

/** Pointers may be null. What is returned then depends on the type of the result. */
export function cGuards(source: Source, code: CodeFunction): readonly string[] {
  const answer = answerFor(code.result ?? '', source);
  if (answer === undefined) return [];
  return code.parameters
    .filter((parameter) => isPointer(parameter) && !isNullChecked(source, code, parameter.name))
    .slice(0, 4)
    .map(({ name }) => `if (!${name}) ${answer}`);
}

function isPointer({ type = '', name }: Parameter): boolean {
  return /\*\s*(?:const|restrict)?$|\[/.test(type) && name !== 'this';
}

function answerFor(result: string, { syntax, masked }: Source): string | undefined {
  const type = result.replace(/\b(?:const|unsigned|signed|struct|extern)\b/g, '').trim();
  if (type === 'void') return 'return;';
  if (type.endsWith('*'))
    return syntax.language === 'cpp' ? 'return nullptr;' : `return ${/\bNULL\b/.test(masked) ? 'NULL' : '0'};`;
  if (/^_?[bB]ool$/.test(type)) return 'return false;';
  if (/^(?:int|long|short|long long|ssize_t|int\d+_t)$/.test(type))
    return result.includes('unsigned') ? 'return 0;' : 'return -1;';
  return /^(?:size_t|uint\d+_t|char|float|double)$/.test(type) || result.includes('unsigned') ? 'return 0;' : undefined;
}

function isNullChecked(source: Source, { body }: CodeFunction, name: string): boolean {
  return new RegExp(
    `!\\s*${name}\\b|\\b${name}\\s*[=!]=\\s*(?:NULL|nullptr|0)\\b|\\(\\s*${name}\\s*(?:\\)|&&|\\|\\|)`,
  ).test(source.masked.slice(body?.from, body?.to).replace(/\b(?!if\b|while\b|assert\b)\w+\s*\(/g, 'f,'));
}
