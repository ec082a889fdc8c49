/** Icons: those of VS Code (codicons), as paths that take the colour of the text around. */
import add from '@vscode/codicons/src/icons/add.svg';
import arrowDown from '@vscode/codicons/src/icons/arrow-down.svg';
import arrowLeft from '@vscode/codicons/src/icons/arrow-left.svg';
import arrowRight from '@vscode/codicons/src/icons/arrow-right.svg';
import attach from '@vscode/codicons/src/icons/attach.svg';
import book from '@vscode/codicons/src/icons/book.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import checklist from '@vscode/codicons/src/icons/checklist.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import circle from '@vscode/codicons/src/icons/circle.svg';
import circleFilled from '@vscode/codicons/src/icons/circle-filled.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg';
import diff from '@vscode/codicons/src/icons/diff.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import eye from '@vscode/codicons/src/icons/eye.svg';
import eyeClosed from '@vscode/codicons/src/icons/eye-closed.svg';
import file from '@vscode/codicons/src/icons/file.svg';
import fileMedia from '@vscode/codicons/src/icons/file-media.svg';
import filePdf from '@vscode/codicons/src/icons/file-pdf.svg';
import folder from '@vscode/codicons/src/icons/folder.svg';
import gitCompare from '@vscode/codicons/src/icons/git-compare.svg';
import history from '@vscode/codicons/src/icons/history.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import insert from '@vscode/codicons/src/icons/insert.svg';
import key from '@vscode/codicons/src/icons/key.svg';
import listSelection from '@vscode/codicons/src/icons/list-selection.svg';
import loading from '@vscode/codicons/src/icons/loading.svg';
import newFile from '@vscode/codicons/src/icons/new-file.svg';
import question from '@vscode/codicons/src/icons/question.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import repoForked from '@vscode/codicons/src/icons/repo-forked.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import send from '@vscode/codicons/src/icons/send.svg';
import shield from '@vscode/codicons/src/icons/shield.svg';
import symbolMethod from '@vscode/codicons/src/icons/symbol-method.svg';
import terminal from '@vscode/codicons/src/icons/terminal.svg';
import thinking from '@vscode/codicons/src/icons/thinking.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

const icons = {
  add,
  'arrow-left': arrowLeft,
  'arrow-right': arrowRight,
  circle,
  attach,
  book,
  check,
  checklist,
  'chevron-down': chevronDown,
  'chevron-right': chevronRight,
  'circle-filled': circleFilled,
  close,
  'debug-stop': debugStop,
  edit,
  error,
  eye,
  'eye-closed': eyeClosed,
  file,
  'file-media': fileMedia,
  'file-pdf': filePdf,
  folder,
  'git-compare': gitCompare,
  history,
  info,
  key,
  'list-selection': listSelection,
  question,
  search,
  send,
  shield,
  'symbol-method': symbolMethod,
  terminal,
  trash,
  warning,
  'arrow-down': arrowDown,
  'circle-slash': circleSlash,
  copy,
  diff,
  'repo-forked': repoForked,
  insert,
  loading,
  'new-file': newFile,
  refresh,
  thinking,
} as const;

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
