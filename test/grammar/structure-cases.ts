// How conditions are joined: precedence, groups, parentheses, noise, comments and line breaks.
import type { Case } from "./cases.js";

export const structureCases: readonly Case[] = [
  // The seven sentences, word for word.
  ["The last purchased order more than 30 days ago", "[The last purchased order] more_than {30 days ago}"],
  [
    "The total amount of customer orders less than $500",
    "[The total amount of customer orders] less_than {$500}",
  ],
  [
    "The email ends with .uk and the source is Mailchimp",
    "and([The email] ends_with {.uk}, [the source] is {Mailchimp})",
  ],
  [
    "The country is Poland and the total amount of customer orders is more than $100",
    "and([The country] is {Poland}, [the total amount of customer orders] more_than {$100})",
  ],
  ["The email has any value", "[The email] has_any_value"],
  ["The order contains MacBookAir", "[The order] contains {MacBookAir}"],
  ["The creation date starts at 01.02", "[The creation date] starts_at {01.02}"],

  // `not` binds tightest, then `and`, then `or`.
  ["a and b", "and([a], [b])"],
  ["a and b and c", "and([a], [b], [c])"],
  ["a or b or c", "or([a], [b], [c])"],
  ["a or b and c", "or([a], and([b], [c]))"],
  ["a and b or c and d", "or(and([a], [b]), and([c], [d]))"],
  ["(a or b) and c", "and(or([a], [b]), [c])"],
  ["a and (b or c)", "and([a], or([b], [c]))"],
  ["a and (b and c)", "and([a], and([b], [c]))"],
  ["not a and b", "and(not([a]), [b])"],
  ["not (a and b)", "not(and([a], [b]))"],
  ["not a or not b", "or(not([a]), not([b]))"],
  ["not city is Paris", "not([city] is {Paris})"],
  ["not city is not Paris", "not([city] !is {Paris})"],
  ["not not a", "[a]"],
  ["not not not a", "not([a])"],
  ["not (not a)", "[a]"],
  ["((a))", "[a]"],
  ["(((a is 1) or b))", "or([a] is {1}, [b])"],

  // Groups.
  ["all of (a, b is 1)", "all([a], [b] is {1})"],
  ["any of (a)", "any([a])"],
  ["none of (a or b, c and d)", "none(or([a], [b]), and([c], [d]))"],
  ["not any of (a, b) and c", "and(not(any([a], [b])), [c])"],
  ["any of (all of (a, b), none of (c, d))", "any(all([a], [b]), none([c], [d]))"],
  ["any of(city is a b,(vip))", "any([city] is {a b}, [vip])"],
  [
    "none of (country is PL, country is US, email is unknown)",
    "none([country] is {PL}, [country] is {US}, [email] !has_any_value)",
  ],

  // Keywords in any case.
  ["A OR NOT B AND C", "or([A], and(not([B]), [C]))"],
  ["Email ENDS With .UK And Vip IS True", "and([Email] ends_with {.UK}, [Vip] is {True})"],
  ["ANY OF (a, b)", "any([a], [b])"],
  ["Has Not Performed login In The Last 3 Days", "!event({login}; in_the_last {3 Days})"],
  ["Sum Of amount Of order Is 3", "sum({amount} of {order}) is {3}"],
  ["IN SEGMENT x Or In Sample 5% OF y", "or(segment({x}), sample({5%}; {y}))"],

  // Noise before attributes is part of the name, since `customer since` begins with it; the checker removes it.
  ["the customer's city is Paris", "[the customer's city] is {Paris}"],
  ["a customer city is Paris", "[a customer city] is {Paris}"],
  ["not the vip", "not([the vip])"],
  ["(the vip)", "[the vip]"],

  // Comments and line breaks.
  ["a -- why\nand b", "and([a], [b]) -- why"],
  ["# first\na and b # last", "and([a], [b]) -- first -- last"],
  ["a\r\nand\r\n-- so\r\nb", "and([a], [b]) -- so"],
  ["city is New -- a remark and vip\nYork", "[city] is {New York} -- a remark and vip"],
  ["city in (a, # one\nb)", "[city] is_any_of {a} {b} -- one"],
  ["a --", "[a] -- "],
  ["--x\n#y\n  a", "[a] -- x -- y"],
  ["email starts -- split\n with x", "[email] starts_with {x} -- split"],
  ["\n\n  a  \n\n", "[a]"],
  ["a\u00a0and\u3000b\u0085or c\u2028", "or(and([a], [b]), [c])"],
  ["\ufeffa", "[a]"],
];
