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
questions-why = Charities are ranked by what you rate here. Nothing is mandatory.
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
start-again = Clear my answers
privacy-line = Your answers are held in memory only, and two minutes after this page is closed nobody can reach them. They are neither stored nor passed on; loading the page anew clears them.

# Results
results-summary = { $good ->
    [0] None of { $all } charities fits well.
    [one] { $good } of { $all } charities fits well.
   *[other] { $good } of { $all } charities fit well.
}
results-untouched = You haven’t answered yet: the priorities at the top count equally here.
results-standing = Still counting at { $weight }, as at the start: { $names }. Skip what you have no answer to.
results-jump = See them
results-nothing-asked = No priority is rated above 0 and there are no words of your own, so nothing is ranked: the charities are listed by name.
results-nothing-asked-heading = All charities, by name
results-nothing-asked-lot = No priority is rated above 0 and there are no words of your own, so nothing is ranked: the charities are listed in an order drawn by lot.
results-nothing-asked-lot-heading = Charities in an order drawn by lot
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
results-ties = Charities with “=” have the same score; which of them stands first was drawn by lot.
rest-heading = Further down
rest-show = Show what speaks for { $count } more
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
view-compare = Compare
view-plan = Giving plan
view-given = I already give to …
view-keep = Keep and share
close-above = Too close to call with the one above: one step in the rating of { $priority } would bring them level or swap them.
why-action = Why not higher?
why-action-first = Why first?
why-alone = There is no other charity here to stand above or below.
compare-action = Compare
compare-choose = Charities to set side by side, at most { $most }
compare-search = Choose by name
compare-too-few = Choose at least { $fewest }, here or by “Compare” on a card.
compare-chosen = Side by side: { $name }
compare-see = See them side by side
compare-facts = Facts, those that differ first
compare-evidence = The sentence that says most
compare-no-evidence = nothing worth quoting
given-explained = See how a charity that you know fits your answers, and which others do the like.
given-label = Name of the charity
given-hint = In English or Korean; a slip of the pen is forgiven
given-which = Which of these?
given-unknown = No charity here is called anything like “{ $name }”.
given-nothing-found = Its description says nothing about what you asked for. It may still do such work.
given-left-out = You left it out by what you chose to keep or leave out.
given-further-down = It isn’t among the first charities of your list, or you left it out.
given-similar = Like { $name }
given-none-similar = No other description is like that of { $name }

# Files that are handed over
file-choose = Choose a file
file-remove = Remove this file
own-heading = Use a table of your own
own-explained = A CSV or Parquet file with the columns { $columns }; { $optional } further ones are optional. It is read into memory for this visit and never stored; two minutes after you close the page nobody can reach it.
own-label = Your table of charities
own-limit = At most { $megabytes } MB and { $rows } charities
own-template = Download a template
own-back = Back to the other charities
results-own = These are the charities of { $name }, your own table.

# Keep and share
link-heading = A link to these answers
link-explained = It holds your ratings, what you leave out or keep, and charities you chose; never your own words, nor what they were read as. Whoever opens it sees the ranking that these answers give without words.
link-too-long = These answers are too many for a link. Keep them as a file instead.
download-explained = The JSON and Markdown files hold your answers, your own words included. The JSON file is also a record that can be checked later: see below.
download-md = Download as Markdown
print-heading = On paper
print-explained = Print the ranking, the comparison or the plan from your browser while you see it: the questions stay away, and what you asked for stands above it.
print-list = See the ranking
print-asked = What was asked for
receipt-heading = Is it still the same?
receipt-explained = Choose a JSON file that was downloaded here, and read whether the same answers still give the same ranking, or what has changed. Such a record says what was ranked, not that anything was given.
receipt-label = A record of a ranking
receipt-limit = A JSON file of at most { $megabytes } MB
receipt-refused = { $count ->
    [one] This file can’t be used: it isn’t a record as this page writes it, or was changed since. There is one thing wrong.
   *[other] This file can’t be used: it isn’t a record as this page writes it, or was changed since. There are { $count } things wrong.
}
receipt-details = What is wrong, in detail

# The giving plan on the page
plan-budget = What you want to give
plan-currency = Currency
plan-minimum = Smallest gift (optional)
plan-most = At most
plan-count = { $count ->
    [one] { $count } charity
   *[other] { $count } charities
}
plan-any = any number of charities
plan-not-an-amount = { $label }: expected an amount of { $currency } above 0, { $decimals ->
    [0] without decimals
    [one] with at most { $decimals } decimal
   *[other] with at most { $decimals } decimals
}, such as { $example }.
plan-minimum-above = The smallest gift is more than what you want to give.
plan-download = Download the plan as CSV

