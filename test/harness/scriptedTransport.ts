/** A transport that answers from a script, without sockets: for what depends on bytes and time alone. */
import {
  type ByteSource,
  type Clock,
  type Exchange,
  type HttpRequest,
  type Transport,
  TransportFailure,
} from '../../server/src/claude/index.ts';

/** What happens next: bytes come, time passes, the answer ends, or the connection breaks. */
export type Step = Uint8Array | string | { readonly after: number } | 'end' | { readonly breaks: string };

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Steps before the headers: only time, or a break. */
  readonly before?: readonly Exclude<Step, Uint8Array | string>[];
  readonly steps: readonly Step[];
}

export interface ScriptedTransport extends Transport {
  readonly requests: readonly HttpRequest[];
  /** Exchanges that were given up. */
  readonly destroyed: number;
}

/** @param answers One for each request; the last one serves all that follow. */
export function scriptedTransport(clock: Clock, answers: readonly Answer[]): ScriptedTransport {
  const requests: HttpRequest[] = [];
  const counts = { destroyed: 0 };
  return {
    requests,
    get destroyed() {
      return counts.destroyed;
    },
    send(request, onStage) {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(request);
      onStage('request');
      onStage('headers');
      return exchange(clock, answer ?? { steps: [] }, () => {
        counts.destroyed += 1;
      });
    },
    async close() {},
  };
}

/** An answer with status 200 and an event stream. */
export function streamOf(...steps: readonly Step[]): Answer {
  return { headers: { 'content-type': 'text/event-stream', 'request-id': 'req_1' }, steps };
}

function exchange(
  clock: Clock,
  { status = 200, headers = {}, before = [], steps }: Answer,
  onDestroy: () => void,
): Exchange {
  let fail: (failure: TransportFailure) => void = () => {};
  const given = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  given.catch(() => {});
  const pause = (milliseconds: number): Promise<void> =>
    Promise.race([given, new Promise<void>((resolve) => void clock.after(milliseconds, resolve, true))]);
  const left = [...steps];
  let chunk: Uint8Array | undefined;
  let ended = false;
  let failure: unknown;
  const advance = async (): Promise<void> => {
    while (chunk === undefined) {
      const step = left.shift();
      if (step === undefined) await given;
      else if (step === 'end') {
        ended = true;
        return;
      } else if (typeof step === 'string') chunk = Buffer.from(step);
      else if (step instanceof Uint8Array) chunk = step;
      else if ('after' in step) await pause(step.after);
      else throw new TransportFailure('body', step.breaks, 'broken by the script');
    }
  };
  const body: ByteSource = {
    take() {
      const taken = chunk;
      chunk = undefined;
      if (taken === undefined && failure !== undefined) throw failure;
      return taken;
    },
    get ended() {
      return ended && chunk === undefined;
    },
    wait(wake) {
      advance()
        .catch((error: unknown) => {
          failure = error;
        })
        .then(wake);
    },
    release() {},
  };
  const response = async () => {
    for (const step of before) {
      if (typeof step === 'string') continue;
      if ('after' in step) await pause(step.after);
      else throw new TransportFailure('headers', step.breaks, 'broken by the script');
    }
    return { status, headers, body };
  };
  return {
    response: response(),
    destroy() {
      onDestroy();
      fail(new TransportFailure('body', 'CLOSED', 'given up'));
    },
  };
}
