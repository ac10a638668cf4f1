/* An index in several groups of papers, asked as if it were one (generator/search/joining.py). Only a digest
   that has groups loads this file.

   Each group knows its own papers alone. A word that none of them has is looked for by its beginning there,
   though others have it; and a word that few of them have counts more. So Pagefind is made to say how it came
   to a paper's score, and here the score is made of what all groups together have. */

/* How Pagefind weighs the length of a paper, and how often it has a word (BM25, with Pagefind's settings). */
const LENGTH = 0.75;
const SATURATION = 1.4;

/* The indexes of all groups.
   `folder` is where they are, `entry` what pagefind-entry.json says, `Base` Pagefind's class of an index. */
export function opened(folder, entry, Base) {
  const [[language, { wasm }]] = Object.entries(entry.languages);
  let program;

  /* One index: told what its own pagefind-entry.json would say; and it fails where Pagefind only says so on
     the console and goes on without the file. */
  class Group extends Base {
    constructor(told) {
      super({ basePath: new URL(`${told.place}/`, folder).href, excerptLength: 1 });
      this.program = this.backend;
      // Without a query Pagefind would fetch all words, to find none.
      const requested = (ptr, term) => (term ? this.program.request_indexes(ptr, term) : "[]");
      const backend = { ...this.program, request_indexes: requested };
      Object.assign(this, { told, backend, languages: { [language]: told }, includeCharacters: entry.include_characters });
    }

    async loadEntry() {}

    async loadMeta(hash) {
      program = program || loaded(this);
      program.catch(() => { program = undefined; });
      await Promise.all([super.loadMeta(hash), program]);
      if (!this.searchMeta) throw new Error(`a part of the index is not there (${this.told.place})`);
      const list = JSON.parse(this.decoder.decode(this.searchMeta));
      this.length = list.counts.reduce((sum, count) => sum + count, 0);
      this.searchMeta = cbor(named(list));
    }

    async _loadGenericChunk(url, method) {
      const chunk = this.decompress(await bytes(await this.throttledFetch(url)), url);
      this.raw_ptr = this.backend[method](await this.getPtr(), chunk);
    }
  }

  async function bytes(answer) {
    if (!answer.ok) throw new Error(`a file of the index is not there (${answer.status})`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /* The program, which all groups share. */
  async function loaded(group) {
    const packed = await bytes(await fetch(new URL(`wasm.${wasm || "unknown"}.pagefind`, folder)));
    await group.program({ module_or_path: group.decompress(packed) });
  }

  const groups = entry.groups.map((told) => ({ told }));

  /* What a group says. It is opened once; after a failure, of whatever file, it is opened anew the next time. */
  async function answer(group, asked) {
    group.index = group.index || begun(group.told);
    try {
      const index = await group.index;
      return { papers: group.told.page_count, length: index.length, said: await asked(index) };
    } catch (error) {
      group.index = undefined;
      throw error;
    }
  }

  async function begun(told) {
    const made = new Group(told);
    await made.init(language, { load_wasm: false });
    await made.enterPlaygroundMode();
    return made;
  }

  /* What those groups say that can be asked, newest first, and how many papers the others have. */
  async function all(asked) {
    const done = await Promise.allSettled(groups.map((group) => answer(group, asked)));
    const failed = done.filter((each) => each.status === "rejected");
    if (failed.length === done.length) throw failed[0].reason;
    const lacking = done.reduce((sum, each, at) => sum + (each.reason ? groups[at].told.page_count : 0), 0);
    return { answers: done.filter((each) => !each.reason).map((each) => each.value).reverse(), lacking };
  }

  async function search(typed, { filters }) {
    const { answers, lacking } = await all((index) => index.search(typed, { filters }));
    const best = await found(answers, typed);
    const those = answers.filter((answer) => !answer.levels || answer.levels.every((level, at) => level === best[at]));
    const results = ranked(those, rarity(answers, best), average(answers));
    const unfiltered = results.length || !Object.keys(filters).length ? results.length
      : (await search(typed, { filters: {} })).results.length;
    return { results, filters: added(those.map(({ said }) => said.filters)), unfilteredResultCount: unfiltered, lacking };
  }

  /* How far each word of a query was found in any group. Those count in which all are found as far: in the
     others Pagefind took something else for a word. */
  async function found(answers, typed) {
    const stems = stemsOf(answers);
    for (const answer of answers) answer.levels = levels(answer.said, stems);
    const best = stems.map((_, at) => Math.max(0, ...answers.map((answer) => (answer.levels ? answer.levels[at] : 0))));
    // A group may have a word, and no paper with all of the words.
    const isDoubtful = answers.some((answer) => answer.levels) && answers.some((answer) => !answer.levels);
    for (const [at, stem] of isDoubtful ? stems.entries() : []) {
      if (best[at] === Infinity) continue;
      const alone = await all((index) => index.search(typed.split(" ")[at]));
      best[at] = Math.max(best[at], ...alone.answers.map(({ said }) => (levels(said, [stem]) || [0])[0]));
    }
    return best;
  }

  async function filters() {
    return added((await all((index) => index.filters())).answers.map(({ said }) => said));
  }

  all(() => 0).catch(() => {}); // Begun before something is asked; what is wrong is said then.
  return { search, filters };
}

/* A group's list of papers and of files of words as Pagefind has it: with their names, which are numbers. */
function named({ version, papers, counts, words, ends, rest }) {
  const name = (common, number) => common + number.toString(36).padStart(4, "0");
  return [
    version,
    counts.map((count, number) => [name(papers, number), count]),
    ends.map(([first, last], number) => [first, last, name(words, number)]),
    ...rest,
  ];
}

/* Lists, texts and numbers as bytes (CBOR, RFC 8949). */
function cbor(value) {
  const made = [];
  const encoder = new TextEncoder();

  function head(kind, number) {
    if (number < 24) return made.push((kind << 5) | number);
    const size = number < 256 ? 0 : number < 65536 ? 1 : 2;
    made.push((kind << 5) | (24 + size));
    for (let shift = 8 * (2 ** size - 1); shift >= 0; shift -= 8) made.push((number >> shift) & 255);
  }

  function add(each) {
    if (typeof each === "number") return head(0, each);
    const items = typeof each === "string" ? encoder.encode(each) : each;
    head(items === each ? 4 : 3, items.length);
    for (const item of items) if (items === each) add(item); else made.push(item);
  }

  add(value);
  return new Uint8Array(made);
}

/* The words of a query as the index has them; none if they were in quotation marks, or there was no query. */
function stemsOf(answers) {
  return ((answers.find(({ said }) => said.query_term_idfs) || { said: {} }).said.query_term_idfs || []).map(({ term }) => term);
}

/* How far each word of a query was found in a group: wholly, or so many letters; of all of its papers this is
   the same, so it is read off the first. Without a paper it is not known. */
function levels(said, stems) {
  if (!said.results.length) return null;
  const words = (said.results[0].scores || []).map((score) => score.search_term);
  return stems.map((stem) => Math.max(0, ...words.map((word) => level(word, stem))));
}

function level(word, stem) {
  if (word.startsWith(stem)) return Infinity;
  return stem.startsWith(word) ? word.length : 0;
}

function total(answers, of) {
  return answers.reduce((sum, answer) => sum + of(answer), 0);
}

/* How many words a paper has. */
function average(answers) {
  return total(answers, ({ length }) => length) / total(answers, ({ papers }) => papers);
}

/* What each word of a query counts, the more the fewer papers have it; `best` says how far it was found. */
function rarity(answers, best) {
  const papers = total(answers, (answer) => answer.papers);
  return stemsOf(answers).map(function (stem, at) {
    const those = answers.filter(({ levels: own }) => !own || own[at] === best[at]);
    return { stem, idf: Math.log((papers + 1) / (total(those, (answer) => having(answer, at)) + 0.5)) };
  });
}

/* In how many papers of a group a word was found, from what it counts there. */
function having({ papers, said }, at) {
  return Math.round((papers + 1) / Math.exp(said.query_term_idfs[at].idf) - 0.5);
}

/* Papers of all groups, best first. */
function ranked(answers, rare, length) {
  const results = answers.flatMap(({ said }) => said.results);
  if (!rare.length) return results;
  for (const result of results) result.score = score(result, rare, length);
  return results.sort((one, other) => other.score - one.score);
}

/* A paper's score with the figures of all groups instead of those of its own. What Pagefind adds for accents
   that are as typed is in its score alone, so it is taken from there. */
function score(result, rare, length) {
  let own = 0;
  let made = 0;
  for (const each of result.scores) {
    const { idf } = rare.find(({ stem }) => level(each.search_term, stem)) || rare[0];
    const frequency = each.params.weighted_term_frequency * each.params.length_bonus;
    const weight = SATURATION * (1 - LENGTH + (LENGTH * result.params.document_length) / length);
    own += each.score;
    made += (idf * (SATURATION + 1) * frequency) / (weight + frequency);
  }
  return own ? (made * result.score) / own : result.score;
}

/* Values of filters with their papers, those of all groups added up. */
function added(parts) {
  const made = {};
  for (const part of parts)
    for (const [name, values] of Object.entries(part)) {
      made[name] = made[name] || {};
      for (const [value, number] of Object.entries(values)) made[name][value] = (made[name][value] || 0) + number;
    }
  return made;
}