# Leave out or keep
facets-heading = Leave out or keep
facets-explained = What no register or source states is “not stated”, which isn’t “no”: it is a choice of its own.
why-asked-works_in = Some want help to reach people inside a country, others those who left it.
why-asked-country = Where a charity is registered decides whose law it answers to.
why-asked-region = For who wants to give close to home.
why-asked-size = A gift weighs more in a small charity; a large one may be easier to check.
why-asked-status = Work that is paused or closed can’t use a gift as it says.
why-asked-tax_deductible = A gift costs you less where it can be deducted.
why-asked-faith_based = Faith is why some give, and why others don’t.
why-asked-government_linked = Some want a charity to be independent of governments; others trust it more with one.
why-asked-lobbies = Lobbying can change rules for many; some want their gift to reach people directly.
why-asked-described_by = Where only a name is known, a place in the list says little.
facets-value = { $value } ({ $count })
facets-search = Search and choose
facets-what = What to do with these: { $facet }
keep-label = Kept whatever is left out
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
gone-why = { $facet }: { $value }
gone-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
keep-chosen = Kept: { $name }
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
method-example-none = No charity here matches any of the priorities, so there are no points to show.
method-example-column-part = Priority
method-example-column-weight = Your weight
method-example-column-match = Match
method-example-column-product = Weight × match
method-example-column-points = Points
method-bands-heading = What “fits well” means
method-bands = “Fits well” is at least half of the best score in the list, with a match of at least { $match } to something you asked for. “Fits in part” is at least an eighth of the best score.
method-bands-measured = Measured on this same catalogue, one priority at a time, { $good } of { $goodall } charities called a good fit do much of that work, and { $none } of { $noneall } with nothing found do.
method-private-heading = Who can see your answers
method-private = Nobody but you. They are held in the memory of the program that shows this page. Two minutes after you close it, in which a broken connection may come back, nobody can reach them, and they are let go when the next visit ends. They aren’t stored, logged or passed on. There is no account, no tracking and no request to another site. If somebody else runs the program for you, you trust them with that.
method-limits-heading = What the ranking can’t tell
method-limit-quality = It doesn’t know how well a charity works, only what its work is about.
method-limit-size = It doesn’t know size, cost or need. Ask the charity before you give.
method-limit-length = A short text about one thing scores higher than one that names many. That is why all descriptions here are of similar length; in a catalogue of your own it can matter.
method-limit-lengths = A short text about one thing scores higher than one that names many. Descriptions here are as long as whoever wrote them made them.
method-limit-register = What is told of a charity is what the register or the table said when it was read. It may be old; “not stated” is what nobody said.
method-limit-evidence = Some entries rest on old or thin evidence. Each shows the date of the last evidence, and “not stated” where no source says it.
method-limit-paused = Most work inside North Korea has been paused since 2020 or 2021; where a source says so, the charity is marked, never hidden.
method-neutral-heading = Rules of neutrality
method-neutral-order = The order of the catalogue never decides a rank. Equal scores share a rank, and which of them stands first is drawn by lot: the one with the smallest SHA-256 of “{ "where-to-give 2026" }:” followed by its id. Anybody can work that out again.
method-neutral-names = A charity’s own names never count, so a name that sounds like a priority earns nothing.
method-neutral-size = Size and income never count, nor do superlatives. No charity can pay for a place.
method-neutral-all = Every charity is listed, unless you leave it out. What isn’t found says so.
method-neutral-many = Every charity is ranked, unless you leave it out, and the first are listed. What isn’t found says so.
audit-heading = Which charities can come first
audit-too-many = There are too many charities here to work this out while you wait. Whoever runs this page can do it with its command “audit”.
audit-nobody = No charity here matches any priority that is offered, so none can come first.
audit-never-heading = { $count ->
    [one] { $count } charity that can never come first, and why
   *[other] { $count } charities that can never come first, and why
}
methods-heading = Your answers under other methods
methods-explained = No method is the right one. These are the first of your list, and whichever charity another method puts first.
methods-nothing-asked = Rate a priority, and its ranks are shown here.
methods-first = A register is too long to be ranked whole by all of them: these are the first { $count } of { $all } in your list. One that stands further down may come first under another method.
method-quality-heading = How well it ranks
method-quality = Two judges, working apart from the facts alone, graded every charity of this catalogue for every priority. That is a small test, on the texts the ranking was built with. Over the twelve priorities the ranking reaches nDCG@10 of { $product } ({ $low } to { $high }, 95 % interval); plain word matching on the priorities’ names reaches { $baseline }.

