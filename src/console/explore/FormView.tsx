// The sentence as rows and groups. It is the same text: each change here edits the corresponding stretch of text.
import { Ban, FolderPlus, Plus, Trash2 } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { strings } from "../en.js";
import {
  addCondition,
  addGroup,
  applyEdits,
  joinOtherwise,
  negateNode,
  removeNode,
  type Written,
} from "../language/edits.js";
import type { Analysis, Edit, FormNode, Part, Row, RowGroup } from "../language/protocol.js";
import { Popup } from "../parts/Popup.js";
import { useProject } from "../shell/project.js";
import { NewCondition } from "./NewCondition.js";

interface Props {
  readonly analysis: Analysis;
  /** Called with the text after a change. */
  readonly onText: (text: string) => void;
  readonly onPart: (part: Part, place: DOMRect) => void;
  readonly asOf: number;
}

interface Context extends Props {
  readonly written: Written;
  readonly root: FormNode | undefined;
  readonly edit: (edits: readonly Edit[]) => void;
}

/** The form. */
export function FormView(props: Props): ReactNode {
  const { analysis, onText } = props;
  const comments = analysis.tokens.filter(({ role }) => role === "comment");
  const written = { text: analysis.text, comments };
  const isEmpty = analysis.text.trim() === "";
  const context: Context = {
    ...props,
    written,
    root: analysis.form,
    edit: (edits) => onText(applyEdits(analysis.text, edits)),
  };
  return (
    <fieldset className="form-view">
      <legend className="hidden">{strings.form.label}</legend>
      {comments.map(({ from, to }) => (
        <p key={from} className="form-comment">
          {analysis.text.slice(from, to)}
        </p>
      ))}
      {isEmpty ? <p className="hint">{strings.form.empty}</p> : null}
      {analysis.form === undefined ? (
        isEmpty ? null : (
          <p className="hint">{strings.form.incomplete}</p>
        )
      ) : (
        <Node node={analysis.form} context={context} />
      )}
      {analysis.form?.kind === "group" || (analysis.form === undefined && !isEmpty) ? null : (
        <Adders node={analysis.form} context={context} />
      )}
    </fieldset>
  );
}

interface NodeProps<Kind extends FormNode = FormNode> {
  readonly node: Kind;
  readonly context: Context;
  readonly isNegated?: boolean;
}

function Node({ node, context, isNegated = false }: NodeProps): ReactNode {
  if (node.kind === "not") return <Node node={node.child} context={context} isNegated={!isNegated} />;
  if (node.kind === "row") return <RowView node={node} context={context} isNegated={isNegated} />;
  return <GroupView node={node} context={context} isNegated={isNegated} />;
}

function GroupView({ node, context, isNegated }: NodeProps<RowGroup>): ReactNode {
  const { written, root, edit } = context;
  const joins = node.quantified ? (["and", "or", "none"] as const) : (["and", "or"] as const);
  const names = { and: strings.form.all, or: strings.form.any, none: strings.form.none };
  return (
    <fieldset className="form-group">
      <legend className="form-legend">
        {isNegated ? <strong className="form-not">{strings.form.not}</strong> : null}
        <select
          className="field field-small"
          aria-label={strings.form.join}
          value={node.join}
          onChange={({ target }) => {
            const join = joins.find((each) => each === target.value);
            if (join !== undefined) edit(joinOtherwise(written, node, join));
          }}
        >
          {joins.map((join) => (
            <option key={join} value={join}>
              {names[join]}
            </option>
          ))}
        </select>
        {node === root ? null : (
          <NodeActions node={node} context={context} label={strings.form.removeGroup} />
        )}
      </legend>
      {node.children.map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place among the others.
        <Node key={index} node={child} context={context} />
      ))}
      <Adders node={node} context={context} />
    </fieldset>
  );
}

function NodeActions({
  node,
  context,
  label,
}: {
  readonly node: FormNode;
  readonly context: Context;
  readonly label: string;
}): ReactNode {
  const { written, root, edit } = context;
  if (root === undefined) return null;
  return (
    <span className="form-actions">
      <button
        type="button"
        className="button button-icon"
        aria-label={strings.form.negate}
        title={strings.form.negate}
        onClick={() => edit(negateNode(written, root, node))}
      >
        <Ban size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={label}
        title={label}
        onClick={() => edit(removeNode(written, root, node))}
      >
        <Trash2 size={15} aria-hidden="true" />
      </button>
    </span>
  );
}

function RowView({ node, context, isNegated }: NodeProps<Row>): ReactNode {
  const { analysis, onPart } = context;
  let from = node.from;
  return (
    <div className="form-row">
      <span className="form-parts">
        {isNegated ? <strong className="form-not">{strings.form.not}</strong> : null}
        {node.parts.map((part) => {
          const between = analysis.text.slice(from, part.from).trim();
          from = part.to;
          return (
            <Fragment key={part.from}>
              {between === "" ? null : <span className="form-word">{between}</span>}
              <button
                type="button"
                className={`form-part q-${part.role}`}
                onClick={({ currentTarget }) => onPart(part, currentTarget.getBoundingClientRect())}
              >
                {part.text}
              </button>
            </Fragment>
          );
        })}
        {analysis.text.slice(from, node.to).trim() === "" ? null : (
          <span className="form-word">{analysis.text.slice(from, node.to)}</span>
        )}
      </span>
      <NodeActions node={node} context={context} label={strings.form.remove} />
    </div>
  );
}

function Adders({
  node,
  context,
}: {
  readonly node: FormNode | undefined;
  readonly context: Context;
}): ReactNode {
  const { language } = useProject();
  const { written, edit } = context;
  const add = async (name: string, how: typeof addCondition): Promise<void> => {
    const condition = await language.newCondition(name);
    if (condition !== undefined) edit(how(written, node, condition));
  };
  return (
    <div className="form-adders">
      {(
        [
          [strings.form.addCondition, addCondition, Plus],
          [strings.form.addGroup, addGroup, FolderPlus],
        ] as const
      ).map(([label, how, Icon]) => (
        <Popup
          key={label}
          title={strings.form.chooseFirst}
          button={
            <>
              <Icon size={14} aria-hidden="true" /> {label}
            </>
          }
        >
          {(close) => (
            <NewCondition
              asOf={context.asOf}
              onTake={(name) => {
                close();
                void add(name, how);
              }}
            />
          )}
        </Popup>
      ))}
    </div>
  );
}
