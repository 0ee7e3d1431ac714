// The pages by their addresses. Explore is loaded at once; the others when they are opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { ExplorePage } from "./explore/ExplorePage.js";
import { readExploreSearch } from "./explore/search.js";
import { readDistributionTab } from "./messages/tabs.js";
import { readCampaignTab } from "./promotions/tabs.js";
import { readSegmentTab } from "./segments/tabs.js";
import { NotFound } from "./shell/NotFound.js";
import { Shell } from "./shell/Shell.js";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const explore = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: ExplorePage,
  validateSearch: readExploreSearch,
});

const segments = createRoute({
  getParentRoute: () => root,
  path: "/segments",
  component: lazyRouteComponent(() => import("./segments/SegmentsPage.js"), "SegmentsPage"),
  validateSearch: (search): { readonly search?: string; readonly archived?: boolean } => ({
    ...(typeof search.search === "string" && search.search !== "" ? { search: search.search } : {}),
    ...(search.archived === true ? { archived: true } : {}),
  }),
});

const segment = createRoute({
  getParentRoute: () => root,
  path: "/segments/$id",
  component: lazyRouteComponent(() => import("./segments/SegmentPage.js"), "SegmentPage"),
  validateSearch: readSegmentTab,
});

const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  component: lazyRouteComponent(() => import("./customers/CustomersPage.js"), "CustomersPage"),
  validateSearch: (search): { readonly search?: string } =>
    typeof search.search === "string" && search.search !== "" ? { search: search.search } : {},
});

const customer = createRoute({
  getParentRoute: () => root,
  path: "/customers/$id",
  component: lazyRouteComponent(() => import("./customers/ProfilePage.js"), "ProfilePage"),
});

const promotions = createRoute({
  getParentRoute: () => root,
  path: "/promotions",
  component: lazyRouteComponent(() => import("./promotions/PromotionsPage.js"), "PromotionsPage"),
});

const campaign = createRoute({
  getParentRoute: () => root,
  path: "/promotions/$id",
  component: lazyRouteComponent(() => import("./promotions/CampaignPage.js"), "CampaignPage"),
  validateSearch: readCampaignTab,
});

const messages = createRoute({
  getParentRoute: () => root,
  path: "/messages",
  component: lazyRouteComponent(() => import("./messages/MessagesPage.js"), "MessagesPage"),
});

const distribution = createRoute({
  getParentRoute: () => root,
  path: "/messages/$id",
  component: lazyRouteComponent(() => import("./messages/DistributionPage.js"), "DistributionPage"),
  validateSearch: readDistributionTab,
});

const sources = createRoute({
  getParentRoute: () => root,
  path: "/sources",
  component: lazyRouteComponent(() => import("./sources/SourcesPage.js"), "SourcesPage"),
});

const feed = createRoute({
  getParentRoute: () => root,
  path: "/feed",
  component: lazyRouteComponent(() => import("./feed/FeedPage.js"), "FeedPage"),
});

const data = createRoute({
  getParentRoute: () => root,
  path: "/data",
  component: lazyRouteComponent(() => import("./definitions/DataPage.js"), "DataPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsPage.js"), "SettingsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    explore,
    segments,
    segment,
    customers,
    customer,
    promotions,
    campaign,
    messages,
    distribution,
    feed,
    data,
    sources,
    settings,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
