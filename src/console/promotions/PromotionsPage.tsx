// Campaigns, and the validation rules that they refer to.
import { Link, useNavigate } from "@tanstack/react-router";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { promotionStrings } from "../en-promotions.js";
import { formatCount } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { Page, Section } from "../parts/Page.js";
import { Sure } from "../parts/Sure.js";
import { EmptyNote, FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { CampaignForm } from "./CampaignForm.js";
import {
  CampaignsDocument,
  type CampaignsQuery,
  DeleteRuleDocument,
  type RuleRowFragment,
  ValidationRulesDocument,
} from "./generated.js";
import { RuleForm } from "./RuleForm.js";
import { limitsOf } from "./rule-words.js";

type Campaign = CampaignsQuery["campaigns"]["nodes"][number];
type Open = "campaign" | { readonly rule: RuleRowFragment | undefined };

/** The page. */
export function PromotionsPage(): ReactNode {
  const navigate = useNavigate();
  const { refresh } = useProject();
  // Two questions, since both lists whole are more than one may cost.
  const ofCampaigns = useAnswer(CampaignsDocument, {});
  const ofRules = useAnswer(ValidationRulesDocument, {});
  const failure = ofCampaigns.failure ?? ofRules.failure;
  const retry = (): void => {
    ofCampaigns.retry();
    ofRules.retry();
  };
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const { list, form } = promotionStrings;
  const campaigns = ofCampaigns.data?.campaigns.nodes;
  const rules = ofRules.data?.validationRules.nodes;
  const openedRule = typeof open === "object" ? open.rule : undefined;
  return (
    <Page
      title={strings.nav.promotions}
      actions={
        <>
          <button type="button" className="button" onClick={() => setOpen({ rule: undefined })}>
            <Plus size={15} aria-hidden="true" /> {list.newRule}
          </button>
          <button type="button" className="button button-main" onClick={() => setOpen("campaign")}>
            <Plus size={15} aria-hidden="true" /> {list.newCampaign}
          </button>
        </>
      }
    >
      <SlowNote answer={campaigns === undefined ? ofCampaigns : ofRules} />
      {failure === undefined ? null : <FailureNote failure={failure} retry={retry} />}
      {campaigns === undefined || rules === undefined ? (
        failure === undefined && <Skeleton lines={8} />
      ) : (
        <>
          <Section title={list.campaigns}>
            {campaigns.length === 0 ? (
              <EmptyNote title={list.none} more={list.noneMore} />
            ) : (
              <CampaignTable campaigns={campaigns} />
            )}
          </Section>
          <Section title={list.rules}>
            {rules.length === 0 ? <EmptyNote title={list.noRules} more={list.noRulesMore} /> : null}
            <ul className="cards">
              {rules.map((rule) => (
                <RuleCard key={rule.id} rule={rule} onEdit={() => setOpen({ rule })} onChanged={retry} />
              ))}
            </ul>
          </Section>
        </>
      )}
      <Sheet title={form.newCampaign} isOpen={open === "campaign"} onClose={close}>
        <CampaignForm
          campaign={undefined}
          rules={rules ?? []}
          onClose={close}
          onSaved={(id) => void refresh().then(() => navigate({ to: "/promotions/$id", params: { id } }))}
        />
      </Sheet>
      <Sheet
        title={openedRule === undefined ? form.newRule : form.editRule(openedRule.name)}
        isOpen={typeof open === "object"}
        onClose={close}
        size="large"
      >
        <RuleForm
          rule={openedRule}
          onClose={close}
          onSaved={() => {
            close();
            retry();
          }}
        />
      </Sheet>
    </Page>
  );
}

function CampaignTable({ campaigns }: { readonly campaigns: readonly Campaign[] }): ReactNode {
  const { names } = useProject();
  const { list, kinds } = promotionStrings;
  const { columns } = list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" tabIndex={0} aria-label={list.rows}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.rules}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col" className="table-figure">
              {columns.codes}
            </th>
            <th scope="col" className="table-figure">
              {columns.redeemed}
            </th>
            <th scope="col">{columns.limits}</th>
          </tr>
        </thead>
        <tbody>
          {campaigns.map((campaign) => (
            <tr key={campaign.id}>
              <th scope="row">
                <Link to="/promotions/$id" params={{ id: campaign.id }} className="table-link">
                  {campaign.name}
                </Link>
                <span className="table-sub">{campaign.text}</span>
              </th>
              <td>{kinds[campaign.kind]}</td>
              <td>{campaign.rules.map(({ name }) => name).join(", ") || list.everyone}</td>
              <td>{campaign.active ? list.active : list.inactive}</td>
              <td className="table-figure">
                {campaign.codes.totalCount === null
                  ? strings.state.unknown
                  : formatCount(campaign.codes.totalCount)}
              </td>
              <td className="table-figure">{formatCount(campaign.redemptionsCount)}</td>
              <td>
                {campaign.rules
                  .flatMap((rule) => limitsOf(rule, names.timezone, names.currency) ?? [])
                  .join(" · ") || list.noLimits}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RuleProps {
  readonly rule: RuleRowFragment;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

function RuleCard({ rule, onEdit, onChanged }: RuleProps): ReactNode {
  const { names } = useProject();
  const { list, campaign: words, form } = promotionStrings;
  const remove = useAction(async () => {
    refuse((await change(DeleteRuleDocument, { id: rule.id })).validationRuleDelete);
    onChanged();
  });
  return (
    <li className="card">
      <header className="list-header">
        <strong className="card-title">{rule.name}</strong>
        <span className="page-actions">
          <button
            type="button"
            className="button button-icon"
            aria-label={form.editRule(rule.name)}
            onClick={onEdit}
          >
            <Pencil size={15} aria-hidden="true" />
          </button>
          <Sure action={remove} sure={list.deleteRule(rule.name)} keep={list.keep}>
            {(ask) => (
              <button
                type="button"
                className="button button-icon"
                aria-label={`${words.delete} ${rule.name}`}
                onClick={ask}
              >
                <Trash2 size={15} aria-hidden="true" />
              </button>
            )}
          </Sure>
        </span>
      </header>
      <p>{rule.audience ?? list.everyone}</p>
      <p className="hint">{limitsOf(rule, names.timezone, names.currency) ?? list.noLimits}</p>
    </li>
  );
}
