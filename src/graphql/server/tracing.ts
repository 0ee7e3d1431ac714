// OpenTelemetry spans of requests: one for each operation, and one for each root field. Without an SDK, they are free.
import type { ApolloServerPlugin } from "@apollo/server";
import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import type { RequestContext } from "./context.js";

const tracer = trace.getTracer("segmentql");

/** Spans contain names and outcomes, but no data. */
export const tracingPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    const span: Span = tracer.startSpan("graphql");
    return {
      async didResolveOperation({ operation, operationName, contextValue }) {
        span.updateName(`graphql ${operation?.operation ?? "unknown"}`);
        span.setAttribute("graphql.operation.type", operation?.operation ?? "unknown");
        if (operationName) span.setAttribute("graphql.operation.name", operationName);
        span.setAttribute("segmentql.project", contextValue.project);
        span.setAttribute("segmentql.caller", contextValue.caller.kind);
      },
      async willSendResponse({ errors }) {
        if (errors?.length) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  },
};

/** Wraps the fields of Query and Mutation in spans. */
export function traceRootFields(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = async (...given) => {
        const span = tracer.startSpan(`graphql.field ${field.name}`);
        try {
          return await resolve(...given);
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      };
    }
  }
}
