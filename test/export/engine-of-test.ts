// An engine of its own for one test.
import { onTestFinished } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import type { StoreUnderTest } from "../store/every-store.js";

/** An engine on a new store, which is destroyed when the test is over. @param now an ISO 8601 text: what its clock shows. */
export async function engineOfTest(tested: StoreUnderTest, now: string): Promise<Engine> {
  const place = tested.place();
  const store = await tested.open(place);
  onTestFinished(async () => {
    await store.close();
    await tested.destroy(place);
  });
  return { store, clock: fixedClock(Date.parse(now)) };
}
