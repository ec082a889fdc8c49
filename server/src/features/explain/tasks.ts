/** What is asked of the model: by what is explained, how much is to be said, and to whom. Pure. */
import type { ExplanationKind, Level } from '#shared/explain.ts';
import type { Audience } from '#shared/settings.ts';

/** The task as one text, in words that hold nothing of the developer's files. */
export function taskFor(kind: ExplanationKind, level: Level, audience: Audience): string {
  return [tasks[kind][level], audiences[audience]].filter((text) => text !== '').join('\n');
}

const tasks: Readonly<Record<ExplanationKind, Readonly<Record<Level, string>>>> = {
  code: {
    line: 'Explain in one sentence of at most 30 words what this code does and why.',
    normal:
      'Say in the first sentence what this code is for. Then explain how it works and what is not obvious: edge cases, side effects, errors, assumptions. At most 150 words.',
    deep: 'Explain this code in depth: what it is for, how it works step by step, each edge case, side effects, errors, complexity, assumptions about its callers, and anything that looks wrong or fragile.',
  },
  problem: {
    line: 'Explain in one sentence of at most 30 words why the tool reports the problem here.',
    normal:
      'Say in the first sentence what the reported problem means here. Then explain what in this code causes it and how to fix it, the likeliest way first. Say so where the report looks wrong. At most 150 words.',
    deep: 'Explain the reported problem in depth: what it means, what in this code causes it step by step, what happens at run time if it stays, each way to fix it with its price, and how to avoid it elsewhere. Say so where the report looks wrong.',
  },
  change: {
    line: 'Explain in one sentence of at most 30 words what this change does and what it is for.',
    normal:
      'The document of part "before" holds the lines as they were, the code as it is now. Say in the first sentence what the change does. Then explain what behaves differently, and what a reviewer should look at. Where the purpose is not evident, say so. At most 150 words.',
    deep: 'The document of part "before" holds the lines as they were, the code as it is now. Explain the change in depth: its likely purpose, each difference and its effect, what behaves differently for callers, risks, missing tests, and anything that looks wrong or unfinished.',
  },
  file: {
    line: 'Explain in one sentence of at most 30 words what this file is for.',
    normal:
      'Say in the first sentence what this file is for. Then tell its main parts and how they work together, what it offers to others, and what is not obvious. At most 250 words.',
    deep: 'Explain this file in depth: what it is for, how it is organised, each of its main parts and how they work together, what it offers to others and what it needs of them, state and side effects, errors, and anything that looks wrong or fragile.',
  },
  terminal: {
    line: 'Explain in one sentence of at most 30 words what this output of a terminal says.',
    normal:
      'Say in the first sentence what this output of a terminal means. Then explain what went wrong, where the cause likely is, and what to try next, the likeliest first. At most 150 words.',
    deep: 'Explain this output of a terminal in depth: what ran, what each part of it says, what went wrong and why, each likely cause with how to tell, and what to try next. Never suggest a command that deletes or sends something without saying so.',
  },
};

/** How to speak to whom; nothing for those who know the trade. */
export const audiences: Readonly<Record<Audience, string>> = {
  professional: '',
  newcomer:
    'The reader is a developer who is new to this code base and perhaps to its language: name its conventions and idioms where they matter, and what the names stand for.',
  student:
    'The reader is learning to program: use plain words, explain each technical term once, and go in small steps. You may use half as many words again.',
};