# Command line
cli-charity = Charity
cli-excluded = Left out for { $facet } = { $value }: { $count }
cli-band = Fit

# Why, why not, and side by side
compare-above = { $above } stands above { $below } by { $points ->
    [one] { $points } point
   *[other] { $points } points
}: { $parts }.
compare-just-above = { $above } stands above { $below } by less than a point.
compare-part = { $part } { $points }
compare-level = { $charities } have the same score: they are tied.
compare-silent = Nothing was found for { $charities }: they are tied without a rank.
compare-close = Too close to call: one step in your rating of { $priority } would bring them level or swap them.
compare-flip = They would be level if you rated { $priority } { $at } instead of { $rating }.
compare-flip-new = They would be level if you also rated { $priority } { $at }.
compare-flip-slightest = The slightest change to your rating of { $priority } would bring them level.
compare-no-flip = No change of a single rating would bring them level.
compare-about = about { $number }
compare-unlisted = not in this list
compare-rank = Rank
compare-difference = Difference
compare-rest = All other words
fact-last_evidence = Last evidence
# Kept and shared
ignored-version = This link is of another version of the program, so it isn’t used: { $names }
ignored-long = This link is longer than any that this program makes, so it isn’t used.
ignored-priority = Not used, as it can’t be asked here: { $names }
ignored-weight = Not used, as the rating isn’t 0 to 5: { $names }
ignored-charity = Not used, as no charity here has this id: { $names }
ignored-both = Not used, as both more and less like it is asked for: { $names }
ignored-facet = Not used, as charities can’t be chosen here by: { $names }
ignored-value = Not used, as no charity here has what is chosen for: { $names }
ignored-twice = Not used, as it is asked both to keep and to leave out by: { $names }
ignored-rounded = Read as the nearest of the ratings 1 to 5: { $names }
ignored-unnamed = something without a plain name
ignored-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
markdown-asked = What was asked
markdown-ranking = Ranking, in points
markdown-evidence = Why the first stand there
markdown-made-by = What this ranking was made by
markdown-date = Made on { $date }
markdown-catalogue = Fingerprint of the catalogue: { $fingerprint }
markdown-priorities = Fingerprint of the priorities: { $fingerprint }
markdown-version = Version of the program: { $version }
markdown-settings = Background, in descriptions: { $weight }
replay-same = { $count ->
    [0] The ranking is exactly the same: it holds no charity.
    [one] The ranking is exactly the same: { $count } charity, its rank and its score to the last digit.
   *[other] The ranking is exactly the same: { $count } charities, every rank and every score to the last digit.
}
replay-differs = The ranking isn’t the same.
replay-catalogue = The catalogue has changed: its fingerprint was { $before } and is { $after }.
replay-priorities = The priorities have changed: their fingerprint was { $before } and is { $after }.
replay-version = The program has changed: its version was { $before } and is { $after }.
replay-settings = A setting has changed: the background was worth { $before } descriptions and is worth { $after }.
replay-lots = The order among ties is drawn otherwise: the seed of its lots was { $before } and is { $after }.
replay-no-cause = Nothing that a ranking is made by has changed. So the file was changed after it was written, or this computer rounds differently from the one that wrote it.
replay-before = Rank then
replay-after = Rank now
replay-difference = Points more or less
replay-came = newly listed
replay-went = no longer listed
replay-gone = no longer in the catalogue
# The giving plan
plan-given = { $count ->
    [0] Nothing of { $budget } is divided.
    [one] { $given } of { $budget } would go to { $count } charity. Nothing is paid here.
   *[other] { $given } of { $budget } would go to { $count } charities. Nothing is paid here.
}
plan-nothing-asked = No priority is rated above 0 and there are no words of your own, so nothing is divided.
plan-rule = Everything you asked for has its share of the budget: its weight, by the sum of all weights. A share is divided among the charities that fit well with it, in proportion to how strongly their descriptions match.
plan-gift = { $amount } to { $name }: { $parts }.
plan-gift-part = { $count ->
    [one] all { $share } for “{ $priority }”
   *[other] { $amount } of { $share } for “{ $priority }” (shared by { $count })
}
plan-amount = Amount
plan-nobody = { $amount } for “{ $priority }” stays with you: by their descriptions, none of these charities fits well with it.
plan-only-aside = { $amount } for “{ $priority }” stays with you: the only charities here that fit well with it are some that get nothing.
plan-too-small = { $amount } for “{ $priority }” stays with you: it is less than the smallest gift, { $least }, and no charity with another gift fits well with it.
plan-no-room = { $most ->
    [one] { $amount } for “{ $priority }” stays with you: only { $most } charity may get a gift, and it does not fit well with this.
   *[other] { $amount } for “{ $priority }” stays with you: only { $most } charities may get a gift, and none of them fits well with this.
}
plan-no-unit = Nothing falls to “{ $priority }”: its share is less than { $least }.
plan-aside-closed = { $name } fits well but gets nothing: it is closed.
plan-aside-unlike = { $name } fits well but gets nothing: you asked for less like it.
plan-aside-against = { $name } fits well with something you asked for but gets nothing: more counts against it than for it.
plan-uneven = { $names } match equally, but not everything can be divided equally: those whose lots come first get more.
plan-status = { $name }: { $status }.
plan-rows = This plan looks at { $rows } of { $every } charities, those in the list. Others may do such work too.
# A table of one’s own that can’t be used
refused-heading = { $count ->
    [one] This table can’t be used yet: there is one thing to mend.
   *[other] This table can’t be used yet: there are { $count } things to mend.
}
refused-line = { $where }: { $what }
refused-cell = { $where }, column “{ $column }”
refused-column = Column “{ $column }”
where-file = The file
where-header = First line, with the names of the columns
where-line = Line { NUMBER($number, useGrouping: 0) }
where-row = Row { NUMBER($number, useGrouping: 0) }
problem-empty = It is empty. The first line names the columns, and each further line is a charity.
problem-size = It is { $size } MB large; at most { $most } MB are read.
problem-unpacked = Unpacked, it holds more than { $most } MB of text, which is the most that is read.
problem-rows = It has more than { $most } rows, which is the most that is read.
problem-columns = There are { $count } columns; at most { $most } are read.
problem-workbook = It is a workbook of a spreadsheet program. Open it there and save it as “CSV UTF-8”.
problem-archive = It is a compressed archive. Unpack it and choose the table in it, as CSV or Parquet.
problem-picture = It is a picture. Choose a table, as CSV or Parquet.
problem-document = It is a PDF document. Choose a table, as CSV or Parquet.
problem-markup = It is a web page or XML. Open it in the program that made it and save it as “CSV UTF-8”.
problem-encoding = These bytes are not UTF-8: { $bytes }. If it is Latin-1 or Windows-1252, open the file in your spreadsheet program and save it as “CSV UTF-8”.
problem-damaged = It begins like text in { $encoding }, but is damaged or cut short. Save it again as “CSV UTF-8”.
problem-quotes = Quotation marks are not set as CSV asks. A cell that holds quotation marks, commas or line breaks stands in quotation marks, and those inside it are doubled.
problem-unclosed = A cell of more than { $most } characters begins here; at most { $field } are read. Is a quotation mark not closed?
problem-repeated = { $count ->
    [one] { $count } column is called “{ $name }”; each name may stand once.
   *[other] { $count } columns are called “{ $name }”; each name may stand once.
}
problem-unknown = The column “{ $name }” is none that is known here. Rename it or leave it out.
problem-missing = The column “{ $name }” is missing, and is needed.
problem-ragged = { $count ->
    [one] It has { $count } cell; the first line has { $width }.
   *[other] It has { $count } cells; the first line has { $width }.
}
problem-without = There is no charity in it: below the first line nothing follows.
problem-parquet = It can’t be read as Parquet: it is damaged, cut short or another kind of file.
problem-nested = Its cells are of the type { $type }; each must be text.
problem-length = It has { $count } characters; at most { $most } are read.
problem-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
problem-blank = It is empty, and is needed.
problem-twice = “{ $cell }” stands in more than one row; each id may stand once.
problem-id = “{ $cell }” can’t be an id. Use letters A to Z and digits, parted by - _ or .
problem-words = “{ $cell }” holds no word.
problem-year = “{ $cell }” is no year from 1000 to 2099.
problem-choice = “{ $cell }” can’t stand here. Write one of these: { $values }.
problem-places = “{ $cell }” can’t stand here. Write one or more of these, parted by “|”: { $values }.
problem-items = “{ $cell }” lists nothing. Write the items parted by “|”.
problem-date = “{ $cell }” is no date. Write it as 2025, 2025-05 or 2025-05-19.
problem-address = “{ $cell }” is no web address. It starts with https:// or http://.
problem-countries = “{ $cell }” can’t stand here. Write country codes with yes or no, parted by “|”, as US=yes | GB=no.
problem-figures = “{ $cell }” can’t stand here. Write each figure as “cumulative, 2025: people taught = over 600”, parted by “|”. It begins with one of these: { $values }.
problem-country = “{ $cell }” is no country code. Write its two capital letters, as US or GB.
# Finding a charity by its name
search-nothing = No charity has a name like that. Try a shorter part of it, or another spelling.
search-column-id = Id
search-column-matched = Known as
search-column-way = How well it matches
search-way-exact = the same name
search-way-beginning = begins with this
search-way-words = has these words
search-way-close =
    { $apart ->
        [one] { $apart } letter differs
       *[other] { $apart } letters differ
    }
