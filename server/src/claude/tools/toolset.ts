/** Toolsets: one entry in `tools`, many members that the caller runs (API reference, "Computer use", "Browser use"). */
import type {
  BrowserMember,
  BrowserToolset20260801,
  ComputerMember,
  ComputerToolset20260801,
} from '../schema/requestToolsets.ts';
import { isRecord } from '../schema/standard.ts';
import type { Prepared, Runnable, ToolContext } from './runnable.ts';
import { traitsOf, withBehaviour } from './tool.ts';

/** The toolsets by their dated types, and their members. */
export interface Toolsets {
  /** The screen, mouse and keyboard of a computer. */
  readonly computer_toolset_20260801: { readonly entry: ComputerToolset20260801; readonly member: ComputerMember };
  /** The pages of a browser. */
  readonly browser_toolset_20260801: { readonly entry: BrowserToolset20260801; readonly member: BrowserMember };
}

/** One call of a member. */
export interface MemberCall<Member extends string> {
  /** Or one that is newer than this client. */
  readonly member: Member | (string & {});
  /** As the model wrote it: it has no schema here. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What makes a toolset. */
export type ToolsetParts<Type extends keyof Toolsets> = Omit<Toolsets[Type]['entry'], 'name'> & {
  readonly type: Type;
  /** Does one action. The calls of one answer come strictly in order, and none after one that throws. */
  readonly run: (call: MemberCall<Toolsets[Type]['member']>, context: ToolContext) => unknown;
};

/** A toolset: its definition, and how its members are run. */
export function toolset<const Type extends keyof Toolsets>(
  parts: ToolsetParts<Type>,
): Toolsets[Type]['entry'] & Runnable {
  const { run, ...definition } = parts;
  // All that was taken out is `run`: what is left is the entry of that type.
  const entry = definition as unknown as Toolsets[Type]['entry'];
  return withBehaviour(entry, {
    ...traitsOf({}),
    async prepare(input, member): Promise<Prepared> {
      if (!isRecord(input)) return { problems: ['(the whole): is not an object'] };
      return { value: input, run: (context) => run({ member, input }, context) };
    },
  });
}
