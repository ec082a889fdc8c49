/** Toolsets: one entry in `tools`, many tools that the caller runs (API reference, "Computer use", "Browser use"). */
import type { Cacheable } from './requestCache.ts';

/** What may be set for one member of a toolset. */
export interface MemberConfig {
  readonly enabled?: boolean | null;
  /** Kept out of the prompt until tool search finds it. */
  readonly defer_loading?: boolean | null;
}

/** Members of the computer toolset. */
export type ComputerMember =
  | 'key'
  | 'hold_key'
  | 'type'
  | 'cursor_position'
  | 'mouse_move'
  | 'left_mouse_down'
  | 'left_mouse_up'
  | 'left_click'
  | 'left_click_drag'
  | 'right_click'
  | 'middle_click'
  | 'double_click'
  | 'triple_click'
  | 'scroll'
  | 'wait'
  | 'screenshot'
  | 'zoom';

/** Members of the browser toolset. `read_console`, `read_network`, `file_upload` and `javascript_exec` are off unless enabled. */
export type BrowserMember =
  | Exclude<ComputerMember, 'cursor_position'>
  | 'navigate'
  | 'list_tabs'
  | 'new_tab'
  | 'switch_tab'
  | 'close_tab'
  | 'read_page'
  | 'get_page_text'
  | 'read_console'
  | 'read_network'
  | 'find'
  | 'form_input'
  | 'file_upload'
  | 'scroll_to'
  | 'hover'
  | 'javascript_exec';

/** What toolsets take. They have no name and no `strict`, and no member of them can be forced. */
interface Toolset<Member extends string> extends Cacheable {
  readonly configs?: { readonly [Name in Member]?: MemberConfig | null } | null;
  /** Nothing but the model itself may call a member. */
  readonly allowed_callers?: readonly 'direct'[];
}

/**
 * Screen, mouse and keyboard. Calls are `tool_use` blocks with `toolset_name`; run those of one answer strictly in
 * order, stop at the first that fails, and answer with the same `toolset_name`.
 */
export interface ComputerToolset20260801 extends Toolset<ComputerMember> {
  readonly type: 'computer_toolset_20260801';
}

/** A web browser. Calls and answers are as those of the computer toolset; answers may hold one `browser_state` block. */
export interface BrowserToolset20260801 extends Toolset<BrowserMember> {
  readonly type: 'browser_toolset_20260801';
}
