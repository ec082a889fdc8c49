/** The endpoints of the demo backend. What was uploaded or begun lives as long as the demo does. */
import { createBatchRoutes } from './batches.ts';
import { createFileRoutes } from './files.ts';
import { createMessageRoutes } from './messages.ts';
import { modelRoutes } from './models.ts';
import type { Route } from './response.ts';
import { createSkillRoutes } from './skills.ts';

export function createRoutes(): readonly Route[] {
  return [
    ...createMessageRoutes(),
    ...modelRoutes,
    ...createFileRoutes(),
    ...createBatchRoutes(),
    ...createSkillRoutes(),
  ];
}
