// The pages, in the order in which they are listed.
import { Activity, Compass, Database, Layers, Mail, Plug, Settings, Ticket, Users } from "lucide-react";
import { strings } from "../en.js";

export const pages = [
  { to: "/", label: strings.nav.explore, icon: Compass },
  { to: "/segments", label: strings.nav.segments, icon: Layers },
  { to: "/customers", label: strings.nav.customers, icon: Users },
  { to: "/promotions", label: strings.nav.promotions, icon: Ticket },
  { to: "/messages", label: strings.nav.messages, icon: Mail },
  { to: "/feed", label: strings.nav.feed, icon: Activity },
  { to: "/data", label: strings.nav.data, icon: Database },
  { to: "/sources", label: strings.nav.sources, icon: Plug },
  { to: "/settings", label: strings.nav.settings, icon: Settings },
] as const;
