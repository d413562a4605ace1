# English. Keys are stable; a value may hold { $placeholders }. Every language has the same keys.

language-name = English
language-locale = en_GB
language-label = Language

# The page
title = Where to give
promise = Say what matters to you. See which charities do that work, and read why each one stands where it stands.
page-answers = Find charities
page-method = How this works

# Questions
questions-heading = What matters to you?
questions-why = Each answer moves the list at once. Nothing is mandatory.
scale-hint = 0: doesn’t matter to me · 5: matters most · Skip: no answer
answer-skip = Skip
more-priorities = More priorities
own-words-label = In your own words (optional)
own-words-hint = For example: help for former prisoners
own-words-help = Your words count, together, like one priority rated { $weight }: as words that stand in the charities’ descriptions, and as the priorities that they speak of. “Not” isn’t understood. At most { $limit } characters.
own-words-corrected = Read “{ $written }” as “{ $read }”.
own-words-unknown = No description says: { $words }
reading-label = We read this as:
reading-explained = Your words count both as themselves and as what they’re read as. Deselect what you didn’t mean.
own-words-apply = Use these words
start-again = Start again
privacy-line = Your answers are kept only while this page is open. They are neither stored nor passed on.

# Results
results-summary = { $good ->
    [0] None of { $all } charities fits well.
    [one] { $good } of { $all } charities fits well.
   *[other] { $good } of { $all } charities fit well.
}
results-untouched = You haven’t answered yet: the first four priorities count equally here.
results-standing = Still counting at { $weight }, as at the start: { $names }. Skip what you have no answer to.
results-jump = See them
results-nothing-asked = No priority is rated above 0 and there are no words of your own, so nothing is ranked: the charities are listed by name.
results-nothing-asked-heading = All charities, by name
results-nothing-asked-ids = No priority is rated above 0 and there are no words of your own, so nothing is ranked: the charities stand in the order of their ids.
results-nothing-asked-ids-heading = Charities in the order of their ids
results-first = { $shown ->
    [one] The first of { $all } charities
   *[other] The first { $shown } of { $all } charities
}
results-found = { $found ->
    [0] Nothing found for any of { $all } charities
    [one] Something found for { $found } of { $all } charities
   *[other] Something found for { $found } of { $all } charities
}
results-none-left-heading = No charity is left
results-none-left = What you chose to leave out or keep leaves out every charity. Bring some back below.
results-none = No description says anything about what you asked for. That isn’t a judgement on the charities: try other words or another priority.
results-ties = Charities with “=” have the same score and stand in the order of their ids.
rest-heading = Further down
rest-show = Show { $count } more in full
more-show = Show { $count } more
more-none = These are the first { $most }. Other answers, or less left in, show others.
none-others = { $count ->
    [one] The description of the other one says nothing about what you asked for. It may still do such work.
   *[other] The descriptions of the other { $count } say nothing about what you asked for. They may still do such work.
}
none-heading = Nothing found in their descriptions
none-explained = { $count ->
    [one] The description of this one says nothing about what you asked for. It may still do such work.
   *[other] The descriptions of these { $count } say nothing about what you asked for. They may still do such work.
}
rank-label = Rank { $rank }
rank-tied = Rank { $rank }, tied
chosen-label = Charities you chose
like-chosen = More like: { $name }
unlike-chosen = Less like: { $name }
chosen-remove = Remove
band-good = Fits well
band-partial = Fits in part
band-slight = Touches on it
band-none = Nothing found
quote-for = Named for { $priorities }:
card-points = Points by priority
card-points-of = { $points ->
    [one] { $points } point
   *[other] { $points } points
}
minus = −{ $number }
card-total = Total
card-evidence-other = From the description in { $language }:
card-facts = Facts and sources
card-terms = Every word that counted
term-words = Words
term-priority = Priority
term-language = Description
term-points = Points
term-note = Points here are rounded to tenths. For a priority, a charity described in two languages is read in both, and each counts for half; your own words are read in the language you wrote them in.
text-label = Your words
like-label = More like what you chose
unlike-label = Less like what you chose
like-action = More like this
unlike-action = Less like this
website-link = Website
sources-heading = Sources
source-for = { $columns }
source-link = { $site }, { $date }
source-seed = Text that the first catalogue was made from; not public
source-undated = undated

# Views
view-label = What you see of the result
view-list = Ranking
view-keep = Keep and share

# Leave out or keep
facets-heading = Leave out or keep
facets-explained = What no register or source states is “not stated”, which isn’t “no”: it is a choice of its own.
facets-value = { $value } ({ $count })
facets-search = Search and choose
facets-what = What to do with these: { $facet }
facets-only = Only these
facets-hide = Leave these out
left-out-label = What you left out
left-out = { $facet }: { $count ->
    [one] { $count } charity left out
   *[other] { $count } charities left out
}
left-out-value = { $value }: { $count }
left-out-restore = Bring back
left-out-restore-all = Bring everything back
left-out-why = Which are left out

