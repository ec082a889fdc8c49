/** The words of edits: hunks and their fate, how they get into a document, and how a person settles them. */
import * as z from 'zod';
import { Range, Uri } from './place.ts';
import { Problem } from './problem.ts';
import { notification, request } from './request.ts';
import { Usage } from './usage.ts';

const Id = z.string().min(1).max(64);
const Version = z.int();
const Token = z.union([z.string(), z.int()]);

/** `edited`: the person changed it and it is theirs; `conflicted`: it could not be put into the text, and nothing was changed. */
export const HunkState = z.enum(['proposed', 'accepted', 'edited', 'rejected', 'conflicted']);
export type HunkState = z.infer<typeof HunkState>;

/** A change of some lines of one document, and its fate (product decision 10.2). Positions are UTF-16. */
export const Hunk = z.strictObject({
  id: Id,
  /** Hunks of one action belong together. */
  group: Id,
  uri: Uri,
  /** The document's version that `range` is for. */
  version: Version,
  /** Where `after` is, when `place` is `buffer`; else where `before` is. */
  range: Range,
  before: z.string(),
  /** Empty while the hunk grows: the document has what there is of it. */
  after: z.string(),
  state: HunkState,
  /** Why it was rejected, or is in conflict. */
  reason: z.string().optional(),
  /** The model is still writing it. */
  growing: z.boolean(),
  /** `buffer`: the new text is in the document and awaits the person; `aside`: it is not. */
  place: z.enum(['buffer', 'aside']),
  /** The file is new by this hunk (rejecting deletes it), or goes or moves when it is accepted. */
  file: z.enum(['create', 'delete', 'rename']).optional(),
  /** Where a file moves to. */
  to: Uri.optional(),
  /** What the person asked for, such as "Simplify". */
  title: z.string(),
  /** What the person should know before accepting: hidden characters, hosts that the file would make the editor ask. */
  warnings: z.array(z.string()),
});
export type Hunk = z.infer<typeof Hunk>;

export const hunksNotification = notification({
  method: 'gloss/hunks',
  from: 'server',
  summary:
    'All hunks of one document that are not settled, whenever they change. An empty list: there are none any more.',
  params: z.strictObject({ uri: Uri, version: Version, hunks: z.array(Hunk) }),
});

/** One replacement inside a document. `old` is what stands in the range: anything else there, and nothing is done (threats S8). */
export const HunkEdit = z.strictObject({ hunk: Id, range: Range, old: z.string(), text: z.string() });
export type HunkEdit = z.infer<typeof HunkEdit>;

export const DocumentEdits = z.strictObject({
  uri: Uri,
  /** The version that the ranges are for. */
  version: Version,
  /** None overlaps another; in the order of the document. */
  edits: z.array(HunkEdit),
});
export type DocumentEdits = z.infer<typeof DocumentEdits>;

/** Files that come, go or move, besides changes of text. */
export const FileChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), uri: Uri, text: z.string() }),
  z.strictObject({ kind: z.literal('delete'), uri: Uri }),
  z.strictObject({ kind: z.literal('rename'), uri: Uri, to: Uri }),
]);
export type FileChange = z.infer<typeof FileChange>;

/** A step of a hunk that grows joins the undo step of the one before: `first` opens it, `last` closes it. */
export const UndoStep = z.enum(['whole', 'first', 'middle', 'last']);
export type UndoStep = z.infer<typeof UndoStep>;

export const ApplyResult = z.strictObject({
  /** All of it was done; otherwise nothing was. */
  applied: z.boolean(),
  /** The documents' versions right after it. */
  versions: z.array(z.strictObject({ uri: Uri, version: Version })),
  /**
   * `changed`: the person edited the same place meanwhile; the server looks again. `closed`: no editor shows the
   * document, so steps of a growing hunk are not wanted: the server comes again with the whole.
   */
  reason: z.enum(['changed', 'closed', 'readOnly', 'exists', 'missing', 'failed']).optional(),
  /** For the person. */
  message: z.string().optional(),
});
export type ApplyResult = z.infer<typeof ApplyResult>;

export const applyRequest = request({
  method: 'gloss/apply',
  from: 'server',
  summary:
    'Changes documents, all or nothing. The client moves the ranges over its own changes since `version`, one request at a time for each document.',
  params: z.strictObject({
    group: Id,
    /** Counts the requests of a group from 0. */
    seq: z.int().min(0),
    /** For undo labels and messages. */
    title: z.string(),
    documents: z.array(DocumentEdits),
    files: z.array(FileChange),
    undo: UndoStep,
  }),
  result: ApplyResult,
});
export type ApplyParams = z.infer<typeof applyRequest.params>;

export const prepareRequest = request({
  method: 'gloss/prepare',
  from: 'server',
  summary:
    'Opens documents without showing them, so that they are synchronized and changed through the editor, and tells which cannot be changed.',
  params: z.strictObject({ uris: z.array(Uri).max(200) }),
  result: z.array(
    z.strictObject({
      uri: Uri,
      /** Absent when it cannot be opened. */
      version: Version.optional(),
      /** Why it cannot be changed, for the person: read-only, virtual, binary, missing. */
      refusal: z.string().optional(),
    }),
  ),
});

