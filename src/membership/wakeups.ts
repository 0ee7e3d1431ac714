// Wakes the listeners of this process when it has written transitions.
import { storeListeners } from "../store/listeners.js";

const listeners = storeListeners<[project: string]>();

/** Wakes the listeners; call it after writing transitions. */
export const transitionsWritten = listeners.call;

/** Calls a listener whenever this process has written transitions. @returns a function that unsubscribes it. */
export const onTransitions = listeners.subscribe;
