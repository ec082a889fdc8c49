/** The forms that the fields of a request have, as checks that say what to do. */
import { below, type Report } from './problem.ts';
import { alternatives, isFields, shown } from './values.ts';

export type Shape = (value: unknown, report: Report) => void;

export const text: Shape = (value, report) => {
  if (typeof value !== 'string') report([], `is ${shown(value)}. It must be text.`);
};

export const flag: Shape = (value, report) => {
  if (typeof value !== 'boolean') report([], `is ${shown(value)}. It must be true or false.`);
};

export function whole(least: number): Shape {
  return (value, report) => {
    if (Number.isInteger(value) && Number(value) >= least) return;
    report([], `is ${shown(value)}. It must be a whole number, ${least} or more.`);
  };
}

export function oneOf(...values: readonly string[]): Shape {
  return (value, report) => {
    if (typeof value !== 'string' || !values.includes(value))
      report([], `is ${shown(value)}. Use ${alternatives(values)}.`);
  };
}

export function orNull(shape: Shape): Shape {
  return (value, report) => {
    if (value !== null) shape(value, report);
  };
}

export function list(item: Shape): Shape {
  return (value, report) => {
    if (!Array.isArray(value)) report([], `is ${shown(value)}. It must be a list.`);
    else for (const [at, member] of value.entries()) item(member, below(report, at));
  };
}

/** An object that has the `required` fields. Fields that are not named pass: they may be newer than this client. */
export function object(fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  const entries = Object.entries(fields);
  return (value, report) => {
    if (!isFields(value)) {
      report([], `is ${shown(value)}. It must be an object.`);
      return;
    }
    for (const [name, shape] of entries) {
      if (value[name] !== undefined) shape(value[name], below(report, name));
      else if (required.includes(name)) report([name], 'is missing. Add it.');
    }
  };
}

/** One of several objects, told apart by `type`. */
export function variants(shapes: Readonly<Record<string, Shape>>): Shape {
  const known = Object.keys(shapes);
  return (value, report) => {
    const type = isFields(value) ? value['type'] : undefined;
    const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (!isFields(value)) report([], `is ${shown(value)}. It must be an object.`);
    else if (shape === undefined) report(['type'], `is ${shown(type)}. Use ${alternatives(known)}.`);
    else shape(value, report);
  };
}
