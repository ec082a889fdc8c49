#!/usr/bin/env node
/** What the process starts with: how its parts are found, before any is looked for. All else is `main.ts`. */
import { findOwnParts } from './system/ownParts.ts';

findOwnParts(import.meta.url);
await import('./main.ts');
