/** The list of tools that Claude is told of, always in this order: another one costs every conversation its cache. */
import type { Tool } from '../tool.ts';
import { askTool } from './ask.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { deleteFile } from './edit/deleteFile.ts';
import { editFile } from './edit/editFile.ts';
import { moveFile } from './edit/moveFile.ts';
import { renameSymbol } from './edit/renameSymbol.ts';
import { glob } from './glob.ts';
import { hover } from './hover.ts';
import { list } from './list.ts';
import { read } from './read.ts';
import { references } from './references.ts';
import { runTool } from './run/runTool.ts';
import { search } from './search.ts';
import { symbols } from './symbols.ts';
import { todoTool } from './todo.ts';

const reading: readonly Tool[] = [read, list, glob, search, diagnostics, symbols, definition, references, hover];
const editing: readonly Tool[] = [editFile, deleteFile, moveFile, renameSymbol];

export const tools: readonly Tool[] = [...reading, ...editing, runTool, askTool, todoTool];
