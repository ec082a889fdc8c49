/** The list of tools that Claude is told of, always in this order: another one costs every conversation its cache. */
import type { Tool } from '../tool.ts';
import { editFile } from './edit/editFile.ts';

export const tools: readonly Tool[] = [editFile];
