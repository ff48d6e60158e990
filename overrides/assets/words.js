// Words as the search compares them; also for the marks on the page to which an answer leads.
(() => {
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/['`´‘’]/g, "");
  const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  // One form for the spellings and endings of a word: fibre and fiber, herniated and herniation, accupuncture and acupuncture.
  const stem = (word) => word
    .replace(/^disk/, "disc").replace(/ae|oe/g, "e").replace(/ph/g, "f").replace(/our(?=s?$)/, "or").replace(/([bt])re(?=s?$)/, "$1er")
    .replace(/([ai][lt]|n)is(?=e|i|a)/, "$1iz").replace(/ies$/, "y")
    .replace(/(.{4})(?:ations?|ates?|ated|ating|ions?|ed|e?ness|[ae]nts?|[ae]n[cs](?:es?|y|ies))$/, "$1").replace(/(.{3})ings?$/, "$1")
    .replace(/(.{3})e?s$/, "$1").replace(/(.{3})e$/, "$1").replace(/(.{3})s$/, "$1").replace(/([a-z])\1/g, "$1");
  // Whether a word of a page is one of those that were found.
  const isOne = (stems, word) => wordsOf(word).some((one) => stems.includes(stem(one)));

  self.guideWords = { wordsOf, stem, isOne };
})();
