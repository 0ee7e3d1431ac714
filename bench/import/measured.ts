// What a process that is measured reports of its memory.

/** Watches the heap and buffers of this process. @returns a function that stops watching, and returns their peak in bytes. */
export function heapWatch(): () => number {
  let peak = 0;
  const watch = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    peak = Math.max(peak, heapUsed + external);
  }, 20);
  return () => {
    clearInterval(watch);
    return peak;
  };
}

/** Prints what memory.ts reads. @param heap in bytes. @param elapsed in milliseconds. @param documents how many were compared. */
export function printMemory(heap: number, elapsed: number, documents?: number): void {
  // maxRSS is in KiB.
  const rss = (process.resourceUsage().maxRSS * 1_024) / 1e6;
  console.log(JSON.stringify({ rss, heap: heap / 1e6, seconds: elapsed / 1_000, documents }));
}
