// Asks the search in node: {ranking, index, files, questions} on standard input, what it answers on standard output.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const { ranking, index, files, questions } = JSON.parse(readFileSync(0, "utf8"));
globalThis.self = globalThis;
for (const script of [ranking, index]) runInThisContext(script);
const { prepare, find, isDanger } = self.guideRanking;
const prepared = prepare(self.guideSearchIndex, files);
const answers = questions.map((question) => [question, {
  red: isDanger(prepared, question),
  pages: find(prepared, question).groups.map(({ sections }) => sections.map(({ url }) => url)),
}]);
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