/** A file that is asked about before it is touched (threats S10, S11). */
export const Approval = z.strictObject({
  uri: Uri,
  /** Absolute path that would be written, after links are resolved. */
  target: z.string(),
  /** The link that leads there, where one does. */
  link: z.string().optional(),
  /** Why it is asked: one sentence each. */
  reasons: z.array(z.string()),
  before: z.string(),
  after: z.string(),
});
export type Approval = z.infer<typeof Approval>;

export const approveRequest = request({
  method: 'gloss/approve',
  from: 'server',
  summary:
    'Asks the person whether files that run or configure something may be changed; the change is shown as plain text.',
  params: z.strictObject({ group: Id, title: z.string(), files: z.array(Approval), hash: z.string() }),
  /** The hash of what was shown, to be compared when it is used (threats S4). */
  result: z.strictObject({ approved: z.boolean(), hash: z.string() }),
});

export const Which = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hunks'), ids: z.array(Id).max(100_000) }),
  z.strictObject({ kind: z.literal('document'), uri: Uri }),
  z.strictObject({ kind: z.literal('all') }),
]);
export type Which = z.infer<typeof Which>;

export const decideRequest = request({
  method: 'gloss/decide',
  from: 'client',
  summary: 'Settles hunks: accepting leaves the text as it is, rejecting puts back what was there.',
  params: z.strictObject({
    decision: z.enum(['accept', 'reject']),
    which: Which,
    /** Of a rejection: the model is told. */
    reason: z.string().trim().max(2_000).optional(),
  }),
  result: z.strictObject({
    settled: z.int().min(0),
    /** Hunks that stay as they are, and why. */
    failed: z.array(z.strictObject({ id: Id, message: z.string() })),
  }),
});
export type DecideParams = z.infer<typeof decideRequest.params>;

/** The one argument of the `gloss.edit` command, for any LSP client. */
export const EditTarget = z.strictObject({
  /** Id of an action: `fix`, `simplify`, `extract`, `rename`, `types`, `document`, `errors`, `modernise`, `tests`, `comments`, `instruct`, or `custom:` and the name of a file of the workspace. */
  action: z.string().min(1).max(200),
  uri: Uri,
  /** What to change; an empty range means the function or class around it. */
  range: Range,
  /** Of `instruct`: what the person wants. */
  instruction: z.string().trim().min(1).max(20_000).optional(),
  /** Of `document`: what a model said of the code. Material, not an instruction. */
  explanation: z.string().trim().min(1).max(20_000).optional(),
  /** Of `fix`. */
  problems: z.array(Problem).max(100).optional(),
  /** The document's version that the range is for. */
  version: Version.optional(),
});
export type EditTarget = z.infer<typeof EditTarget>;

export const EditParams = z.strictObject({
  ...EditTarget.shape,
  /** Try again: this hunk is rejected, and the model is told why. `action` and `instruction` are those of its group. */
  retry: Id.optional(),
  partialResultToken: Token.optional(),
  workDoneToken: Token.optional(),
});
export type EditParams = z.infer<typeof EditParams>;

export const EditResult = z.strictObject({
  group: Id,
  /** Ids of the hunks that there are now. */
  hunks: z.array(Id),
  /** What the model said besides the edits; may be empty. Images, links and HTML are inert. */
  markdown: z.string(),
  /** What did not work out, a sentence each: edits that found no place, files that were not touched. */
  failures: z.array(z.string()),
  model: z.string(),
  usage: Usage,
  receipt: z.string().optional(),
  demo: z.boolean(),
  notices: z.array(z.string()),
});
export type EditResult = z.infer<typeof EditResult>;

export const editRequest = request({
  method: 'gloss/edit',
  from: 'client',
  summary:
    'Changes code by an action or an instruction. Hunks come into the document by `gloss/apply` while the model writes; the result tells what became of it.',
  params: EditParams,
  result: EditResult,
});

/** What the editor's own language support changes: one document each. */
const ProviderEdits = z
  .array(
    z.strictObject({
      uri: Uri,
      version: Version,
      edits: z.array(z.strictObject({ range: Range, text: z.string() })).max(10_000),
    }),
  )
  .max(1_000);
export type ProviderEdits = z.infer<typeof ProviderEdits>;

export const renameRequest = request({
  method: 'gloss/rename',
  from: 'server',
  summary:
    "Asks the editor's own rename provider what a rename changes, without doing it; null when it has none or refuses.",
  params: z.strictObject({ uri: Uri, position: Range.shape.start, newName: z.string().min(1).max(500) }),
  result: ProviderEdits.nullable(),
});

export const extractRequest = request({
  method: 'gloss/extract',
  from: 'server',
  summary:
    "Asks the editor's own refactoring provider to extract a function from a range, without doing it; null when it has none.",
  params: z.strictObject({ uri: Uri, range: Range }),
  /** `name` is the one that the provider gave to what it extracted. */
  result: z.strictObject({ documents: ProviderEdits, name: z.string() }).nullable(),
});
