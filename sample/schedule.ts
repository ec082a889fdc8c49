/** Minutes since midnight; the end is not part of the appointment. */
export interface Appointment {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

export interface Gap {
  readonly start: number;
  readonly end: number;
}

const dayStart = 9 * 60;
const dayEnd = 18 * 60;

/** The stretches of a working day that are at least `shortest` minutes long and hold no appointment. */
export function freeTime(appointments: readonly Appointment[], shortest = 30): Gap[] {
  const gaps: Gap[] = [];
  const sorted = [...appointments].sort((one, other) => one.start - other.start);
  let cursor = dayStart;
  for (const { start, end } of sorted) {
    if (start - cursor >= shortest) gaps.push({ start: cursor, end: Math.min(start, dayEnd) });
    cursor = Math.max(cursor, end);
  }
  if (dayEnd - cursor >= shortest) gaps.push({ start: cursor, end: dayEnd });
  return gaps;
}

/** Turns "9:30" or "14" into minutes since midnight; undefined when it is no time of day. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? '0');
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

export class Calendar {
  private readonly days = new Map<string, Appointment[]>();

  /** Adds an appointment unless it overlaps one that is there. */
  add(day: string, appointment: Appointment): boolean {
    const list = this.days.get(day) ?? [];
    const overlaps = list.some((other) => appointment.start < other.end && other.start < appointment.end);
    if (overlaps || appointment.end <= appointment.start) return false;
    this.days.set(day, [...list, appointment]);
    return true;
  }

  free(day: string, shortest?: number): Gap[] {
    return freeTime(this.days.get(day) ?? [], shortest);
  }
}
