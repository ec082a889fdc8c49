/** The list of features. */
import type { Feature } from '../feature.ts';
import { explain } from './explain/index.ts';

export const features: readonly Feature[] = [explain];
