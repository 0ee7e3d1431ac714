// OpenTelemetry spans of requests: one for each operation, and one for each root field. Without an SDK, they cost nothing.
import type { ApolloServerPlugin } from "@apollo/server";
import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import type { RequestContext } from "./context.js";

const tracer = trace.getTracer("segmentql");

/** Spans carry names and outcomes, and no data. */
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
      async executionDidStart() {
        if (!span.isRecording()) return;
        return {
          willResolveField({ info }) {
            if (info.path.prev !== undefined) return;
            const field = tracer.startSpan(`graphql.field ${info.fieldName}`);
            return (error) => {
              if (error) field.setStatus({ code: SpanStatusCode.ERROR });
              field.end();
            };
          },
        };
      },
      async willSendResponse({ errors }) {
        if (errors?.length) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  },
};
