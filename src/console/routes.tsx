// The pages by their addresses. Explore is there at once; the others are loaded as they are opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { ExplorePage } from "./explore/ExplorePage.js";
import { readExploreSearch } from "./explore/search.js";
import { NotFound } from "./shell/NotFound.js";
import { Shell } from "./shell/Shell.js";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const explore = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: ExplorePage,
  validateSearch: readExploreSearch,
});

export const router = createRouter({
  routeTree: root.addChildren([explore]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

void lazyRouteComponent;

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
