/** Tools that the caller runs: its own, and those whose definition the model knows (API reference, "Tool use"). */
import type { Cacheable } from './requestCache.ts';

/** Who may call a tool: the model itself (the default), or code that it runs in a code execution tool of that version. */
export type ToolCaller = 'direct' | 'code_execution_20250825' | 'code_execution_20260120' | 'code_execution_20260521';

/** What most tools take. */
export interface ToolOptions extends Cacheable {
  /** Inputs always match the schema. At most 20 such tools in a request, and the limits of `JsonFormat`. */
  readonly strict?: boolean;
  /** Kept out of the prompt until tool search finds it. At least one tool must stay loaded. */
  readonly defer_loading?: boolean;
  readonly allowed_callers?: readonly ToolCaller[];
}

/** What tools take that the caller runs. */
export interface ClientToolOptions extends ToolOptions {
  /** Inputs as an example for the model; each must fit the schema. */
  readonly input_examples?: readonly Readonly<Record<string, unknown>>[];
}

/** A tool of the caller's own. */
export interface CustomTool extends ClientToolOptions {
  readonly type?: 'custom' | null;
  /** Letters, digits, `_` and `-`; 1 to 64 of them. */
  readonly name: string;
  /** What it does, when to use it and what comes back: three or four sentences work best. */
  readonly description?: string;
  /** JSON Schema (2020-12) of the input; its root is of type `object`. */
  readonly input_schema: Readonly<Record<string, unknown>>;
  /** True: the input is streamed as it is made, unchecked. False: never. Null or absent: as the service does by default. */
  readonly eager_input_streaming?: boolean | null;
}

/** Reading and editing of text files. What it calls with: `TextEditorInput`. */
export interface TextEditorTool20250728 extends ClientToolOptions {
  readonly type: 'text_editor_20250728';
  readonly name: 'str_replace_based_edit_tool';
  /** Longest text that `view` gives; the caller cuts what is longer. */
  readonly max_characters?: number | null;
}

export interface TextEditorTool20250429 extends ClientToolOptions {
  readonly type: 'text_editor_20250429';
  readonly name: 'str_replace_based_edit_tool';
}

/** The only version with the command `undo_edit`. */
export interface TextEditorTool20250124 extends ClientToolOptions {
  readonly type: 'text_editor_20250124';
  readonly name: 'str_replace_editor';
}

/** One shell that lives on between calls. What it calls with: `BashInput`. */
export interface BashTool20250124 extends ClientToolOptions {
  readonly type: 'bash_20250124';
  readonly name: 'bash';
}

/** Files below `/memories` that the caller keeps. What it calls with: `MemoryInput`. */
export interface MemoryTool20250818 extends ClientToolOptions {
  readonly type: 'memory_20250818';
  readonly name: 'memory';
}

interface Display extends ClientToolOptions {
  readonly name: 'computer';
  readonly display_width_px: number;
  readonly display_height_px: number;
  /** Number of the X11 display. */
  readonly display_number?: number | null;
}

/** Screen, mouse and keyboard, as one tool (beta `computer-use-2025-11-24`). The toolset has taken its place. */
export interface ComputerTool20251124 extends Display {
  readonly type: 'computer_20251124';
  /** Whether the model may ask for a part of the screen, enlarged. */
  readonly enable_zoom?: boolean;
}

/** Screen, mouse and keyboard, as one tool (beta `computer-use-2025-01-24`). The toolset has taken its place. */
export interface ComputerTool20250124 extends Display {
  readonly type: 'computer_20250124';
}

/** Tools that the caller runs and whose input the model knows without a schema. */
export type KnownClientTool =
  | TextEditorTool20250728
  | TextEditorTool20250429
  | TextEditorTool20250124
  | BashTool20250124
  | MemoryTool20250818
  | ComputerTool20251124
  | ComputerTool20250124;
