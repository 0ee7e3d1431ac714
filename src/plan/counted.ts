// Which records count. Every other record is stored and counts nowhere.

/** The status of an order that does not count. */
export const canceledStatus = "CANCELED";

/** The result of a redemption that counts. */
export const succeededResult = "SUCCESS";
