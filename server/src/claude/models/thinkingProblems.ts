/** What may be said about thinking and effort, and what each model makes of it (API reference, "Thinking"). */
import { below, type KnownRules, type Report, type Rule } from './problem.ts';
import { object, oneOf, orNull, type Shape, variants } from './shapes.ts';
import { alternatives, fieldOf, isFields, shown, typeOf } from './values.ts';

const common = {
  display: orNull(oneOf('summarized', 'omitted', 'updates')),
  block_binding: orNull(object({ prefix_mismatch_behavior: orNull(oneOf('error', 'drop_block')) })),
};

const modes = variants({
  adaptive: (value, report) => {
    object(common)(value, report);
    if (fieldOf(value, 'budget_tokens') !== undefined)
      report(
        ['budget_tokens'],
        'is only for thinking of type enabled. Leave it out; set output_config.effort instead.',
      );
  },
  enabled: object(common),
  disabled: bare,
  between_tools: bare,
});

function bare(value: unknown, report: Report): void {
  const more = isFields(value) ? Object.keys(value).filter((name) => name !== 'type' && value[name] !== undefined) : [];
  for (const name of more) report([name], `cannot be given for thinking of type ${typeOf(value)}. Leave it out.`);
}

export const thinking: Rule = (request, report, context) => {
  const mode = request['thinking'];
  if (mode === undefined) return;
  const here = below(report, 'thinking');
  modes(mode, here);
  if (typeOf(mode) !== 'enabled') return;
  budget(request, report, context);
  const choice = typeOf(request['tool_choice']);
  if (choice === 'any' || choice === 'tool')
    report(['tool_choice'], 'cannot force a tool while thinking is manual. Use auto.');
};

/** With interleaved thinking the budget is for all turns of a loop: it may be more than one answer's tokens. */
const interleaved = 'interleaved-thinking-2025-05-14';

const budget: Rule = ({ thinking: mode, max_tokens: most }, report, { betas }) => {
  const tokens = fieldOf(mode, 'budget_tokens');
  const here = below(report, 'thinking', 'budget_tokens');
  if (typeof tokens !== 'number' || !Number.isInteger(tokens) || tokens < 1024)
    here([], `is ${shown(tokens)}. It must be a whole number, 1024 or more.`);
  else if (typeof most === 'number' && most > 0 && tokens >= most && !betas.includes(interleaved))
    here([], 'must be less than max_tokens. Raise max_tokens or lower the budget.');
};

/** Thinking that the model does not take. */
export const modelThinking: Rule = ({ thinking: mode }, report, { rules }) => {
  const type = typeOf(mode);
  const { id, thinking: accepted } = rules ?? {};
  if (typeof type !== 'string' || accepted === undefined) return;
  const known: readonly string[] = accepted;
  if (known.includes(type) || !['adaptive', 'enabled', 'disabled', 'between_tools'].includes(type)) return;
  const fix = known.length === 0 ? 'Leave thinking out' : `Use ${alternatives(known)}`;
  report(['thinking', 'type'], `is ${type}, which ${id} does not accept. ${fix}.`);
};

const levels: readonly unknown[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** Effort that the model does not take while it thinks as it is asked to. */
export const modelEffort: Rule = (request, report, { rules }) => {
  const here = below(report, 'output_config', 'effort');
  const wanted = fieldOf(request['output_config'], 'effort');
  levelOf(rules)(wanted, here);
  const mode = typeOf(request['thinking']);
  const { id, effortWithoutThinking: limit } = rules ?? {};
  if ((mode !== 'disabled' && mode !== 'between_tools') || limit === undefined) return;
  if (levels.indexOf(wanted) > levels.indexOf(limit))
    here(
      [],
      `is ${wanted}, but ${id} accepts at most ${limit} while thinking is ${mode}. Lower the effort, or use adaptive thinking.`,
    );
};

/** Whether a level is one of the model's: at the top of a request, or in a system message. */
export function levelOf(rules: KnownRules | undefined): Shape {
  return (wanted, report) => {
    if (rules?.effort === undefined || !levels.includes(wanted)) return;
    const accepted: readonly unknown[] = rules.effort;
    if (accepted.includes(wanted)) return;
    const fix = accepted.length === 0 ? 'Leave effort out' : `Use ${alternatives(rules.effort)}`;
    report([], `is ${wanted}, which ${rules.id} does not accept. ${fix}.`);
  };
}
