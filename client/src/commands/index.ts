/** The list of commands. Each is loaded when it is first called. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import { Failed } from '../failed.ts';
import { showFailure } from '../notify.ts';
import type { World } from '../world.ts';

/** What a command does. Its values come from anyone who may call commands: they are checked before they count. */
export type Run = (world: World, values: readonly unknown[]) => Promise<unknown>;

type CommandId = (typeof clientCommands)[keyof typeof clientCommands];

const commands: Readonly<Record<CommandId, () => Promise<Run>>> = {
  [clientCommands.explainHere]: async () => (await import('./explainHere.ts')).explainHere,
  [clientCommands.explainProblem]: async () => (await import('./explainProblem.ts')).explainProblem,
  [clientCommands.explainChange]: async () => (await import('./explainChange.ts')).explainChange,
  [clientCommands.explainFile]: async () => (await import('./explainFile.ts')).explainFile,
  [clientCommands.explainLine]: async () => (await import('./explainLine.ts')).explainLine,
  [clientCommands.explainTerminal]: async () => (await import('./explainTerminal.ts')).explainTerminal,
  [clientCommands.annotateHere]: async () => (await import('./annotateHere.ts')).annotateHere,
  [clientCommands.hideLineNotes]: async () => (await import('./annotateHere.ts')).hideLineNotes,
  [clientCommands.stop]: async () => (await import('./explanation.ts')).stop,
  [clientCommands.reply]: async () => (await import('./explanation.ts')).reply,
  [clientCommands.refresh]: async () => (await import('./explanation.ts')).refresh,
  [clientCommands.copy]: async () => (await import('./explanation.ts')).copy,
  [clientCommands.dismiss]: async () => (await import('./explanation.ts')).dismiss,
  [clientCommands.shorter]: async () => (await import('./explanation.ts')).shorter,
  [clientCommands.deeper]: async () => (await import('./explanation.ts')).deeper,
  [clientCommands.toDocComment]: async () => (await import('./explanation.ts')).toDocComment,
  [clientCommands.continueInChat]: async () => (await import('./explanation.ts')).continueInChat,
  [clientCommands.showExplanation]: async () => (await import('./explanation.ts')).show,
  [clientCommands.dismissAll]: async () => (await import('./explanationList.ts')).dismissAll,
  [clientCommands.nextExplanation]: async () => (await import('./explanationList.ts')).nextExplanation,
  [clientCommands.previousExplanation]: async () => (await import('./explanationList.ts')).previousExplanation,
  [clientCommands.exportExplanations]: async () => (await import('./explanationList.ts')).exportAll,
  [clientCommands.refreshExplanations]: async () => (await import('./explanationList.ts')).refreshList,
  [clientCommands.openChatDocument]: async () => (await import('./openChatDocument.ts')).openChatDocument,
  [clientCommands.openChat]: async () => (await import('./panel.ts')).openChat,
  [clientCommands.newChat]: async () => (await import('./panel.ts')).newChat,
  [clientCommands.newChatInEditor]: async () => (await import('./panel.ts')).newChatInEditor,
  [clientCommands.openChatInEditor]: async () => (await import('./panel.ts')).openChatInEditor,
  [clientCommands.showChats]: async () => (await import('./panel.ts')).showing('chats'),
  [clientCommands.addSelectionToChat]: async () => (await import('./panel.ts')).addSelectionToChat,
  [clientCommands.addFileToChat]: async () => (await import('./panel.ts')).addFileToChat,
  [clientCommands.addProblemsToChat]: async () => (await import('./panel.ts')).addProblemsToChat,
  [clientCommands.focusChatInput]: async () => (await import('./panel.ts')).focusChatInput,
  [clientCommands.stopChat]: async () => (await import('./panel.ts')).doing('stop'),
  [clientCommands.retryAnswer]: async () => (await import('./panel.ts')).doing('retry'),
  [clientCommands.forkChat]: async () => (await import('./panel.ts')).doing('fork'),
  [clientCommands.editLastQuestion]: async () => (await import('./panel.ts')).doing('editLast'),
  [clientCommands.renameChat]: async () => (await import('./panel.ts')).doing('rename'),
  [clientCommands.copyChat]: async () => (await import('./panel.ts')).doing('copy'),
  [clientCommands.openThisChatAsDocument]: async () => (await import('./panel.ts')).openThisChatAsDocument,
  [clientCommands.nextTurn]: async () => (await import('./panel.ts')).doing('next'),
  [clientCommands.previousTurn]: async () => (await import('./panel.ts')).doing('previous'),
  [clientCommands.chooseModel]: async () => (await import('./panel.ts')).showing('models'),
  [clientCommands.chooseMode]: async () => (await import('./panel.ts')).showing('modes'),
  [clientCommands.editHere]: async () => (await import('./editHere.ts')).editHere,
  [clientCommands.runEdit]: async () => (await import('./runEdit.ts')).runEdit,
  [clientCommands.stopEdit]: async () => (await import('./review.ts')).stopEdit,
  [clientCommands.acceptHunk]: async () => (await import('./review.ts')).accept,
  [clientCommands.rejectHunk]: async () => (await import('./review.ts')).reject,
  [clientCommands.rejectHunkWithReason]: async () => (await import('./review.ts')).rejectWithReason,
  [clientCommands.retryHunk]: async () => (await import('./review.ts')).retry,
  [clientCommands.compareHunk]: async () => (await import('./review.ts')).compare,
  [clientCommands.fixNewProblems]: async () => (await import('./review.ts')).fixNewProblems,
  [clientCommands.acceptFile]: async () => (await import('./reviewFiles.ts')).acceptFile,
  [clientCommands.rejectFile]: async () => (await import('./reviewFiles.ts')).rejectFile,
  [clientCommands.acceptAll]: async () => (await import('./reviewFiles.ts')).acceptAll,
  [clientCommands.rejectAll]: async () => (await import('./reviewFiles.ts')).rejectAll,
  [clientCommands.nextHunk]: async () => (await import('./review.ts')).next,
  [clientCommands.previousHunk]: async () => (await import('./review.ts')).previous,
  [clientCommands.reviewAll]: async () => (await import('./review.ts')).reviewAll,
  [clientCommands.triggerSuggestion]: async () => (await import('./suggestions.ts')).trigger,
  [clientCommands.toggleSuggestions]: async () => (await import('./suggestions.ts')).toggleLanguage,
  [clientCommands.suggestionMode]: async () => (await import('./suggestions.ts')).chooseMode,
  [clientCommands.snoozeSuggestions]: async () => (await import('./suggestions.ts')).snooze,
  [clientCommands.whySuggestion]: async () => (await import('./whySuggestion.ts')).whySuggestion,
  [clientCommands.suggestionStatistics]: async () => (await import('./suggestionStatistics.ts')).show,
  [clientCommands.resetSuggestionStatistics]: async () => (await import('./suggestionStatistics.ts')).reset,
  [clientCommands.showWhatWasSent]: async () => (await import('./showWhatWasSent.ts')).showWhatWasSent,
  [clientCommands.setApiKey]: async () => (await import('./setApiKey.ts')).setApiKey,
  [clientCommands.removeApiKey]: async () => (await import('./removeApiKey.ts')).removeApiKey,
  [clientCommands.testConnection]: async () => (await import('./testConnection.ts')).testConnection,
  [clientCommands.startDemo]: async () => (await import('./demo.ts')).startDemo,
  [clientCommands.stopDemo]: async () => (await import('./demo.ts')).stopDemo,
  [clientCommands.showLog]: async () => async (world) => world.log.show(),
  [clientCommands.restartServer]: async () => async (world) => world.server.restart(),
  [clientCommands.menu]: async () => (await import('./menu.ts')).showMenu,
};

/** Registers all of them, ended with the extension. */
export function registerCommands(world: World): void {
  for (const [id, load] of Object.entries(commands))
    world.context.subscriptions.push(
      vscode.commands.registerCommand(id, (...values: unknown[]) => perform(world, load, values)),
    );
}

async function perform(world: World, load: () => Promise<Run>, values: readonly unknown[]): Promise<unknown> {
  try {
    const run = await load();
    return await run(world, values);
  } catch (error) {
    if (error instanceof Failed) void showFailure(error);
    else void tellBug(world, error);
    return undefined;
  }
}

async function tellBug({ log }: World, error: unknown): Promise<void> {
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const showLog = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('Something went wrong inside Gloss. The log has the details; trying again may help.');
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
