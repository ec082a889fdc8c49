/** Start Demo and Stop Demo: answers made by rules on this machine, for those without a key. */
import * as vscode from 'vscode';
import { demoRequest } from '#shared/demo.ts';
import { isDemo } from '../statusLook.ts';
import type { World } from '../world.ts';

/** Whether the demo runs now. The status bar says so, too. */
export async function startDemo({ ask, demo }: World): Promise<boolean> {
  demo.isWanted = (await ask(demoRequest, { run: true })).running;
  return demo.isWanted;
}

/** Stops the demo that was started here. Where another one answers, says why it goes on. */
export async function stopDemo({ ask, demo, status }: World): Promise<void> {
  const isOther = !demo.isWanted && isDemo(status.situation());
  demo.isWanted = (await ask(demoRequest, { run: false })).running;
  if (isOther)
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The demo was started together with the editor, and the settings point to it. To leave it, correct the setting gloss.baseUrl and set an API key.',
      ),
    );
}
