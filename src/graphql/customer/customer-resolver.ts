// Asks for one customer, or for pages of them.
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { recentProject } from "../../projects/projects.js";
import { findCustomer } from "../../query/customer.js";
import { previewSegment } from "../../query/preview.js";
import type { RequestContext } from "../server/context.js";
import { invalidFilter } from "../server/errors.js";
import { CustomerConnectionType, countedExactly } from "./customer-connection-type.js";
import { customerKey } from "./customer-key.js";
import { CustomerPageArguments, pageComplexity, pageRequest } from "./customer-page-arguments.js";
import { CustomerType } from "./customer-type.js";

// True of every customer, since none is without a source id.
const everyone = "source_id has any value";

@Resolver()
export class CustomerResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description: "One customer, by either id; null where there is none.",
  })
  async customer(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { nullable: true, description: "The customer's `id`." }) id?: string | null,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "The customer's id where they come from; case matters.",
    })
    sourceId?: string | null,
  ): Promise<CustomerType | null> {
    const wanted = customerKey(id, sourceId);
    const { engine, project } = context;
    const { currency } = await recentProject(engine, project);
    const found = await findCustomer(engine, project, wanted);
    return found === undefined ? null : new CustomerType(found, currency);
  }

  @Query(() => CustomerConnectionType, {
    complexity: (options) => 500 + pageComplexity(options),
    description: "The project's customers: all of them, or those that a query of the segment language finds.",
  })
  async customers(
    @Ctx() context: RequestContext,
    @Arg("filter", () => String, {
      nullable: true,
      description:
        "A sentence of the segment language; everyone where it is left out. One with mistakes is an error of code `BAD_USER_INPUT`, with the diagnostics in its extensions.",
    })
    filter: string | null | undefined,
    @Args(() => CustomerPageArguments) written: CustomerPageArguments,
  ): Promise<CustomerConnectionType> {
    const { engine, project, signal } = context;
    const { answer, diagnostics } = await previewSegment(engine, project, { query: filter ?? everyone });
    if (answer === undefined) throw invalidFilter(diagnostics);
    const page = await answer.customers(pageRequest(written), { signal });
    const { currency } = await recentProject(engine, project);
    return new CustomerConnectionType(page, currency, () => answer.countUpTo(countedExactly, { signal }));
  }
}
