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
own-words-help = Words that also stand in the charities’ descriptions count like one priority rated 3. At most { $limit } characters.
own-words-unknown = No description says: { $words }
start-again = Start again
privacy-line = Your answers stay on this page. They are neither stored nor sent to anyone else.

# Results
results-summary = { $good ->
    [0] None of { $all } charities fits well.
    [one] { $good } of { $all } charities fits well.
   *[other] { $good } of { $all } charities fit well.
}
results-untouched = You haven’t answered yet: the first four priorities count equally here.
results-jump = See them
results-nothing-asked = No priority is rated above 0 and there are no words of your own, so nothing is ranked: the charities are listed by name.
results-nothing-asked-heading = All charities, by name
results-none = No description says anything about what you asked for. That isn’t a judgement on the charities: try other words or another priority.
results-ties = Charities with “=” have the same score and are listed by name.
rest-heading = Further down
rest-show = Show { $count } more in full
none-heading = Nothing found in their descriptions
none-explained = { $count ->
    [one] The description of this one says nothing about what you asked for. It may still do such work.
   *[other] The descriptions of these { $count } say nothing about what you asked for. They may still do such work.
}
rank-label = Rank { $rank }
rank-tied = Rank { $rank }, tied
band-good = Fits well
band-partial = Fits in part
band-slight = Touches on it
band-none = Nothing found
card-points = Points by priority
card-points-of = { $points ->
    [one] { $points } point
   *[other] { $points } points
}
card-total = Total
card-evidence-other = From the description in { $language }:
card-facts = Facts and sources
card-terms = Every word that counted
term-words = Words
term-priority = Priority
term-language = Description
term-points = Points
term-note = Points here are rounded to tenths. A charity described in two languages is read in both, and each counts for half.
text-label = Your words
website-link = Website
sources-heading = Sources
source-for = { $columns }
source-link = { $site }, { $date }
source-seed = Seed text without a public address
source-undated = undated

# Facts
fact-works_in = Where the money acts
fact-founded = Founded
fact-legal_form = Form
fact-base = Based in
fact-serves = For
fact-faith_based = Faith-based
fact-government_linked = Government-linked
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
line-government-yes = government-linked
line-government-no = not government-linked
line-government-not-stated = government link: not stated
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
line-places = the money acts { $places }
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
download-csv = Download as CSV
download-json = Download as JSON

# How this works
method-heading = How this works
method-intro = Every charity is described in 60 to 120 words, in English and Korean, written for this catalogue from public sources. The ranking reads those words and nothing else.
method-formula-heading = From your answers to a score
method-step-words = Each priority has a list of words and phrases that a text about it holds. The lists were written from the priority’s definition, before any description was read.
method-step-weight = A word counts more if few nonprofits use it, and less with each repetition. A phrase counts besides the words it is made of. Each description is scaled to the same length, so long texts gain nothing, and a sentence said twice counts once.
method-step-sum = Your ratings are scaled to sum to one. A charity’s score is the sum of your weight times its match, over everything you rated.
method-step-own = Your own words are one more part of that sum. They count like a priority rated { $weight }.
method-step-points = For reading, the score is shown in points, { $point } to a score of one. They compare charities within one list; they aren’t percentages and say nothing across lists.
method-formula = score(charity) = Σ weight(priority) × match(priority, charity)
method-match = match = mean over its languages of Σ over words: profile(priority, word) × tfidf(charity, word)
method-example-heading = An example, computed now
method-example = With resettlement rated 5 and education rated 2, this is how the points of the first in the list, { $name }, come about:
method-example-column-part = Priority
method-example-column-weight = Your weight
method-example-column-match = Match
method-example-column-product = Weight × match
method-example-column-points = Points
method-bands-heading = What “fits well” means
method-bands = “Fits well” is at least half of the best score in the list, with a match of at least { $match } to something you asked for. “Fits in part” is at least an eighth of the best score. In the judged catalogue, { $good } of { $goodall } charities called a good fit for a single priority do much of that work, and { $none } of { $noneall } with nothing found do.
method-private-heading = Who can see your answers
method-private = Nobody. The page keeps them while it is open and forgets them afterwards. There is no account, no tracking, no request to another site, and answers aren’t written to any log.
method-limits-heading = What the ranking can’t tell
method-limit-quality = It doesn’t know how well a charity works, only what its work is about.
method-limit-size = It doesn’t know size, cost or need. Ask the charity before you give.
method-limit-evidence = Some entries rest on old or thin evidence. Each shows the date of the last evidence, and “not stated” where no source says it.
method-limit-paused = Most work inside North Korea has been paused since 2020 or 2021; those charities are marked, not hidden.
method-neutral-heading = Rules of neutrality
method-neutral-order = The order of the catalogue never decides a rank. Equal scores share a rank and are listed by name.
method-neutral-names = A charity’s own names never count, so a name that sounds like a priority earns nothing.
method-neutral-size = Size, income and the polish of a text never count. No charity can pay for a place.
method-neutral-all = Every charity is listed. What isn’t found says so.
method-quality-heading = How well it ranks
method-quality = Two judges read the facts and graded every charity for every priority. Over the twelve priorities the ranking reaches nDCG@10 of { $product } ({ $low } to { $high }, 95 % interval); plain word matching on the priorities’ names reaches { $baseline }.

# Command line
cli-charity = Charity
cli-band = Fit
