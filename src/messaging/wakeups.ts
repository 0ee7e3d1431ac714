// Wakes the work on distributions in this process when it has changed one.
import { storeListeners } from "../store/listeners.js";

const listeners = storeListeners<[]>();

/** Wakes the listeners; call it after a distribution was started, resumed or canceled, and after a message was planned again. */
export const distributionsChanged = listeners.call;

/** Calls a listener whenever this process has changed a distribution. @returns a function that unsubscribes it. */
export const onDistributionsChanged = listeners.subscribe;
