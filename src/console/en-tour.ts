// The words of the tour, in English: apart from en.ts, since they are loaded as the tour is taken.

export const tourStrings = {
  title: "A tour of Explore",
  progress: (step: number, steps: number) => `${step} of ${steps}`,
  leave: "Leave the tour",
  back: "Back",
  next: "Next",
  done: "Done",
  steps: [
    {
      title: "A sentence says which customers",
      text: "Type in it as you would say it. Completion offers the next word, and says how many customers have each value. Press Ctrl+Space to see everything that fits.",
    },
    {
      title: "Each part is a control",
      text: "Click a value, a date or a comparison in the sentence to pick another. Only that part of the text changes.",
    },
    {
      title: "The number follows each key",
      text: "It counts the customers who match now, and their share of everyone. The line below shows what each condition leaves, and, where you point, how many more there would be without it.",
    },
    {
      title: "These are the customers",
      text: "Click a name to see the profile and why this customer matches, condition by condition. On a wide screen, the right side compares these customers with everyone.",
    },
    {
      title: "The same query, other ways",
      text: "Form shows it as rows; nothing is lost on the way there and back. Templates are sentences to begin with. As of asks the question at an earlier moment.",
    },
    {
      title: "Save it as a segment",
      text: "The segment's members follow the sentence as customers, orders and time change. Its page shows its size over time, and the Feed who entered and who left.",
    },
  ],
} as const;
