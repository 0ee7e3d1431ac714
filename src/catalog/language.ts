// The language's parser, made once: making one takes some milliseconds.
import { createParser } from "../../grammar/parser/parser.js";
import { operators } from "../operators/index.js";

export const parseQuery = createParser(operators);
