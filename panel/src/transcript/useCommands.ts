/** Commands of the editor that are about the transcript: the next and the previous question, and what can be done with the last one. */
import { useEffect, useRef } from 'preact/hooks';
import { attempt } from '../deed.ts';
import type { Session } from '../session.ts';
import type { Row } from './rows.ts';
import type { Asked, TurnDeeds } from './tools.ts';
import type { VirtualRows } from './virtual.ts';

export function useCommands(session: Session, rows: readonly Row[], virtual: VirtualRows, deeds: TurnDeeds): void {
  const now = useRef({ rows, deeds });
  now.current = { rows, deeds };
  useEffect(
    () =>
      session.host.listen((message) => {
        if (message.is !== 'do') return;
        const asked = lastAsked(now.current.rows);
        if (asked === undefined) return;
        switch (message.what) {
          case 'retry':
            return void attempt(() => now.current.deeds.retry(asked));
          case 'fork':
            return void attempt(() => now.current.deeds.fork(asked.id));
          case 'copy':
            return void attempt(() => now.current.deeds.copy(asked.id));
          case 'editLast':
            return void attempt(() => now.current.deeds.edit(asked));
          case 'next':
          case 'previous':
            return goTo(now.current.rows, virtual, message.what === 'next' ? 1 : -1);
        }
      }),
    [session, virtual],
  );
}

function lastAsked(rows: readonly Row[]): Asked | undefined {
  const row = rows.findLast(({ item }) => item.is === 'asked');
  return row?.item.is === 'asked' ? row.item : undefined;
}

/** To the question after or before what stands at the top, with the keyboard. */
function goTo(rows: readonly Row[], virtual: VirtualRows, step: 1 | -1): void {
  const element = virtual.scrollElement;
  if (element === null) return;
  const focused = document.activeElement?.closest<HTMLElement>('.placed')?.dataset['index'];
  const top =
    focused === undefined ? (virtual.getVirtualItemForOffset(element.scrollTop)?.index ?? 0) : Number(focused);
  let index = top + step;
  if (step < 0 && focused === undefined && element.scrollTop > (virtual.measurementsCache[top]?.start ?? 0))
    index = top;
  while (index >= 0 && index < rows.length && rows[index]?.item.is !== 'asked') index += step;
  if (index < 0 || index >= rows.length) return;
  virtual.scrollToIndex(index, { align: 'start' });
  // It is drawn once it was scrolled to.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      element.querySelector<HTMLElement>(`.placed[data-index="${index}"] .ask`)?.focus({ preventScroll: true }),
    ),
  );
}
