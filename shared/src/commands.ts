/** The commands' ids. Server commands are for any LSP client; the language client registers them in VS Code, so client commands have other ids. */

/** `workspace/executeCommand` of the server. */
export const serverCommands = {
  /** `[ExplainCommand]` → Explanation. */
  explain: 'gloss.explain',
  /** `[AnnotateTarget]` → Annotated: the notes come as inlay hints. */
  annotate: 'gloss.annotate',
  /** `[{ id }]` → ShownExplanation, opened where the editor can open a document. Costs nothing. */
  showExplanation: 'gloss.showExplanation',
  /** `[{ ids }]` → `{ dismissed }`. */
  dismissExplanations: 'gloss.dismissExplanations',
  /** `[]` or `[{ uri }]` → `{ markdown, count }`: all explanations, or those of a document. */
  exportExplanations: 'gloss.exportExplanations',
  /** `[EditTarget]` → EditResult: the code is changed through `workspace/applyEdit`. */
  edit: 'gloss.edit',
  /** `[]` or `[{ uri }]` → `{ uri, text }`: the last request's receipt. */
  whatWasSent: 'gloss.whatWasSent',
  /** `[]` → ConnectionReport. */
  checkConnection: 'gloss.checkConnection',
  /** `[]` → `{ running }`. Not offered to clients that start the demo by `gloss/demo`. */
  startDemo: 'gloss.startDemo',
  /** `[{ id }]`: a suggestion was accepted. Every item of `textDocument/inlineCompletion` carries it. */
  suggestionAccepted: 'gloss.suggestionAccepted',
  /** `[]` → SuggestionReason, and shown: for editors without `gloss/whySuggestion`. */
  whySuggestion: 'gloss.whySuggestion',
  /** `[]`, `[{ conversation }]` or `[{ uri, range }]` → `{ conversation, uri }`: opens the document of a chat. */
  chat: 'gloss.chat',
  /** `[{ uri, from?, meanwhile? }]` → `{ conversation }`: what is written below the last heading, or a question again. */
  chatSend: 'gloss.chat.send',
  /** `[{ uri }]` → `{ stopped }`. */
  chatStop: 'gloss.chat.stop',
  /** `[{ uri, mode }]` → `{ mode }`. */
  chatMode: 'gloss.chat.mode',
  /** `[{ uri }]` → `{ withdrawn }`: what is allowed for this session. */
  chatWithdraw: 'gloss.chat.withdraw',
  /** `[{ uri }]` → `{ uri, text }`: the last answer as a document, after a question in the mode Plan. */
  chatPlan: 'gloss.chat.plan',
  /** `[{ uri, mode }]` → `{ conversation }`: has that plan carried out, as the document says by now. */
  chatCarryOut: 'gloss.chat.carryOut',
  /** `[{ uri, hash, decision }]` → `{ decided }`: only what the document shows. */
  chatApprove: 'gloss.chat.approve',
  /** `[{ uri, hash, reason? }]` → `{ decided }`. */
  chatDeny: 'gloss.chat.deny',
  /** `[{ uri, hash }]` → `{ because }`, opened with all of the call. */
  chatWhy: 'gloss.chat.why',
  /** `[{ uri, call, text }]` → `{ answered }`: a question of the model. */
  chatAnswer: 'gloss.chat.answer',
  /** `[{ uri, entry }]` → `{ conversation, uri }`: a new chat with what was said before a question. */
  chatFork: 'gloss.chat.fork',
  /** `[{ uri }]` → `{ text }`, opened. Sends nothing. */
  chatWhatWillBeSent: 'gloss.chat.whatWillBeSent',
  /** `[{ uri, title }]` or `[{ conversation, title }]` → `{ title }`. */
  chatRename: 'gloss.chat.rename',
  /** `[{ uri }]` or `[{ conversation }]` → `{ removed }`. */
  chatRemove: 'gloss.chat.remove',
  /** `[{ uri }]` or `[{ conversation }]` → `{ markdown }`, opened. */
  chatExport: 'gloss.chat.export',
  /** `[]` → `{ conversations }`, newest first. */
  chatList: 'gloss.chat.list',
  /** `[{ words }]` → `{ found }`. */
  chatSearch: 'gloss.chat.search',
} as const;

/** Those of chats. */
export const chatCommandIds: readonly string[] = Object.values(serverCommands).filter((id) =>
  /^gloss\.chat(?:\.|$)/.test(id),
);

