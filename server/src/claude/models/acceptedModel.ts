/** What a known model does not accept, to the compiler: the table's facts as types (API reference, "What each model accepts"). */
import type { Effort, ThinkingType } from '../schema/requestThinking.ts';
import type { MoreThan } from './acceptedNumbers.ts';
import type { ChoiceType, Given, Listed, Literal, ThinkingMode, Wrong } from './acceptedProblem.ts';
import type { RetiredLine, RulesByName, TableRules } from './table.ts';

/** What is wrong between a request and its model; models that are not in the table accept all. */
export type ModelProblem<Request> = ProblemFor<Request, Literal<Request, 'model', string>>;

type ProblemFor<Request, Model> = Model extends keyof RulesByName
  ? KnownModelProblem<Request, Model, RulesByName[Model]>
  : Model extends string
    ? RetiredProblem<Model, RetiredLine>
    : never;

type RetiredProblem<Model extends string, Line extends RetiredLine> = Line extends RetiredLine
  ? Model extends Line['name'] | `${Line['name']}-${string}`
    ? Wrong<['model'], `${Model} was retired on ${Line['day']}: use ${Line['replacement']}`>
    : never
  : never;

type KnownModelProblem<Request, Model extends string, Rules extends TableRules> =
  | TokensProblem<Given<Request, 'max_tokens'>, Model, Rules>
  | ThinkingTypeProblem<ThinkingMode<Request>, Model, Rules>
  | EffortProblem<Request, Model, Rules>
  | ForcedProblem<ChoiceType<Request>, Model, Rules>
  | SpeedProblem<Literal<Request, 'speed', 'standard' | 'fast'>, Model, Rules>
  | RegionProblem<Given<Request, 'inference_geo'>, Model, Rules>;

type TokensProblem<Tokens, Model extends string, Rules extends TableRules> = Tokens extends number
  ? [MoreThan<Tokens, Rules['maxOutputTokens']>] extends [never]
    ? never
    : Wrong<['max_tokens'], `${Model} answers with at most ${Rules['maxOutputTokens']} tokens: lower max_tokens`>
  : never;

type ThinkingTypeProblem<Type, Model extends string, Rules extends TableRules> = Type extends ThinkingType
  ? Type extends Rules['thinking'][number]
    ? never
    : Wrong<['thinking', 'type'], `${Model} does not accept thinking of type ${Type}: use ${Listed<Rules['thinking']>}`>
  : never;

type EffortProblem<Request, Model extends string, Rules extends TableRules> = [
  Given<Given<Request, 'output_config'>, 'effort'>,
] extends [never]
  ? never
  : Rules['effort'] extends readonly []
    ? Wrong<['output_config', 'effort'], `${Model} does not know effort: leave it out`>
    : LevelProblem<Literal<Given<Request, 'output_config'>, 'effort', Effort>, Model, Rules, ThinkingMode<Request>>;

type LevelProblem<Level, Model extends string, Rules extends TableRules, Type> = Level extends Effort
  ? Level extends Rules['effort'][number]
    ? Type extends 'disabled' | 'between_tools'
      ? Rules extends { readonly effortWithoutThinking: infer Limit extends keyof LevelsAbove }
        ? Level extends LevelsAbove[Limit]
          ? Wrong<
              ['output_config', 'effort'],
              `${Model} accepts at most effort ${Limit} while thinking is ${Type}: lower effort or use adaptive thinking`
            >
          : never
        : never
      : never
    : Wrong<['output_config', 'effort'], `${Model} does not accept effort ${Level}: use ${Listed<Rules['effort']>}`>
  : never;

interface LevelsAbove {
  readonly low: 'medium' | 'high' | 'xhigh' | 'max';
  readonly medium: 'high' | 'xhigh' | 'max';
  readonly high: 'xhigh' | 'max';
  readonly xhigh: 'max';
  readonly max: never;
}

type ForcedProblem<Type, Model extends string, Rules extends TableRules> = Type extends 'any' | 'tool'
  ? Rules['forcedTools'] extends false
    ? Wrong<['tool_choice', 'type'], `${Model} cannot be forced to use a tool: use auto, and ask for the tool in words`>
    : never
  : never;

type SpeedProblem<Speed, Model extends string, Rules extends TableRules> = Speed extends 'fast'
  ? Rules['speedFast'] extends 'refused'
    ? Wrong<['speed'], `${Model} has no fast mode: leave speed out`>
    : never
  : never;

type RegionProblem<Region, Model extends string, Rules extends TableRules> = [Region] extends [never]
  ? never
  : Rules['inferenceGeo'] extends false
    ? Wrong<['inference_geo'], `${Model} does not accept inference_geo: leave it out`>
    : never;
