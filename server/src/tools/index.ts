/** The list of tools that Claude is told of, always in this order: another one costs every conversation its cache. */
import type { Tool } from '../tool.ts';
import { askTool } from './ask.ts';
import { deleteFile } from './edit/deleteFile.ts';
import { editFile } from './edit/editFile.ts';
import { moveFile } from './edit/moveFile.ts';
import { renameSymbol } from './edit/renameSymbol.ts';
import { runTool } from './run/runTool.ts';
import { todoTool } from './todo.ts';

export const tools: readonly Tool[] = [editFile, deleteFile, moveFile, renameSymbol, runTool, askTool, todoTool];
