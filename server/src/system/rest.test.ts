import { expect, test } from 'vitest';
import { createRest } from './rest.ts';

/** A process whose clock is turned by hand. */
function process() {
  const state = { collected: 0, cpu: 0, reserved: 60e6, used: 20e6, looks: new Set<() => void>() };
  const heard = createRest({
    every: (milliseconds, look) => {
      expect(milliseconds).toBe(1_000);
      state.looks.add(look);
      return () => void state.looks.delete(look);
    },
    cpu: () => state.cpu,
    heap: () => ({ reserved: state.reserved, used: state.used }),
    collect: () => {
      state.collected += 1;
      state.reserved = 30e6;
    },
  });
  /** @param busy Milliseconds of computing in each second. */
  const pass = (seconds: number, busy = 0) => {
    for (let second = 0; second < seconds; second++) {
      state.cpu += busy;
      for (const look of [...state.looks]) look();
    }
  };
  return { state, heard, pass };
}

test('all garbage is collected once, five seconds after the last message, and then nothing looks any more', () => {
  const { state, heard, pass } = process();
  pass(4);
  heard();
  pass(4);
  expect(state.collected).toBe(0);
  pass(1);
  expect(state.collected).toBe(1);
  expect(state.looks.size).toBe(0);
  pass(1_000);
  expect(state.collected).toBe(1);
});

test('never while messages come, however slowly somebody types', () => {
  const { state, heard, pass } = process();
  for (let message = 0; message < 500; message++) {
    heard();
    expect(state.looks.size).toBe(1);
    pass(4);
  }
  expect(state.collected).toBe(0);
  pass(1);
  expect(state.collected).toBe(1);
});

test('never while an answer streams or a search runs, though the editor says nothing', () => {
  const { state, heard, pass } = process();
  heard();
  pass(600, 10);
  expect(state.collected).toBe(0);
  // A pause of the service is not the end.
  pass(4, 1);
  pass(1, 10);
  pass(4, 1);
  expect(state.collected).toBe(0);
  pass(1);
  expect(state.collected).toBe(1);
});

test('again only after work that has taken memory', () => {
  const { state, heard, pass } = process();
  for (let time = 0; time < 10; time++) {
    heard();
    pass(10);
  }
  expect(state.collected).toBe(1);
  state.reserved += 8e6;
  heard();
  pass(10);
  expect(state.collected).toBe(2);
});

test('not where so much is in use that it would take long', () => {
  const { state, heard, pass } = process();
  state.used = 200e6;
  heard();
  pass(60);
  expect(state.collected).toBe(0);
  expect(state.looks.size).toBe(0);
  state.used = 50e6;
  heard();
  pass(60);
  expect(state.collected).toBe(1);
});
