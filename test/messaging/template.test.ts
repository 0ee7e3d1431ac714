// Templates: what is refused when they are saved, with the place and the mend, and what they become.
import { describe, expect, it } from "vitest";
import { checkTemplate, rendererOf } from "../../src/messaging/templates/template.js";
import { fieldsOf } from "../../src/messaging/templates/template-fields.js";
import { newProject } from "../../src/projects/projects.js";

const definition = {
  ...newProject("shop"),
  metadataSchema: { tier: "string", tags: "string[]" },
  eventSchemas: { cart_left: { total: "number" } },
} as const;
const fields = fieldsOf({ definition, hasCode: true, eventType: "cart_left" });

describe("a template is refused", () => {
  it.each([
    ["", "The body of a message is empty. Write what it says."],
    [
      "{{ customer.nmae }}",
      "The body, line 1, column 4: there is no field `customer.nmae`. Did you mean `customer.name`?",
    ],
    [
      "Hi\n {{ custmer.name }}",
      "The body, line 2, column 5: there is no field `custmer`. Did you mean `customer`?",
    ],
    [
      "{% if customer.metadata.teir %}x{% endif %}",
      "The body, line 1, column 7: there is no field `customer.metadata.teir`. Did you mean `customer.metadata.tier`?",
    ],
    ["{{ customer.name.first }}", "The body, line 1, column 4: `customer.name` has no field `first`."],
    [
      "{{ customer.metadata.tags.name }}",
      "The body, line 1, column 4: `customer.metadata.tags` has no field `name`.",
    ],
    [
      "{{ customer.address }}",
      "The body, line 1, column 4: `customer.address` has fields. Name one: `customer.address.city`, `customer.address.state`, `customer.address.postal_code`, `customer.address.country`.",
    ],
    [
      "{% assign x = 'name' %}{{ customer[x] }}",
      "The body, line 1, column 27: the field of `customer` is computed. Write its name.",
    ],
    [
      "{{ constructor }}",
      "The body, line 1, column 4: there is no field `constructor`. There are: `project`, `distribution`, `customer`, `code`, `event`.",
    ],
    ["{% include 'x' %}", 'The body is not a Liquid template: tag "include" not found, line:1, col:1.'],
    ["{% render 'x' %}", 'The body is not a Liquid template: tag "render" not found, line:1, col:1.'],
    ["{% layout 'x' %}", 'The body is not a Liquid template: tag "layout" not found, line:1, col:1.'],
    ["{{ customer.name | raw }}", "The body is not a Liquid template: undefined filter: raw, line:1, col:1."],
    [
      "{{ customer.name",
      'The body is not a Liquid template: output "{{ customer.name" not closed, line:1, col:1.',
    ],
    ["x".repeat(32_769), "The body has 32,769 characters; 32,768 is the most."],
  ])("%j", (body, message) => {
    const check = () => checkTemplate({ body }, "webhook", fields);
    expect(check).toThrow(expect.objectContaining({ code: "INVALID_TEMPLATE", field: "body", message }));
  });

  it("with `capture` in e-mail", () => {
    const body = "{% capture x %}<b>{% endcapture %}{{ x }}";
    expect(() => checkTemplate({ subject: "s", body }, "email", fields)).toThrow(
      'The body is not a Liquid template: tag "capture" not found, line:1, col:1. In e-mail, what `capture` collects would be escaped twice. Write it where it is used.',
    );
  });

  it("without a subject for e-mail, and with one for a webhook", () => {
    expect(() => checkTemplate({ body: "x" }, "email", fields)).toThrow("An e-mail needs a subject");
    expect(() => checkTemplate({ subject: "s", body: "x" }, "webhook", fields)).toThrow("Only an e-mail");
    expect(() => checkTemplate({ subject: "{{ x }}", body: "x" }, "email", fields)).toThrow(
      "The subject, line 1, column 4: there is no field `x`.",
    );
  });

  it("if it names a code and none is handed out, or an event and none is awaited", () => {
    const few = fieldsOf({ definition, hasCode: false });
    expect(() => checkTemplate({ body: "{{ code }}" }, "webhook", few)).toThrow("there is no field `code`");
    expect(() => checkTemplate({ body: "{{ event.type }}" }, "webhook", few)).toThrow("`event`");
  });
});

const values = {
  customer: {
    name: `<b>&"`,
    consents: ["a", "b"],
    metadata: { tags: ["x", "y"] },
    address: { city: "Łódź" },
  },
  code: "C-1",
  event: { type: "cart_left", at: "2026-05-01T10:00:00.000Z", properties: { total: 12 } },
};

describe("a template becomes", () => {
  it.each([
    ["{{ customer.name }}", "&lt;b&gt;&amp;&#34;"],
    ["{{ customer.name | escape }}{{ '<' | escape_once | xml_escape }}", "&lt;b&gt;&amp;&#34;&lt;"],
    ["{{ customer.name | upcase }}", "&lt;B&gt;&amp;&#34;"],
    ["{{ customer.email | default: 'you' }}", "you"],
    ["{{ customer.phone }}|", "|"],
    ["{% for tag in customer.metadata.tags %}{{ tag }}{{ forloop.index }} {% endfor %}", "x1 y2 "],
    ["{{ customer.consents.size }}{{ customer.consents.first }}", "2a"],
    ["{{ customer.address.city }} {{ code }} {{ event.properties.total | plus: 1 }}", "Łódź C-1 13"],
    ["{{ event.at | date: '%Y-%m-%d' }}", "2026-05-01"],
  ])("%j", (body, rendered) => {
    const template = checkTemplate({ subject: "s", body }, "email", fields);
    expect(rendererOf(template, "email")(values)).toEqual({ subject: "s", body: rendered });
  });

  it("plain text without escaping for a webhook, and a subject of one line", () => {
    expect(rendererOf({ body: "{{ customer.name }}" }, "webhook")(values)).toEqual({ body: `<b>&"` });
    const escaped = "{% capture name %}{{ customer.name | escape }}{% endcapture %}{{ name }}";
    expect(rendererOf({ body: escaped }, "webhook")(values)).toEqual({ body: "&lt;b&gt;&amp;&#34;" });
    const subject = "{{ customer.name }}\r\nBcc: all@example.com";
    expect(rendererOf({ subject, body: "x" }, "email")(values).subject).toBe(`<b>&" Bcc: all@example.com`);
  });
});

describe("rendering is bounded", () => {
  it.each([
    ["in memory", "{% for i in (1..100000000) %}x{% endfor %}"],
    ["in time", "{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}"],
    ["in output", `{% for i in (1..20000) %}${"x".repeat(100)}{% endfor %}`],
  ])("%s", (_, body) => {
    const render = rendererOf(checkTemplate({ body }, "webhook", fields), "webhook");
    expect(() => render(values)).toThrow(expect.objectContaining({ name: "TemplateError" }));
  });
});
