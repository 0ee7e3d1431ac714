// What the page on sources says, in English.

const count = (number: number): string => new Intl.NumberFormat("en").format(number);

export const sourceStrings = {
  kinds: {
    SHOPIFY: "Shopify",
    MAILCHIMP: "Mailchimp",
    INTERCOM: "Intercom",
    BIGCOMMERCE: "BigCommerce",
    ACTIVECAMPAIGN: "ActiveCampaign",
  },
  list: {
    title: "Connected systems",
    connect: "Connect a system",
    none: "No system is connected yet.",
    noneMore:
      "Shopify, Mailchimp, Intercom, BigCommerce and ActiveCampaign can send their customers and orders here as they change.",
    never: "nothing received yet",
    last: (ago: string) => `last delivery ${ago}`,
    accepted: (number: number) => `${count(number)} accepted`,
    ignored: (number: number) => `${count(number)} without a change`,
    rejected: (number: number) => `${count(number)} rejected`,
    paused: "Paused",
    receiving: "Receives",
    address: "Address",
    problems: (number: number) => (number === 1 ? "The last reason" : `The last ${number} reasons`),
    noTopic: "delivery",
    enterSecret: "Enter its secret",
    newSecret: "New secret",
    remove: (name: string) => `Remove ${name}`,
    removeSure: "Remove: deliveries are refused",
    keep: "Keep",
    settings: (name: string) => `Settings of ${name}`,
  },
  form: {
    title: "Connect a system",
    kind: "System",
    name: "Name",
    namePlaceholder: "Main shop",
    secret: "Secret (made if empty)",
    secretMore: {
      SHOPIFY:
        "If Shopify already shows the secret that it signs with, enter it here; it can be entered later.",
      MAILCHIMP: "It becomes part of the address that Mailchimp sends to.",
      INTERCOM: "The client secret of your Intercom app; it can be entered later.",
      BIGCOMMERCE: "BigCommerce sends it in a header of each delivery.",
      ACTIVECAMPAIGN: "It becomes part of the address that ActiveCampaign sends to.",
    },
    apiUrl: "Address of the store's API",
    apiToken: "Access token of the API",
    apiMore: "BigCommerce sends ids only: the records are fetched from its API.",
    keepUnknown: "Keep fields that have no place here as metadata",
    save: "Connect",
    saveSecret: "Save",
    replaceTitle: (name: string) => `The secret of ${name}`,
    replaceSecret: "Secret that it signs with",
    replaceMore: "For a day, the previous one is accepted, too.",
  },
  connected: {
    title: (name: string) => `Connect ${name}`,
    address: "Address to send to",
    secret: "Secret",
    once: "The secret is shown this once: copy it now.",
    publicAddress:
      "This page is opened at an address of this machine. Use the service's public address in its place.",
    done: "Done",
    copy: (what: string) => `Copy ${what}`,
    copied: "Copied",
    steps: {
      SHOPIFY: [
        "In the shop's admin, open Settings, Notifications, Webhooks.",
        "Create a webhook in the format JSON to this address for each of: customer creation, update and deletion; order creation, update, payment and cancellation.",
        "That page then shows the secret that Shopify signs with. Enter it at this source.",
      ],
      MAILCHIMP: [
        "In the audience's settings, open Webhooks and add this address, which holds the secret.",
        "Choose subscribes, unsubscribes, profile updates, cleaned addresses and email changes.",
      ],
      INTERCOM: [
        "In the developer hub, open your app, Webhooks, and enter this address.",
        "Choose the topics on contacts.",
        "Enter the client secret of the app, from Basic information, at this source.",
      ],
      BIGCOMMERCE: [
        "Create a webhook of the store by its API for store/customer/* and store/order/* to this address.",
        "Give it the header X-SegmentQL-Secret with this secret.",
      ],
      ACTIVECAMPAIGN: [
        "Under Settings, Developer, Manage webhooks, add this address, which holds the secret.",
        "Choose subscribes, unsubscribes, contact updates, tags added and tags removed.",
      ],
    },
  },
  widget: {
    title: "Web widget",
    more: "A script that the shop's own pages include: it identifies a visitor, takes consents and records events. Put this before the end of each page's head:",
    key: "Create a public key",
    keyName: "Web widget",
    keyMore:
      "The key can only send events and profiles: it may be public. Create one to complete the snippet.",
    keyOnce: "The key is shown this once: copy the snippet now.",
    noAdmin:
      "There is no key yet. With the first, every request needs one: create an admin key in the settings first.",
    settings: "Settings",
    origins: "The pages' origin has to be in SEGMENTQL_CORS_ORIGINS of the service.",
    snippet: "the snippet",
    calls: "Then, anywhere on the page:",
  },
} as const;
