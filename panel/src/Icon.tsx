/** Icons: those of VS Code (codicons), as paths that take the colour of the text around. */
import add from '@vscode/codicons/src/icons/add.svg';

const icons = { add } as const;

export type IconName = keyof typeof icons;

/** Says nothing to a screen reader: the button around it has a name. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {pathsOf(icons[name]).map((path) => (
        <path key={path} d={path} fill="currentColor" />
      ))}
    </svg>
  );
}

function pathsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, path]) => path ?? []);
}
