/** The list of features. */
import type { Feature } from '../feature.ts';
import { explain } from './explain/index.ts';
import { refactor } from './refactor/index.ts';

export const features: readonly Feature[] = [explain, refactor];
