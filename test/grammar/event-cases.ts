// Events with their clauses in every order, occurrences, measures, membership and samples.
import type { Case } from "./cases.js";

export const eventCases: readonly Case[] = [
  // Ways to say that it happened, or did not.
  ["performed login", "event({login})"],
  ["has performed login", "event({login})"],
  ["did perform login", "event({login})"],
  ["placed order", "event({order})"],
  ["has placed order", "event({order})"],
  ["the customer has performed login", "event({login})"],
  ["customers performed login", "event({login})"],
  ["has not performed checkout", "!event({checkout})"],
  ["did not perform checkout", "!event({checkout})"],
  ["never performed checkout", "!event({checkout})"],
  ["customer never placed order", "!event({order})"],
  ["has not placed order", "!event({order})"],
  ["not performed checkout", "not(event({checkout}))"],
  ["not has not performed checkout", "not(!event({checkout}))"],
  ['performed "page viewed"', "event({page viewed})"],
  ["performed page viewed", "event({page viewed})"],
  ["performed 'in the last' in the last week", "event({in the last}; in_the_last {week})"],
  ["performed sign in today", "event({sign in}; on {today})"],
  ["performed customer created", "event({customer created})"],

  // Counts.
  ["performed login once", "event({login}; at_least {1})"],
  ["performed login twice", "event({login}; at_least {2})"],
  ["performed login 1 time", "event({login}; at_least {1})"],
  ["performed login 3 times", "event({login}; at_least {3})"],
  ["performed login at least 3 times", "event({login}; at_least {3})"],
  ["performed login at most once", "event({login}; at_most {1})"],
  ["performed login exactly 0 times", "event({login}; exactly {0})"],
  ["performed login exactly twice", "event({login}; exactly {2})"],
  ["performed login more than 3 times", "event({login}; more_than {3})"],
  ["performed login less than 3 times", "event({login}; less_than {3})"],
  ["performed login at least 1,000 times", "event({login}; at_least {1,000})"],
  ["performed login 1,000 times", "event({login}; at_least {1,000})"],

  // Windows.
  ["performed login in the last 7 days", "event({login}; in_the_last {7 days})"],
  ["performed login in the last month", "event({login}; in_the_last {month})"],
  ["performed login in the last 1440 minutes", "event({login}; in_the_last {1440 minutes})"],
  ["performed login within 2026 days", "event({login}; in_the_last {2026 days})"],
  ["performed login within 2 hours", "event({login}; in_the_last {2 hours})"],
  ["performed login within week", "event({login}; in_the_last {week})"],
  ["performed login since 2026-01-01", "event({login}; since {2026-01-01})"],
  ["performed login since start of year", "event({login}; since {start of year})"],
  ["performed login before 30 days ago", "event({login}; before {30 days ago})"],
  ["performed login after yesterday", "event({login}; after {yesterday})"],
  ["performed login between 01.01.2026 and today", "event({login}; between {01.01.2026} {today})"],
  ["performed login between 01.01 and 31.01 and vip", "and(event({login}; between {01.01} {31.01}), [vip])"],
  ["performed login on 01.02", "event({login}; on {01.02})"],
  ["performed login today", "event({login}; on {today})"],
  ["performed login yesterday and vip", "and(event({login}; on {yesterday}), [vip])"],
  ["has not performed login in the last 60 days", "!event({login}; in_the_last {60 days})"],
  ["has not performed login since yesterday", "!event({login}; since {yesterday})"],

  // Where.
  ['performed view where url contains "/pricing"', "event({view}; where [url] contains {/pricing})"],
  ["performed view where url contains /pricing", "event({view}; where [url] contains {/pricing})"],
  ["performed view where mobile", "event({view}; where [mobile])"],
  [
    "performed view where url is a or b is 2 and not mobile",
    "event({view}; where or([url] is {a}, and([b] is {2}, not([mobile]))))",
  ],
  ["performed view where (a is 1 or b is 2)", "event({view}; where or([a] is {1}, [b] is {2}))"],
  ["performed view where any of (a is 1, b is 2)", "event({view}; where any([a] is {1}, [b] is {2}))"],
  ["performed view where created between 1 and 5", "event({view}; where [created] between {1} {5})"],
  ["performed view where value more than 5", "event({view}; where [value] more_than {5})"],
  ["performed view where at is in the last 3 days", "event({view}; where [at] in_the_last {3 days})"],
  ["performed view where day is today", "event({view}; where [day] is {today})"],
  ["has not performed view where a = 1", "!event({view}; where [a] is {1})"],
  [
    "(performed login where value > 100) and city is Paris",
    "and(event({login}; where [value] > {100}), [city] is {Paris})",
  ],
  [
    "any of (performed login where value > 100 and a is 1, vip)",
    "any(event({login}; where and([value] > {100}, [a] is {1})), [vip])",
  ],
  ["performed buy where amount > 1,000", "event({buy}; where [amount] > {1,000})"],
  ["performed buy where sku in (a, b, today)", "event({buy}; where [sku] is_any_of {a} {b} {today})"],

  // Clauses in every order.
  [
    'performed "page viewed" at least 3 times in the last 7 days where url contains "/pricing"',
    "event({page viewed}; at_least {3}; in_the_last {7 days}; where [url] contains {/pricing})",
  ],
  [
    "performed login in the last 7 days at least 3 times where a is 1",
    "event({login}; at_least {3}; in_the_last {7 days}; where [a] is {1})",
  ],
  [
    "performed login at least 3 times where a is 1 in the last 7 days",
    "event({login}; at_least {3}; in_the_last {7 days}; where [a] is {1})",
  ],
  [
    "performed login in the last 7 days where a is 1 at least 3 times",
    "event({login}; at_least {3}; in_the_last {7 days}; where [a] is {1})",
  ],
  [
    "performed login where a is 1 at least 3 times in the last 7 days",
    "event({login}; at_least {3}; in_the_last {7 days}; where [a] is {1})",
  ],
  [
    "performed login where a is 1 in the last 7 days at least 3 times",
    "event({login}; at_least {3}; in_the_last {7 days}; where [a] is {1})",
  ],
  ["performed login since yesterday twice", "event({login}; at_least {2}; since {yesterday})"],
  ["performed login twice since yesterday", "event({login}; at_least {2}; since {yesterday})"],
  [
    "performed login where a is x y or b is z once since 01.02",
    "event({login}; at_least {1}; since {01.02}; where or([a] is {x y}, [b] is {z}))",
  ],
  [
    "performed login where value > 100 in the last 90 days",
    "event({login}; in_the_last {90 days}; where [value] > {100})",
  ],
  [
    "performed view where mobile is true in the last 3 days",
    "event({view}; in_the_last {3 days}; where [mobile] is {true})",
  ],
  ["performed view where (mobile) in the last 3 days", "event({view}; in_the_last {3 days}; where [mobile])"],
  [
    "placed order at least twice in the last 90 days where amount is more than $100",
    "event({order}; at_least {2}; in_the_last {90 days}; where [amount] more_than {$100})",
  ],
  [
    "performed view where city is unknown in the last week",
    "event({view}; in_the_last {week}; where [city] !has_any_value)",
  ],
  [
    "performed a twice and performed b where c is 1 and d",
    "and(event({a}; at_least {2}), event({b}; where and([c] is {1}, [d])))",
  ],

  // First and last.
  ["last performed login more than 90 days ago", "last({login}) more_than {90 days ago}"],
  ["the customer last performed login before 2026-01-01", "last({login}) before {2026-01-01}"],
  ["first performed page viewed is on or after 01.02", "first({page viewed}) on_or_after {01.02}"],
  ['first placed "order" in the last 2 weeks', "first({order}) in_the_last {2 weeks}"],
  ["last performed sign in not in the last week", "last({sign in}) !in_the_last {week}"],
  ["last performed login between 01.01 and 02.01 or vip", "or(last({login}) between {01.01} {02.01}, [vip])"],
  ["last performed login >= 2026-01-01", "last({login}) >= {2026-01-01}"],

  // Measures.
  ["count of login is 3", "count({login}) is {3}"],
  ["count of login >= 3", "count({login}) >= {3}"],
  ["the sum of amount of order is at least $1,000", "sum({amount} of {order}) at_least {$1,000}"],
  ["average of value of page viewed < 2.5", "average({value} of {page viewed}) < {2.5}"],
  ["min of amount of order is between 1 and 5", "min({amount} of {order}) between {1} {5}"],
  ["max of amount of order is unknown", "max({amount} of {order}) !has_any_value"],
  ["max of amount of order is not more than 5", "max({amount} of {order}) !more_than {5}"],
  ["count of product of order != 0", "count({product} of {order}) !is {0}"],
  ['sum of "unit price" of "page viewed" = 5', "sum({unit price} of {page viewed}) is {5}"],
  ["sum of amount of end of trial is 5", "sum({amount} of {end of trial}) is {5}"],
  ['count of "end of trial" is 5', "count({end of trial}) is {5}"],
  [
    "sum of amount of order in the last 365 days where product contains HEART is at least 1000",
    "sum({amount} of {order}; in_the_last {365 days}; where [product] contains {HEART}) at_least {1000}",
  ],
  [
    "sum of amount of order where product contains HEART in the last 365 days is at least 1000",
    "sum({amount} of {order}; in_the_last {365 days}; where [product] contains {HEART}) at_least {1000}",
  ],
  [
    "sum of amount of order where status is PAID and quantity > 2 > 1000 and vip",
    "and(sum({amount} of {order}; where and([status] is {PAID}, [quantity] > {2})) > {1000}, [vip])",
  ],
  ["count of login since yesterday is less than 5", "count({login}; since {yesterday}) less_than {5}"],
  ["count of login today > 5", "count({login}; on {today}) > {5}"],
  ["count of login between 01.01 and 31.01 is 5", "count({login}; between {01.01} {31.01}) is {5}"],
  ["sum of amount of order is any of (1, 2)", "sum({amount} of {order}) is_any_of {1} {2}"],

  // Membership and samples.
  ['in segment "VIP"', "segment({VIP})"],
  ["in segment Big Spenders and vip", "and(segment({Big Spenders}), [vip])"],
  ['customer in segment "VIP"', "segment({VIP})"],
  ['not in segment "VIP"', "not(segment({VIP}))"],
  ["in sample 10%", "sample({10%})"],
  ['in sample 10% of "spring-test"', "sample({10%}; {spring-test})"],
  ["in sample 2.5% of spring test and vip", "and(sample({2.5%}; {spring test}), [vip])"],
  ["not in sample 10%", "not(sample({10%}))"],
];