# An index that can't be opened
failure-heading = The charities can’t be shown
failure-explained = The list of charities that this page was started with can’t be opened. Whoever started it finds here, and in its log, what to do; then load the page again.

# Facts
fact-works_in = Where the money is spent
fact-founded = Founded
founded-year = { $year }
fact-website = Website
fact-legal_form = Form
fact-base = Based in
fact-serves = For
fact-country = Country
fact-region = State or province
fact-size = Yearly income
fact-described_by = Described by
fact-charity_id = Registered as
registered-as = { $scheme } { $number } ({ $publisher })
bare-its-name = Described by nothing but its name.
bare-its-name-and-activity-code = Described by nothing but its name and activity code.
described-the-charity = the charity
described-its-name-and-activity-code = its name and activity code
described-its-name = its name
size-under-10k = under 10,000
size-10k-to-100k = 10,000–100,000
size-100k-to-1m = 100,000–1 million
size-1m-to-10m = 1–10 million
size-over-10m = over 10 million
line-size = yearly income { $size }
fact-faith_based = Faith-based
fact-government_linked = Founded or run by a government
fact-lobbies = Lobbies
fact-facets_note = Note
fact-status = Status
fact-how_to_give = How to give
fact-tax_deductible = Tax-deductible
fact-figures = Figures
fact-self_claims = It says of itself (not confirmed)
fact-description = Description
value-yes = yes
value-no = no
value-not-stated = not stated
line-founded = since { $year }
line-founded-unknown = founding year not stated
line-faith-yes = faith-based
line-faith-no = not faith-based
line-faith-not-stated = faith: not stated
line-government-yes = founded or run by a government
line-government-no = not run by a government
line-government-not-stated = run by a government: not stated
line-lobbies-yes = lobbies
line-lobbies-no = doesn’t lobby
line-lobbies-not-stated = lobbying: not stated
line-evidence = last evidence: { $date }
line-evidence-unknown = last evidence: undated
place-inside_north_korea = inside North Korea
place-china_and_transit = in China and transit countries
place-south_korea = in South Korea
place-elsewhere = elsewhere
place-not-stated = place not stated
line-places = money is spent { $places }
status-active = active
status-paused = paused inside North Korea
status-closed = closed
status-not-stated = current state not stated
figure-cumulative = in total, { $date }
figure-yearly = in { $date }
figure-at_date = as of { $date }
figure-amount = amount, { $date }
figure-undated = undated

# Downloads
download-heading = Keep the result
download-all = { $all ->
    [one] The files hold { $all } charity, all there is.
   *[other] The files hold all { $all } charities.
}
download-first = { $count ->
    [one] The files hold the first of { $all } charities, the one shown here.
   *[other] The files hold the first { $count } of { $all } charities, those shown here.
}
download-csv = Download as CSV
download-json = Download as JSON

