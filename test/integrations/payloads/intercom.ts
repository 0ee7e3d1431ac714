// Payloads of Intercom's webhooks, with the fields of its documentation
// (https://developers.intercom.com/docs/references/webhooks/webhook-models).
import { jsonText } from "../deliveries.js";

const contact = {
  type: "contact",
  id: "6784f2a5b8ee8f7e6f1f2c3d",
  workspace_id: "a86dr8yl",
  external_id: "25",
  role: "user",
  email: "Hoban@Serenity.ship",
  phone: "+1123456789",
  name: "Hoban Washburne",
  created_at: 1_760_000_000,
  updated_at: 1_764_500_000,
  signed_up_at: 1_760_000_000,
  unsubscribed_from_emails: false,
  has_hard_bounced: false,
  language_override: null,
  browser: "chrome",
  location: { type: "location", country: "Ireland", region: "Leinster", city: "Dublin" },
  custom_attributes: { plan: "pro", monthly_spend: 49.5, teams: null },
  tags: { type: "list", data: [], total_count: 0 },
};

export interface IntercomNotification {
  readonly topic: string;
  /** Seconds since the epoch. */
  readonly updatedAt?: number;
  readonly id?: string;
  readonly changes?: object;
  /** Instead of a contact. */
  readonly item?: object;
}

export function intercomPayload({
  topic,
  updatedAt,
  id = "notif_78c122d0",
  changes,
  item,
}: IntercomNotification): string {
  return jsonText({
    type: "notification_event",
    app_id: "a86dr8yl",
    topic,
    id,
    created_at: updatedAt ?? contact.updated_at,
    delivery_attempts: 1,
    data: {
      type: "notification_event_data",
      item: item ?? { ...contact, ...(updatedAt === undefined ? {} : { updated_at: updatedAt }), ...changes },
    },
  });
}
