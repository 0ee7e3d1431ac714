// A campaign: who may redeem it, its codes, what was redeemed, and a way to try it.
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Pencil, Power, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { AudienceCount } from "../audience/AudienceCount.js";
import { useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { promotionStrings } from "../en-promotions.js";
import { Sheet } from "../parts/overlays.js";
import { Page } from "../parts/Page.js";
import { EmptyNote, FailureNote, LoadingPage, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { CampaignForm } from "./CampaignForm.js";
import { Codes } from "./Codes.js";
import {
  CampaignDocument,
  type CampaignRowFragment,
  DeleteCampaignDocument,
  type RuleRowFragment,
  UpdateCampaignDocument,
  ValidationRulesDocument,
} from "./generated.js";
import { Redemptions } from "./Redemptions.js";
import { RuleForm } from "./RuleForm.js";
import { limitsOf } from "./rule-words.js";
import { TryRedemption } from "./TryRedemption.js";
import { campaignTabs, readCampaignTab } from "./tabs.js";

/** The page of the campaign that the address names. */
export function CampaignPage(): ReactNode {
  const { id } = useParams({ from: "/promotions/$id" });
  const answer = useAnswer(CampaignDocument, { id });
  const { data, failure, retry } = answer;
  if (failure !== undefined) return <FailureNote failure={failure} retry={retry} />;
  if (data === undefined || (data.campaign !== null && data.campaign.id !== id)) {
    return (
      <>
        <SlowNote answer={answer} />
        <LoadingPage />
      </>
    );
  }
  if (data.campaign === null) {
    return (
      <EmptyNote title={promotionStrings.campaign.missing}>
        <Link to="/promotions" className="button">
          {strings.nav.promotions}
        </Link>
      </EmptyNote>
    );
  }
  return <Shown campaign={data.campaign} onChanged={retry} />;
}

interface ShownProps {
  readonly campaign: CampaignRowFragment;
  readonly onChanged: () => void;
}

function Shown({ campaign, onChanged }: ShownProps): ReactNode {
  const { tab = "rules" } = useSearch({ from: "/promotions/$id" });
  const navigate = useNavigate({ from: "/promotions/$id" });
  const { campaign: words, kinds, list } = promotionStrings;
  return (
    <Page title={campaign.name} actions={<Actions campaign={campaign} onChanged={onChanged} />}>
      <section className="segment-head">
        <p className="segment-sentence">{campaign.text}</p>
        <p className="segment-facts">
          {kinds[campaign.kind]} · {campaign.active ? list.active : list.inactive} ·{" "}
          {campaign.requiresCode ? words.withCode : words.withoutCode} ·{" "}
          {words.redeemed(campaign.redemptionsCount)}
        </p>
      </section>
      <div className="campaign">
        <Tabs
          className="tabs"
          selectedKey={tab}
          onSelectionChange={(key) => void navigate({ search: readCampaignTab({ tab: key }), replace: true })}
        >
          <TabList className="tab-list" aria-label={campaign.name}>
            {campaignTabs.map((each) => (
              <Tab key={each} id={each} className="tab">
                {words.tabs[each]}
              </Tab>
            ))}
          </TabList>
          <TabPanel id="rules" className="tab-panel">
            <Rules rules={campaign.rules} onChanged={onChanged} />
          </TabPanel>
          <TabPanel id="codes" className="tab-panel">
            <Codes campaign={campaign} />
          </TabPanel>
          <TabPanel id="redemptions" className="tab-panel">
            <Redemptions campaign={campaign} onChanged={onChanged} />
          </TabPanel>
        </Tabs>
        <TryRedemption campaign={campaign} />
      </div>
    </Page>
  );
}

function Rules({
  rules,
  onChanged,
}: {
  readonly rules: readonly RuleRowFragment[];
  readonly onChanged: () => void;
}): ReactNode {
  const { names } = useProject();
  const [edited, setEdited] = useState<RuleRowFragment>();
  const { campaign: words, form, list } = promotionStrings;
  const close = (): void => setEdited(undefined);
  if (rules.length === 0) return <p className="hint">{words.noRules}</p>;
  return (
    <>
      <ul className="cards">
        {rules.map((rule) => (
          <li key={rule.id} className="card">
            <header className="list-header">
              <strong className="card-title">{rule.name}</strong>
              <button type="button" className="button button-small" onClick={() => setEdited(rule)}>
                <Pencil size={14} aria-hidden="true" /> {words.edit}
                <span className="hidden"> {rule.name}</span>
              </button>
            </header>
            <p className="rule-sentence">{rule.audience ?? list.everyone}</p>
            <AudienceCount query={rule.audience ?? ""} says={words.mayRedeem} />
            <p className="hint">{limitsOf(rule, names.timezone, names.currency) ?? list.noLimits}</p>
          </li>
        ))}
      </ul>
      <Sheet
        title={form.editRule(edited?.name ?? "")}
        isOpen={edited !== undefined}
        onClose={close}
        size="large"
      >
        <RuleForm
          rule={edited}
          onClose={close}
          onSaved={() => {
            close();
            onChanged();
          }}
        />
      </Sheet>
    </>
  );
}

function Actions({ campaign, onChanged }: ShownProps): ReactNode {
  const navigate = useNavigate();
  const { refresh } = useProject();
  const [open, setOpen] = useState<"edit" | "delete">();
  const close = (): void => setOpen(undefined);
  const rules = useAnswer(ValidationRulesDocument, open === "edit" ? {} : undefined);
  const { campaign: words, form } = promotionStrings;
  const activate = useAction(async () => {
    const input = { by: { id: campaign.id }, active: !campaign.active };
    refuse((await change(UpdateCampaignDocument, { input })).campaignUpdate);
    onChanged();
  });
  const remove = useAction(async () => {
    refuse((await change(DeleteCampaignDocument, { id: campaign.id })).campaignDelete);
    await refresh();
    await navigate({ to: "/promotions" });
  });
  return (
    <>
      {activate.problem === undefined ? null : (
        <span className="problem" role="alert">
          {activate.problem}
        </span>
      )}
      <button type="button" className="button" disabled={activate.isBusy} onClick={() => void activate.run()}>
        <Power size={15} aria-hidden="true" /> {campaign.active ? words.deactivate : words.activate}
      </button>
      <button type="button" className="button" onClick={() => setOpen("edit")}>
        <Pencil size={15} aria-hidden="true" /> {words.edit}
      </button>
      <button type="button" className="button button-danger" onClick={() => setOpen("delete")}>
        <Trash2 size={15} aria-hidden="true" /> {words.delete}
      </button>
      <Sheet
        title={form.editCampaign(campaign.name)}
        isOpen={open === "edit" && rules.data !== undefined}
        onClose={close}
      >
        <CampaignForm
          campaign={campaign}
          rules={rules.data?.validationRules.nodes ?? []}
          onClose={close}
          onSaved={() => {
            close();
            onChanged();
          }}
        />
      </Sheet>
      <Sheet title={words.deleteTitle(campaign.name)} isOpen={open === "delete"} onClose={close}>
        <div className="sheet-body">
          <p>{words.deleteMore}</p>
          {remove.problem === undefined ? null : (
            <p className="problem" role="alert">
              {remove.problem}
            </p>
          )}
          <div className="popup-actions">
            <button
              type="button"
              className="button button-danger"
              disabled={remove.isBusy}
              onClick={() => void remove.run()}
            >
              {words.delete}
            </button>
            <button type="button" className="button" onClick={close}>
              {strings.save.cancel}
            </button>
          </div>
        </div>
      </Sheet>
    </>
  );
}
