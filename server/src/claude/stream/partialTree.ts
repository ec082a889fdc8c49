/** A JSON value in the making: objects and arrays that grow in place, and whether JavaScript would write them again. */
import { deepest } from '../schema/depth.ts';

/** An object or array that is not closed yet. */
interface Open {
  readonly container: Record<string, unknown> | unknown[];
  /** Of the member under way. */
  key: string;
  /** The largest key that is an array index, and whether other keys have come: what JavaScript sorts keys by. */
  lastIndex: number;
  hasNames: boolean;
}

/** Array indices, which JavaScript moves before all other keys. */
const arrayIndex = /^(?:0|[1-9]\d{0,9})$/;
const largestIndex = 2 ** 32 - 2;

export class PartialTree {
  /** The whole value so far; undefined before it begins. */
  value: unknown;
  /** Whether JSON.stringify would write the same tokens in the same order. */
  isExact = true;
  #open: Open | undefined;
  readonly #outer: Open[] = [];

  /** What is open innermost. */
  get inside(): 'nothing' | 'object' | 'array' {
    if (this.#open === undefined) return 'nothing';
    return Array.isArray(this.#open.container) ? 'array' : 'object';
  }

  /** Whether a value that begins here would be deeper than is accepted. */
  get isTooDeep(): boolean {
    return this.#outer.length + (this.#open === undefined ? 0 : 1) > deepest;
  }

  /** The member that comes next. It shows when its value does. */
  key(key: string): void {
    const open = this.#open;
    if (open === undefined) return;
    open.key = key;
    if (Object.hasOwn(open.container, key)) this.isExact = false;
    const index = arrayIndex.test(key) ? Number(key) : undefined;
    if (index === undefined || index > largestIndex) open.hasNames = true;
    else if (open.hasNames || index < open.lastIndex) this.isExact = false;
    else open.lastIndex = index;
  }

  /** A value at the next place: it has begun, or is whole. */
  add(value: unknown): void {
    const open = this.#open;
    if (open === undefined) this.value = value;
    else if (Array.isArray(open.container)) open.container.push(value);
    else setMember(open.container, open.key, value);
  }

  /** The value at the last place has become more. */
  replace(value: unknown): void {
    const container = this.#open?.container;
    if (Array.isArray(container)) container[container.length - 1] = value;
    else this.add(value);
  }

  addNumber(text: string): void {
    const value = Number(text);
    if (String(value) !== text) this.isExact = false;
    this.add(value);
  }

  open(container: Open['container']): void {
    this.add(container);
    if (this.#open !== undefined) this.#outer.push(this.#open);
    this.#open = { container, key: '', lastIndex: -1, hasNames: false };
  }

  close(): void {
    this.#open = this.#outer.pop();
  }
}

/** As JSON.parse does it: a member of any name, and never a prototype. */
function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
