// What the code of a file looks like: its functions by length, and its switches.
import ts from "typescript";

interface FunctionShape {
  readonly name: string;
  readonly line: number;
  /** Its lines without those of the functions in it. */
  readonly lines: number;
  /** True of a component of the console: a function of a `.tsx` file with a capital name. */
  readonly isComponent: boolean;
  /** The comment before it, or before what it is the value or a member of. */
  readonly comment: string;
}

interface SwitchShape {
  readonly line: number;
  /** True if the default says why there is one, or that no kind is left for it. */
  readonly saysWhatIsLeft: boolean;
}

export interface FileShape {
  readonly lines: number;
  readonly functions: readonly FunctionShape[];
  readonly switches: readonly SwitchShape[];
}

/** The shape of a file. @param path with the extension that says how it is read. */
export function shapeOf(path: string, text: string): FileShape {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const commentBefore = (node: ts.Node): string =>
    (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      .map(({ pos, end }) => text.slice(pos, end))
      .join("\n");
  const functions: FunctionShape[] = [];
  const switches: SwitchShape[] = [];

  /** Visits a node, and returns the lines of it that are within functions. */
  const visit = (node: ts.Node): number => {
    if (ts.isSwitchStatement(node)) {
      const last = node.caseBlock.clauses.find(ts.isDefaultClause);
      const isFine =
        last === undefined || /\bsatisfies\b/.test(last.getText()) || commentBefore(last).length > 0;
      switches.push({ line: lineAt(node.getStart()), saysWhatIsLeft: isFine });
    }
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += visit(child);
    });
    if (!isFunction(node)) return inner;
    const line = lineAt(node.getStart());
    const lines = lineAt(node.end) - line + 1;
    const name = nameOf(node);
    functions.push({
      name,
      line,
      lines: lines - inner,
      isComponent: kind === ts.ScriptKind.TSX && /^[A-Z]/.test(name),
      comment: commentBefore(declarationOf(node)),
    });
    // Its first and last line belong to the enclosing function, too.
    return Math.max(0, lines - 2);
  };
  visit(file);
  return { lines: text.split("\n").length - 1, functions, switches };
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name.getText()
    : "a function";
}

/** The statement or member that a function is, or is the value of. */
function declarationOf(node: ts.Node): ts.Node {
  if (ts.isStatement(node) || ts.isClassElement(node) || ts.isObjectLiteralElement(node)) return node;
  return node.parent === undefined ? node : declarationOf(node.parent);
}
