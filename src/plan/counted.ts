// Which records count. All other records are stored but count nowhere.

/** The status of an order that does not count. */
export const canceledStatus = "CANCELED";

/** The result of a redemption that counts. */
export const succeededResult = "SUCCESS";
