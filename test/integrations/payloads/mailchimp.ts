// Payloads of Mailchimp's webhooks, with the fields of its documentation
// (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks).
import { formText } from "../deliveries.js";

const contact = {
  "data[id]": "8a25ff1d98",
  "data[web_id]": "234305517",
  "data[list_id]": "a6b5da1054",
  "data[email]": "Api@Mailchimp.com",
  "data[email_type]": "html",
  "data[ip_opt]": "10.20.10.30",
  "data[merges][EMAIL]": "Api@Mailchimp.com",
  "data[merges][FNAME]": "Mail",
  "data[merges][LNAME]": "Chimp",
  "data[merges][PHONE]": "+1-555-123-4567",
  "data[merges][BIRTHDAY]": "05/15",
  "data[merges][ADDRESS][addr1]": "123 Main St",
  "data[merges][ADDRESS][city]": "San Francisco",
  "data[merges][ADDRESS][state]": "CA",
  "data[merges][ADDRESS][zip]": "94105",
  "data[merges][ADDRESS][country]": "US",
  "data[merges][INTERESTS]": "Group1,Group2",
};

/** @param time the `fired_at` of the delivery, in UTC. */
export const mailchimpPayloads = {
  subscribe: (time: string, changes: object = {}) =>
    formText({ type: "subscribe", fired_at: time, "data[ip_signup]": "10.20.10.30", ...contact, ...changes }),
  unsubscribe: (time: string) =>
    formText({
      type: "unsubscribe",
      fired_at: time,
      "data[action]": "unsub",
      "data[reason]": "manual",
      "data[campaign_id]": "cb398d21d2",
      ...contact,
    }),
  profile: (time: string, changes: object = {}) =>
    formText({ type: "profile", fired_at: time, ...contact, ...changes }),
  cleaned: (time: string) =>
    formText({
      type: "cleaned",
      fired_at: time,
      "data[list_id]": "a6b5da1054",
      "data[campaign_id]": "4fjk2ma9xd",
      "data[reason]": "hard",
      "data[email]": "api@mailchimp.com",
    }),
  upemail: (time: string) =>
    formText({
      type: "upemail",
      fired_at: time,
      "data[list_id]": "a6b5da1054",
      "data[new_id]": "51da8c3259",
      "data[new_email]": "api+new@mailchimp.com",
      "data[old_email]": "api@mailchimp.com",
    }),
  campaign: (time: string) =>
    formText({
      type: "campaign",
      fired_at: time,
      "data[id]": "5aa2102003",
      "data[subject]": "Test Campaign Subject",
      "data[status]": "sent",
      "data[reason]": "",
      "data[list_id]": "a6b5da1054",
    }),
} as const;