/** Commands of the VS Code extension. */
export const clientCommands = {
  explainHere: 'gloss.explainHere',
  explainProblem: 'gloss.explainProblem',
  explainChange: 'gloss.explainChange',
  explainFile: 'gloss.explainFile',
  explainLine: 'gloss.explainLine',
  explainTerminal: 'gloss.explainTerminal',
  annotateHere: 'gloss.annotateHere',
  hideLineNotes: 'gloss.hideLineNotes',
  stop: 'gloss.explain.stop',
  reply: 'gloss.explain.reply',
  refresh: 'gloss.explain.refresh',
  shorter: 'gloss.explain.shorter',
  deeper: 'gloss.explain.deeper',
  copy: 'gloss.explain.copy',
  toDocComment: 'gloss.explain.toDocComment',
  continueInChat: 'gloss.explain.continueInChat',
  dismiss: 'gloss.explain.dismiss',
  dismissAll: 'gloss.explain.dismissAll',
  nextExplanation: 'gloss.explain.next',
  previousExplanation: 'gloss.explain.previous',
  showExplanation: 'gloss.explain.show',
  exportExplanations: 'gloss.explain.export',
  refreshExplanations: 'gloss.explain.refreshList',
  openChatDocument: 'gloss.openChatDocument',
  openChat: 'gloss.openChat',
  newChat: 'gloss.newChat',
  newChatInEditor: 'gloss.newChatInEditor',
  openChatInEditor: 'gloss.openChatInEditor',
  showChats: 'gloss.showChats',
  addSelectionToChat: 'gloss.addSelectionToChat',
  addFileToChat: 'gloss.addFileToChat',
  addProblemsToChat: 'gloss.addProblemsToChat',
  focusChatInput: 'gloss.panel.focusInput',
  stopChat: 'gloss.panel.stop',
  retryAnswer: 'gloss.panel.retry',
  forkChat: 'gloss.panel.fork',
  editLastQuestion: 'gloss.panel.editLast',
  renameChat: 'gloss.panel.rename',
  copyChat: 'gloss.panel.copy',
  openThisChatAsDocument: 'gloss.panel.openAsDocument',
  nextTurn: 'gloss.panel.next',
  previousTurn: 'gloss.panel.previous',
  chooseModel: 'gloss.panel.chooseModel',
  chooseMode: 'gloss.panel.chooseMode',
  editHere: 'gloss.editHere',
  runEdit: 'gloss.edit.run',
  stopEdit: 'gloss.edit.stop',
  acceptHunk: 'gloss.review.acceptHunk',
  rejectHunk: 'gloss.review.rejectHunk',
  rejectHunkWithReason: 'gloss.review.rejectHunkWithReason',
  retryHunk: 'gloss.review.retryHunk',
  compareHunk: 'gloss.review.compareHunk',
  fixNewProblems: 'gloss.review.fixNewProblems',
  acceptFile: 'gloss.review.acceptFile',
  rejectFile: 'gloss.review.rejectFile',
  acceptAll: 'gloss.review.acceptAll',
  rejectAll: 'gloss.review.rejectAll',
  nextHunk: 'gloss.review.nextHunk',
  previousHunk: 'gloss.review.previousHunk',
  reviewAll: 'gloss.review.open',
  triggerSuggestion: 'gloss.suggest.trigger',
  toggleSuggestions: 'gloss.suggest.toggleLanguage',
  suggestionMode: 'gloss.suggest.mode',
  snoozeSuggestions: 'gloss.suggest.snooze',
  whySuggestion: 'gloss.suggest.why',
  suggestionStatistics: 'gloss.suggest.statistics',
  resetSuggestionStatistics: 'gloss.suggest.resetStatistics',
  showWhatWasSent: 'gloss.showWhatWasSent',
  setApiKey: 'gloss.setApiKey',
  removeApiKey: 'gloss.removeApiKey',
  testConnection: 'gloss.testConnection',
  startDemo: 'gloss.demo.start',
  stopDemo: 'gloss.demo.stop',
  showLog: 'gloss.showLog',
  restartServer: 'gloss.restartServer',
  menu: 'gloss.menu',
} as const;

/** Scheme of the documents that the server provides by `workspace/textDocumentContent`: receipts and reports. */
export const documentScheme = 'gloss';
