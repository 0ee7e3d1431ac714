// Payloads of ActiveCampaign's webhooks, with the fields of its documentation
// (https://developers.activecampaign.com/page/webhooks).
import { formText } from "../deliveries.js";

const contact = {
  initiated_from: "admin",
  initiated_by: "admin",
  list: "0",
  "contact[id]": "42",
  "contact[email]": "Test@Test.com",
  "contact[first_name]": "Jane",
  "contact[last_name]": "Doe",
  "contact[phone]": "312-555-0100",
  "contact[ip]": "127.0.0.1",
  "contact[tags]": "vip, newsletter",
  "contact[orgname]": "Acme",
  "contact[fields][favourite_colour]": "blue",
  customer_acct_name: "acme",
};

/** @param time the `date_time` of the delivery, with its offset. */
export function activecampaignPayload(type: string, time: string, changes: object = {}): string {
  return formText({ type, date_time: time, ...contact, ...changes });
}
