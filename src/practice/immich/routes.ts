/** All routes in one table, and the way from a path to its route. */
import { albumRoutes } from './albums.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { assetMetadataRoutes } from './asset-metadata.ts';
import { assetRoutes } from './assets.ts';
import { checkRoutes } from './check.ts';
import { downloadRoutes } from './download.ts';
import type { Route } from './parts.ts';
import { matchPath } from './paths.ts';
import { queueRoutes } from './queues.ts';
import { searchRoutes } from './search.ts';
import { serverRoutes } from './server.ts';
import { sharedLinkRoutes } from './shared-links.ts';
import { sharingRoutes } from './sharing.ts';
import { stackRoutes } from './stacks.ts';
import { tagRoutes } from './tags.ts';
import { trashRoutes } from './trash.ts';
import { uploadRoutes } from './upload.ts';
import { userRoutes } from './users.ts';

// The hottest first; literal paths stand before those with parameters in each group.
const all: readonly Route[] = [
  ...checkRoutes,
  ...uploadRoutes,
  ...downloadRoutes,
  ...assetMetadataRoutes,
  ...assetRoutes,
  ...searchRoutes,
  ...trashRoutes,
  ...sharingRoutes,
  ...sharedLinkRoutes,
  ...albumRoutes,
  ...tagRoutes,
  ...stackRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...serverRoutes,
  ...queueRoutes,
];

export function routesOf(version: string): readonly Route[] {
  return all.filter((route) => route.version === undefined || route.version === version);
}

/** HEAD is answered by the route of GET. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Record<string, string> } | undefined {
  const verb = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    if (route.method !== verb) continue;
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return undefined;
}
