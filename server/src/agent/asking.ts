/** What a chat asks the person is told as waiting for as long as nobody has answered. */
import type { ApprovalRequest, People, Question } from '../ports.ts';

export interface Asking {
  readonly people: People;
  waiting(): { readonly approvals: readonly ApprovalRequest[]; readonly questions: readonly Question[] };
}

export function createAsking(people: People, onChange: () => void): Asking {
  const approvals: ApprovalRequest[] = [];
  const questions: Question[] = [];
  const during = async <Item, Result>(list: Item[], item: Item, deed: () => Promise<Result>): Promise<Result> => {
    list.push(item);
    onChange();
    try {
      return await deed();
    } finally {
      list.splice(list.indexOf(item), 1);
      onChange();
    }
  };
  return {
    people: {
      ...people,
      approve: (request, signal) => during(approvals, request, () => people.approve(request, signal)),
      ask: (question, signal) => during(questions, question, () => people.ask(question, signal)),
    },
    waiting: () => ({ approvals: [...approvals], questions: [...questions] }),
  };
}
