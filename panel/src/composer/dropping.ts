/** Files and documents that are dropped on the page: pictures and PDFs are read, the editor's own become mentions. */
import { useEffect, useState } from 'preact/hooks';
import { droppedRequest } from '#shared/panelHost.ts';
import type { Host } from '../host.ts';
import { mostMedia, readFiles } from './media.ts';
import type { ComposerModel } from './model.ts';

/** As VS Code names what is dragged out of its explorer and tabs; others use the standard. */
const uriTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** True while something is dragged over the page that could be dropped. */
export function useDropping(host: Host, model: ComposerModel): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!isWanted(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!isWanted(event.dataTransfer)) return;
      event.preventDefault();
      void take(host, model, event.dataTransfer).catch(model.tellProblem);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [host, model]);
  return isOver;
}

/** Text that is dragged goes into the field by itself. */
function isWanted(data: DataTransfer | null): data is DataTransfer {
  return data !== null && ['Files', ...uriTypes].some((type) => data.types.includes(type));
}

async function take(host: Host, model: ComposerModel, data: DataTransfer): Promise<void> {
  const uris = urisIn(uriTypes.map((type) => data.getData(type)).find((list) => list !== '') ?? '');
  const room = mostMedia - model.written().media.length;
  const files = [...data.files];
  if (uris.length > 0) {
    const { mentions, media, notices } = await host.ask(droppedRequest, { uris: [...uris] });
    return model.add(mentions, media, notices);
  }
  const { media, notices } = await readFiles(files, room);
  model.add([], media, notices);
}

/** RFC 2483, "The text/uri-list Internet Media Type". */
function urisIn(list: string): readonly string[] {
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#') && line.length <= 4_096)
    .slice(0, 200);
}
