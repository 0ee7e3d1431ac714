// Goes to a page, a segment, a customer or a sentence from the keyboard: Ctrl+K.
import { useNavigate, useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { searchSentence } from "../audience/search-sentence.js";
import { OptionList } from "../controls/OptionList.js";
import { useRested } from "../data/answer.js";
import { ask } from "../data/client.js";
import { EveryoneListDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { askedSentences } from "../explore/history.js";
import type { ExploreSearch } from "../explore/search.js";
import { templatesFor } from "../explore/templates.js";
import { pages } from "./pages.js";
import { useProject } from "./project.js";

interface Goal {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly go: () => void;
}

const maxCustomers = 6;
const maxOptions = 40;

/** The list; `onClose` once something was chosen. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const router = useRouter();
  const { names } = useProject();
  const [search, setSearch] = useState("");
  const [customers, setCustomers] = useState<readonly Goal[]>([]);
  const rested = useRested(search, 150);
  useEffect(() => {
    const query = searchSentence(rested);
    if (query === "" || rested.trim().length < 2) {
      setCustomers([]);
      return;
    }
    let isOver = false;
    ask(EveryoneListDocument, {
      query,
      first: maxCustomers,
      after: null,
      sortBy: "NAME",
      descending: false,
    }).then(
      (answer) =>
        isOver ||
        setCustomers(
          answer.customers.nodes.map(({ id, name, email, sourceId }) => ({
            key: `customer ${id}`,
            label: name ?? email ?? sourceId,
            detail: strings.profile.title,
            go: () => void navigate({ to: "/customers/$id", params: { id } }),
          })),
        ),
      () => isOver || setCustomers([]),
    );
    return () => {
      isOver = true;
    };
  }, [rested, navigate]);
  const explore = (q: string) => () => void navigate({ to: "/", search: { q } });
  const fixed: readonly Goal[] = [
    ...pages.map(({ to, label }) => ({
      key: to,
      label,
      detail: strings.palette.page,
      go: () => void navigate({ to }),
    })),
    {
      key: "tour",
      label: strings.explore.tour,
      detail: strings.nav.explore,
      // On Explore, the tour is of what is there.
      go: () =>
        void navigate({
          to: "/",
          search: (before: ExploreSearch) => ({
            ...(router.latestLocation.pathname === "/" ? before : { q: templatesFor(names)[0]?.query }),
            tour: 1,
          }),
        }),
    },
    ...names.segments.map(({ id, name }) => ({
      key: `segment ${id}`,
      label: name,
      detail: strings.palette.segment,
      go: () => void navigate({ to: "/segments/$id", params: { id } }),
    })),
    ...templatesFor(names).map(({ name, query }) => ({
      key: `template ${name}`,
      label: name,
      detail: strings.palette.template,
      go: explore(query),
    })),
    ...askedSentences().map(({ text }) => ({
      key: `asked ${text}`,
      label: text,
      detail: strings.palette.asked,
      go: explore(text),
    })),
  ];
  const wanted = search.trim().toLowerCase();
  const goals = [
    ...fixed.filter(({ label }) => label.toLowerCase().includes(wanted)),
    ...customers,
    ...(wanted === ""
      ? []
      : [
          {
            key: "ask",
            label: strings.palette.ask(search),
            detail: strings.nav.explore,
            go: explore(search),
          },
        ]),
  ].slice(0, maxOptions);
  return (
    <OptionList
      label={strings.nav.palette}
      search={search}
      onSearch={setSearch}
      options={goals}
      onTake={(key) => {
        onClose();
        goals.find((goal) => goal.key === key)?.go();
      }}
    />
  );
}