# Neutrality: who can come first, and other methods
audit-percent = { $share } %
audit-percent-below = < { $share } %
audit-share = First in
audit-interval = 95 % interval
audit-answers = Of answers 0 to 5
audit-two = Of two priorities
audit-best = Leads most at
audit-never = Never first: { $name }. { $reason }.
audit-can = { $count ->
    [0] None of { $all } charities can come first alone, whatever the weights of the { $priorities } priorities offered.
    [one] { $count } of { $all } charities can come first alone, under some weighting of the { $priorities } priorities offered.
   *[other] { $count } of { $all } charities can come first alone, each under some weighting of the { $priorities } priorities offered.
}
audit-level = { $count ->
    [one] { $count } can share the first place at best.
   *[other] { $count } can share the first place at best.
}
audit-cannot = { $count ->
    [one] { $count } can never come first: whatever the weights, another is ahead.
   *[other] { $count } can never come first: whatever the weights, another is ahead.
}
audit-open = { $count ->
    [one] Of { $count } it isn’t known: no draw put it first, but nothing rules it out.
   *[other] Of { $count } it isn’t known: no draw put them first, but nothing rules them out.
}
audit-most = { $name } comes first most often: in { $share } of all weightings.
audit-sharing = { $count ->
    [one] At least { $share } of all first places go to { $count } charity.
   *[other] At least { $share } of all first places go to { $count } charities.
}
audit-length = Coming first goes with the length of the description: the rank correlation of share and number of words is { $rho } (95 % interval { $low } to { $high }).
audit-length-none = No link with the length of the description is seen: the rank correlation of share and number of words is { $rho } (95 % interval { $low } to { $high }, which holds 0).
audit-drawn = “First in” is estimated from { $draws } weightings drawn at random, all equally likely, and “of answers” from as many sets of answers 0 to 5 (seed { $seed }). Who can come first, and the share among weightings of two priorities, are exact. A shared place counts in equal parts. Real donors’ answers aren’t equally likely: this says what the method allows, not what donors see.
audit-why-one = { $name } is at least as strong on every priority
audit-why-several = { $more ->
    [0] Whatever the weights, one of { $names } is ahead
    [one] Whatever the weights, one of { $names } and { $more } more is ahead
   *[other] Whatever the weights, one of { $names } and { $more } more is ahead
}
audit-why-level = { $more ->
    [0] Level at best, with one of { $names }
    [one] Level at best, with one of { $names } and { $more } more
   *[other] Level at best, with one of { $names } and { $more } more
}
audit-why-nothing = Nothing in its description is about any priority offered
methods-sum = Weighted sum
methods-cosine = Cosine
methods-focus = Focus
methods-bm25 = Word search
methods-note = { $count ->
    [one] Ranks among { $count } charity; “=” is a tie, “–” is nothing found. Weighted sum: how much of what you asked a charity does; this ranks the list. Cosine: how alike the mixture of its work is to your answers. Focus: how much of its work is what you asked. Word search (BM25): how often the names of the priorities, or your own words, stand in the description.
   *[other] Ranks among { $count } charities; “=” is a tie, “–” is nothing found. Weighted sum: how much of what you asked a charity does; this ranks the list. Cosine: how alike the mixture of its work is to your answers. Focus: how much of its work is what you asked. Word search (BM25): how often the names of the priorities, or your own words, stand in the description.
}