# How this works
method-heading = How this works
method-intro = Every charity is described in 60 to 120 words, in English and Korean, written for this catalogue from public sources. The ranking reads those words and nothing else.
method-intro-any = The charities here come from a register or a table, not from the catalogue that this program brings along. The ranking reads their descriptions, as they stand there, and nothing else. Where there is none, a charity may be described by nothing but its name and activity code; its card says so.
method-formula-heading = From your answers to a score
method-step-words = **Words.** Each priority has a profile: words and phrases that a text about it holds, each with a weight. It begins as a list, in English and Korean, written from the priority’s definition and not from the descriptions; words that misfired were corrected later.
method-step-learned = **Learning.** For { $learned } of the { $offered } priorities offered here, the English weights were then learned from { $nonprofits } nonprofits in the United States that are labelled by cause. Learning starts from the list: a weight leaves its place only as far as the labels give evidence. No weight falls below 0, and no word that is written as a name is added. The other profiles, and all in Korean, are the lists.
method-step-weight = **Repetition.** A word counts more if few nonprofits use it, and less with each repetition. A phrase counts besides the words it is made of. Each description is scaled to the same length, and a sentence said twice counts once, so padding gains nothing.
method-step-rare = **Rarity.** How rare a word is, is counted in the { $all } descriptions here together with the texts of the { $nonprofits } nonprofits, which are worth { $background } descriptions. No word is taken for rarer than one text in { $rarest }: rarer ones are mostly names and slips. For Korean there are no such texts: there every word begins as equally rare.
method-step-level = **Level.** A match is divided by the priority’s level, so that 1 means the same for every priority: as strong as the { $texts } best-matching texts of the { $nonprofits } nonprofits, on average. It can be more than 1. For Korean the level is scaled by how strong Korean matches are beside English ones in the same catalogue. Your own words, and charities you choose, are divided by the median of all levels.
method-step-sum = **Sum.** Your ratings, and what else you ask for, are weights; they are scaled so that their sizes sum to one. A charity’s score is the sum of weight times match, over everything you asked for.
method-step-own = **Your own words.** Your own words count, together, like one priority rated { $weight }. The same profiles read them as priorities: each gets a share, all shares sum to at most { $most }, and a share is added to your rating. The rest is left to the words themselves, and so is the share of what you deselect. A misspelt English word is read as the nearest word of the descriptions; words that no description holds add nothing.
method-step-like = **More or less like this.** “More like this” adds the charities you chose as one more part, like a priority rated { $like }. Their { $strongest } strongest words in each language count. “Less like this” takes points away, like a priority rated { $unlike } that counts against a charity.
method-step-points = **Points.** For reading, the score is shown in points: { $point } for a match of 1 that has all the weight. Points compare charities within one list; they aren’t percentages and say nothing across lists.
method-formula = score(charity) = Σ weight(part) × match(part, charity)
method-match = match = mean over its languages of Σ over words: profile(part, word) × tfidf(charity, word) ÷ level(part)
method-tfidf = profile = weight of the word × idf(word); tfidf = (1 + ln(times in the description)) × idf(word); each profile and each description scaled to length 1
method-idf = idf = −ln(share of texts), share = (n + { $background } × b) ÷ (N + { $background }), at least 1 ÷ { $rarest }; n of the N descriptions and the share b of the nonprofits hold the word
method-profile = learned weights = the w ≥ 0 with the least Σ over charities (label − a − Σ over words w × tfidf)² + S × Σ over words ((w − B × list) ÷ certainty)²
method-example-heading = An example, computed now
method-example-rated = { $priority } rated { $weight }
method-example = With { $rated }, this is how the points of the first in the list, { $name }, come about:
method-example-column-part = Priority
method-example-column-weight = Your weight
method-example-column-match = Match
method-example-column-product = Weight × match
method-example-column-points = Points
method-bands-heading = What “fits well” means
method-bands = “Fits well” is at least half of the best score in the list, with a match of at least { $match } to something you asked for. “Fits in part” is at least an eighth of the best score.
method-bands-measured = Measured on this same catalogue, one priority at a time, { $good } of { $goodall } charities called a good fit do much of that work, and { $none } of { $noneall } with nothing found do.
method-private-heading = Who can see your answers
method-private = Nobody but you. They are held in the memory of the program that shows this page, as long as the page is open; they aren’t stored, logged or passed on. There is no account, no tracking and no request to another site. If somebody else runs the program for you, you trust them with that.
method-limits-heading = What the ranking can’t tell
method-limit-quality = It doesn’t know how well a charity works, only what its work is about.
method-limit-size = It doesn’t know size, cost or need. Ask the charity before you give.
method-limit-length = A short text about one thing scores higher than one that names many. That is why all descriptions here are of similar length; in a catalogue of your own it can matter.
method-limit-lengths = A short text about one thing scores higher than one that names many. Descriptions here are as long as whoever wrote them made them.
method-limit-register = What is told of a charity is what the register or the table said when it was read. It may be old; “not stated” is what nobody said.
method-limit-evidence = Some entries rest on old or thin evidence. Each shows the date of the last evidence, and “not stated” where no source says it.
method-limit-paused = Most work inside North Korea has been paused since 2020 or 2021; where a source says so, the charity is marked, never hidden.
method-neutral-heading = Rules of neutrality
method-neutral-order = The order of the catalogue never decides a rank. Equal scores share a rank and stand in the order of their ids.
method-neutral-names = A charity’s own names never count, so a name that sounds like a priority earns nothing.
method-neutral-size = Size and income never count, nor do superlatives. No charity can pay for a place.
method-neutral-all = Every charity is listed, unless you leave it out. What isn’t found says so.
method-neutral-many = Every charity is ranked, unless you leave it out, and the first are listed. What isn’t found says so.
method-quality-heading = How well it ranks
method-quality = Two judges, working apart from the facts alone, graded every charity of this catalogue for every priority. That is a small test, on the texts the ranking was built with. Over the twelve priorities the ranking reaches nDCG@10 of { $product } ({ $low } to { $high }, 95 % interval); plain word matching on the priorities’ names reaches { $baseline }.

# Command line
cli-charity = Charity
cli-excluded = Left out for { $facet } = { $value }: { $count }
cli-band = Fit
