// The exit codes of the command line.
export const exitCodes = {
  fine: 0,
  failure: 1,
  usage: 2,
  wrongQuery: 3,
  rejects: 4,
  dataInUse: 5,
  /** 128 plus the number of SIGINT, as in shells. */
  interrupted: 130,
} as const;

export const exitCodeHelp = `
Exit codes:
  0  all went well
  1  it failed; the message says why
  2  the command was not understood
  3  the query has mistakes
  4  imported, but some rows were rejected
  5  the data folder is in use by another process`;
