# 한국어. 열쇠말은 바꾸지 않습니다. 값에는 { $자리표시 } 를 쓸 수 있고, 모든 언어에 같은 열쇠말이 있습니다.

language-name = 한국어
language-locale = ko_KR
language-label = 언어

# The page
title = 어디에 기부할까
promise = 중요하게 여기는 일을 알려 주세요. 그 일을 하는 단체를 순서대로 보여 드리고, 왜 그 자리에 있는지 설명합니다.
page-answers = 단체 찾기
page-method = 순위를 매기는 방법

# Questions
questions-heading = 무엇이 중요한가요?
questions-why = 여기에 주신 점수로 순위를 매깁니다. 꼭 답해야 하는 질문은 없습니다.
scale-hint = 0: 중요하지 않음 · 5: 가장 중요함 · 건너뜀: 답하지 않음
answer-skip = 건너뜀
more-priorities = 다른 분야 더 보기
own-words-label = 직접 쓰기(선택)
own-words-hint = 예: 수감자였던 사람을 돕는 일
own-words-help = 쓰신 말은 모두 합해 { $weight }점을 준 분야 하나만큼 반영됩니다. 단체 설명에 나오는 낱말로도 찾고, 그 말이 뜻하는 분야로도 찾습니다. “아닌” 것은 가려내지 못합니다. 최대 { $limit }자.
own-words-corrected = 고쳐 읽은 말: “{ $written }” → “{ $read }”
own-words-unknown = 어느 설명에도 없는 말: { $words }
reading-label = 이런 분야로 읽었습니다:
reading-explained = 쓰신 말은 낱말 그대로도, 읽어 낸 분야로도 반영됩니다. 뜻하지 않은 분야는 눌러서 빼세요.
own-words-apply = 이 말로 찾기
start-again = 내 답 지우기
privacy-line = 답은 메모리에만 두며, 이 페이지를 닫고 2분이 지나면 누구도 볼 수 없습니다. 저장하지 않고 누구에게도 넘기지 않으며, 페이지를 새로 고치면 지워집니다.

# Results
results-summary = { $good ->
    [0] { $all }개 단체 가운데 잘 맞는 곳이 없습니다.
   *[other] { $all }개 단체 가운데 { $good }곳이 잘 맞습니다.
}
results-untouched = 아직 답하지 않으셨습니다. 지금은 맨 위의 분야들을 똑같이 반영한 순위입니다.
results-standing = 처음 그대로 { $weight }점으로 반영되는 분야: { $names }. 답하지 않을 분야는 건너뛰세요.
results-jump = 결과 보기
results-nothing-asked = 1점 이상 준 분야도 직접 쓴 말도 없어 순위를 매기지 않고 이름순으로 보여 드립니다.
results-nothing-asked-heading = 모든 단체(이름순)
results-nothing-asked-lot = 1점 이상 준 분야도 직접 쓴 말도 없어 순위를 매기지 않고 추첨으로 정한 차례대로 보여 드립니다.
results-nothing-asked-lot-heading = 단체(추첨순)
results-first = { $all }개 단체 가운데 앞의 { $shown }곳
results-found = { $found ->
    [0] { $all }개 단체 어디에서도 찾지 못했습니다
   *[other] { $all }개 단체 가운데 { $found }곳에서 찾았습니다
}
results-none-left-heading = 남은 단체가 없습니다
results-none-left = 골라 보기에서 고르신 대로 하면 모든 단체가 빠집니다. 아래에서 되돌릴 수 있습니다.
results-none = 찾으시는 내용이 어느 단체의 설명에도 없습니다. 단체에 대한 평가는 아닙니다. 다른 말을 쓰거나 다른 분야를 골라 보세요.
results-ties = “=” 표시가 있는 단체는 점수가 같으며, 그 사이의 차례는 추첨으로 정했습니다.
rest-heading = 그다음 순위
rest-show = { $count }곳의 근거도 보기
more-show = { $count }곳 더 보기
more-none = 앞의 { $most }곳까지 보여 드립니다. 답을 바꾸거나 골라 보기로 범위를 좁히면 다른 단체가 나옵니다.
none-others = 나머지 { $count }곳의 설명에는 찾으시는 내용이 없습니다. 그래도 그런 일을 하고 있을 수 있습니다.
none-heading = 설명에서 찾지 못한 단체
none-explained = 이 { $count }곳의 설명에는 찾으시는 내용이 없습니다. 그래도 그런 일을 하고 있을 수 있습니다.
rank-label = { $rank }위
rank-tied = 공동 { $rank }위
chosen-label = 고른 단체
like-chosen = 더 보기: { $name }
unlike-chosen = 덜 보기: { $name }
chosen-remove = 빼기
band-good = 잘 맞음
band-partial = 일부 맞음
band-slight = 조금 관련
band-none = 찾지 못함
quote-for = 근거({ $priorities }):
card-points = 분야별 점수
card-points-of = { $points }점
minus = −{ $number }
card-total = 합계
card-evidence-other = { $language } 설명에서:
card-facts = 사실과 출처
card-terms = 점수가 된 모든 낱말
term-words = 낱말
term-priority = 분야
term-language = 설명
term-points = 점수
term-note = 여기 점수는 소수 첫째 자리로 반올림했습니다. 분야 점수는 두 언어로 설명된 단체라면 둘 다 읽어 절반씩 반영하고, 직접 쓴 말은 쓰신 언어의 설명에서만 찾습니다.
text-label = 직접 쓴 말
like-label = 더 보려는 단체와 비슷함
unlike-label = 덜 보려는 단체와 비슷함
like-action = 이런 단체 더 보기
unlike-action = 이런 단체 덜 보기
website-link = 누리집
sources-heading = 출처
source-for = { $columns }
source-link = { $site }, { $date }
source-seed = 첫 목록의 바탕이 된 비공개 글
source-undated = 날짜 없음

# Views
view-label = 결과 보기 방식
view-list = 순위
view-compare = 비교
view-plan = 기부 계획
view-given = 이미 기부하는 곳
view-keep = 보관과 공유
close-above = 바로 위 단체와 우열을 가리기 어렵습니다. { $priority } 점수를 한 단계만 바꿔도 같아지거나 순서가 바뀝니다.
why-action = 왜 더 위가 아닌가요?
why-action-first = 왜 1위인가요?
why-alone = 위아래로 견줄 다른 단체가 없습니다.
compare-action = 비교하기
compare-choose = 나란히 볼 단체(최대 { $most }곳)
compare-search = 이름으로 고르기
compare-too-few = 여기에서, 또는 카드의 “비교하기”로 { $fewest }곳 이상 골라 주세요.
compare-chosen = 나란히 보기: { $name }
compare-see = 나란히 보기
compare-facts = 사실(서로 다른 것부터)
compare-evidence = 가장 잘 보여 주는 문장
compare-no-evidence = 인용할 만한 문장 없음
given-explained = 이미 아는 단체가 답하신 것과 얼마나 맞는지, 어떤 단체가 그와 비슷한지 보여 드립니다.
given-label = 단체 이름
given-hint = 한국어나 영어로, 조금 틀려도 찾습니다
given-which = 어느 단체인가요?
given-unknown = 비슷한 이름의 단체가 여기에는 없습니다: “{ $name }”
given-nothing-found = 설명에는 찾으시는 내용이 없습니다. 그래도 그런 일을 하고 있을 수 있습니다.
given-left-out = 골라 보기에서 고르신 대로 하면 빠지는 단체입니다.
given-further-down = 목록의 앞쪽에 들지 않거나, 골라 보기에서 빠진 단체입니다.
given-similar = 비슷한 단체: { $name }
given-none-similar = 설명이 비슷한 단체 없음: { $name }

# Files that are handed over
file-choose = 파일 고르기
file-remove = 이 파일 빼기
own-heading = 내 표로 찾기
own-explained = { $columns } 열이 있는 CSV 또는 Parquet 파일이면 됩니다. 그 밖의 { $optional }개 열은 없어도 됩니다. 이 방문 동안만 메모리에 두고 저장하지 않으며, 페이지를 닫고 2분이 지나면 누구도 볼 수 없습니다.
own-label = 직접 만든 단체 표
own-limit = 최대 { $megabytes }MB, 단체 { $rows }곳
own-template = 양식 내려받기
own-back = 원래 단체로 돌아가기
results-own = 직접 올리신 표 { $name }에 있는 단체입니다.

# Keep and share
link-heading = 이 답을 담은 링크
link-explained = 분야별 점수와 골라 보기, 고르신 단체를 담습니다. 직접 쓰신 말과 그 말을 읽어 낸 분야는 담지 않으므로, 링크를 여는 사람은 그 말 없이 매긴 순위를 보게 됩니다.
link-too-long = 링크에 담기에는 답이 너무 많습니다. 대신 파일로 보관해 주세요.
download-explained = JSON 파일과 마크다운 파일에는 직접 쓴 말을 포함한 답이 들어 있습니다. JSON 파일은 나중에 확인해 볼 수 있는 기록이기도 합니다(아래 참고).
download-md = 마크다운으로 내려받기
print-heading = 종이에 남기기
print-explained = 순위나 비교, 기부 계획을 보면서 브라우저에서 인쇄하세요. 질문은 빠지고, 무엇을 물었는지가 위에 함께 나옵니다.
print-list = 순위 보기
print-asked = 물어본 것
receipt-heading = 지금도 같은가요?
receipt-explained = 여기에서 내려받은 JSON 파일을 고르면, 같은 답이 지금도 같은 순위를 내는지, 아니면 무엇이 달라졌는지 알려 드립니다. 순위의 기록일 뿐, 기부했다는 증명은 아닙니다.
receipt-label = 순위의 기록 파일
receipt-limit = { $megabytes }MB 이하의 JSON 파일
receipt-refused = { $count ->
   *[other] 쓸 수 없는 파일입니다. 이 페이지가 만든 기록이 아니거나, 만든 뒤에 고쳐졌습니다. 잘못된 곳이 { $count }군데 있습니다.
}
receipt-details = 잘못된 곳(영어)

# The giving plan on the page
plan-budget = 기부할 금액
plan-currency = 통화
plan-minimum = 한 곳에 주는 최소 금액(선택)
plan-most = 최대
plan-count = { $count ->
   *[other] { $count }곳
}
plan-any = 단체 수 제한 없음
plan-not-an-amount = { $label }: { $example }처럼 0보다 큰 { $currency } 금액을 { $decimals ->
    [0] 소수점 없이
   *[other] 소수점 아래 { $decimals }자리까지
} 적어 주세요.
plan-minimum-above = 최소 금액이 기부할 금액보다 큽니다.
plan-download = 계획을 CSV로 내려받기

# Leave out or keep
facets-heading = 골라 보기
facets-explained = 등록 기관이나 자료가 말하지 않는 것은 “밝혀지지 않음”입니다. “아니요”와 다르므로 따로 고를 수 있습니다.
why-asked-works_in = 나라 안에 있는 사람을 돕고 싶은 분도, 그곳을 떠난 사람을 돕고 싶은 분도 있습니다.
why-asked-country = 등록된 나라에 따라 따라야 할 법이 다릅니다.
why-asked-region = 가까운 곳에 기부하고 싶은 분을 위한 질문입니다.
why-asked-size = 작은 단체에는 같은 기부도 더 큰 몫이 되고, 큰 단체는 확인하기가 더 쉬울 수 있습니다.
why-asked-status = 멈췄거나 끝난 사업에는 기부금이 설명대로 쓰일 수 없습니다.
why-asked-tax_deductible = 공제를 받을 수 있으면 기부에 드는 돈이 줄어듭니다.
why-asked-faith_based = 신앙은 누군가에게는 기부하는 까닭이고, 누군가에게는 하지 않는 까닭입니다.
why-asked-government_linked = 정부와 떨어진 단체를 바라는 분도, 정부가 함께하는 단체를 더 믿는 분도 있습니다.
why-asked-lobbies = 정책이 바뀌면 많은 사람이 영향을 받지만, 기부가 사람에게 바로 닿기를 바라는 분도 있습니다.
why-asked-described_by = 이름만 알려진 단체라면 순위가 말해 주는 것이 적습니다.
facets-value = { $value }({ $count })
facets-search = 찾아서 고르기
facets-what = 고른 것을 어떻게 할까요: { $facet }
keep-label = 골라 보기와 상관없이 남긴 단체
facets-only = 이것만 보기
facets-hide = 이것은 빼기
left-out-label = 빼고 보는 것
left-out = { $facet }: { $count }곳 뺌
left-out-value = { $value }: { $count }
left-out-restore = 되돌리기
left-out-restore-all = 모두 되돌리기
gone-why = { $facet }: { $value }
gone-more = 그 밖에 { $count }곳
keep-chosen = 남긴 단체: { $name }
left-out-why = 빠진 단체의 내역

# An index that can't be opened
failure-heading = 단체를 보여 드릴 수 없습니다
failure-explained = 이 페이지를 시작할 때 지정한 단체 목록을 열 수 없습니다. 할 일은 아래와 기록(로그)에 적혀 있습니다. 고친 다음 페이지를 다시 불러오세요.

# Facts
fact-works_in = 돈이 쓰이는 곳
fact-founded = 설립
founded-year = { $year }년
fact-website = 누리집
fact-legal_form = 법적 형태
fact-base = 소재지
fact-serves = 대상
fact-country = 나라
fact-region = 주 또는 도
fact-size = 연간 수입
fact-described_by = 설명의 출처
fact-charity_id = 등록 번호
registered-as = { $scheme } { $number }({ $publisher })
bare-its-name = 이름 말고는 설명이 없는 단체입니다.
bare-its-name-and-activity-code = 이름과 활동 분류 말고는 설명이 없는 단체입니다.
described-the-charity = 단체가 쓴 글
described-its-name-and-activity-code = 이름과 활동 분류
described-its-name = 이름
size-under-10k = 1만 미만
size-10k-to-100k = 1만~10만
size-100k-to-1m = 10만~100만
size-1m-to-10m = 100만~1천만
size-over-10m = 1천만 초과
line-size = 연간 수입 { $size }
fact-faith_based = 종교 기반 여부
fact-government_linked = 정부 설립·운영 여부
fact-lobbies = 로비 여부
fact-facets_note = 덧붙임
fact-status = 현황
fact-how_to_give = 기부 방법
fact-tax_deductible = 기부금 세금 공제
fact-figures = 수치
fact-self_claims = 스스로 밝힌 내용(확인되지 않음)
fact-description = 설명
value-yes = 예
value-no = 아니요
value-not-stated = 밝혀지지 않음
line-founded = { $year }년 설립
line-founded-unknown = 설립 연도 밝혀지지 않음
line-faith-yes = 종교 기반
line-faith-no = 종교 기반 아님
line-faith-not-stated = 종교 기반 여부 밝혀지지 않음
line-government-yes = 정부가 설립·운영
line-government-no = 정부 운영 아님
line-government-not-stated = 정부 운영 여부 밝혀지지 않음
line-lobbies-yes = 로비 활동 함
line-lobbies-no = 로비 활동 안 함
line-lobbies-not-stated = 로비 여부 밝혀지지 않음
line-evidence = 최근 근거: { $date }
line-evidence-unknown = 최근 근거: 날짜 없음
place-inside_north_korea = 북한 안
place-china_and_transit = 중국과 경유국
place-south_korea = 한국
place-elsewhere = 그 밖의 곳
place-not-stated = 장소 밝혀지지 않음
line-places = 돈이 쓰이는 곳: { $places }
status-active = 활동 중
status-paused = 북한 내 활동 중단
status-closed = 활동 종료
status-not-stated = 현재 상태 밝혀지지 않음
figure-cumulative = 누적, { $date }
figure-yearly = { $date }
figure-at_date = { $date } 기준
figure-amount = 금액, { $date }
figure-undated = 날짜 없음

# Downloads
download-heading = 결과 간직하기
download-all = 파일에는 { $all }곳이 모두 들어 있습니다.
download-first = 파일에는 { $all }개 단체 가운데 여기 보이는 앞의 { $count }곳이 들어 있습니다.
download-csv = CSV로 내려받기
download-json = JSON으로 내려받기

# How this works
method-heading = 순위를 매기는 방법
method-intro = 모든 단체를 공개 자료에 근거해 영어 60~120단어와 같은 내용의 한국어로 직접 소개했습니다. 순위는 그 글만 읽고 매깁니다.
method-intro-any = 여기 있는 단체는 이 프로그램에 딸린 목록이 아니라 등록 기관의 명부나 따로 만든 표에서 왔습니다. 순위는 거기 적힌 설명만 읽고 매깁니다. 설명이 없는 단체는 이름과 활동 분류만으로 소개되기도 하며, 그런 단체에는 그렇다고 적혀 있습니다.
method-formula-heading = 답에서 점수까지
method-step-words = **낱말.** 분야마다 그 일을 말하는 글에 나오는 낱말과 표현이 있고, 저마다 무게가 있습니다. 처음에는 단체의 설명이 아니라 분야의 정의를 보고 영어와 한국어 목록을 만들었으며, 잘못 걸리는 낱말은 나중에 고쳤습니다.
method-step-learned = **배움.** 여기서 묻는 { $offered }개 분야 가운데 { $learned }개는, 활동 분야가 표시된 미국 비영리단체 { $nonprofits }곳의 글에서 영어 낱말의 무게를 다시 배웠습니다. 배움은 목록에서 출발하며, 표시된 단체들이 뒷받침하는 만큼만 무게가 달라집니다. 무게는 0보다 작아지지 않고, 이름으로 쓰인 낱말은 더하지 않습니다. 나머지 분야와 한국어는 모두 목록 그대로입니다.
method-step-weight = **되풀이.** 적은 단체만 쓰는 낱말일수록 크게, 되풀이될수록 작게 셉니다. 표현은 그 안의 낱말과 따로 셉니다. 모든 설명을 같은 길이로 맞추고 같은 문장은 한 번만 세므로, 글을 늘려도 유리하지 않습니다.
method-step-rare = **드문 정도.** 낱말이 얼마나 드문지는 여기 있는 설명 { $all }편과 비영리단체 { $nonprofits }곳의 글에서 함께 셉니다. 그 글들은 설명 { $background }편의 몫을 합니다. 글 { $rarest }편에 하나보다 더 드문 낱말은 대개 이름이나 오타이므로, 그보다 드물게 보지 않습니다. 한국어에는 그런 글이 없어 모든 낱말을 똑같이 드물다고 보고 시작합니다.
method-step-level = **기준값.** 일치도는 분야의 기준값으로 나눕니다. 그래서 1은 어느 분야에서나 같은 뜻입니다. 비영리단체 { $nonprofits }곳의 글 가운데 가장 잘 맞는 { $texts }편의 평균만큼 맞는다는 뜻이며, 1보다 클 수도 있습니다. 한국어 기준값은 같은 목록에서 한국어 글이 영어 글에 견주어 얼마나 잘 맞는지에 따라 조정합니다. 직접 쓴 말과 고른 단체는 모든 기준값의 중앙값으로 나눕니다.
method-step-sum = **합.** 매긴 중요도와 그 밖에 요청하신 것은 모두 무게가 되며, 크기의 합이 1이 되도록 나눕니다. 단체의 점수는 요청하신 모든 것에 대해 무게와 일치도를 곱해 더한 값입니다.
method-step-own = **직접 쓴 말.** 직접 쓴 말은 모두 합해 { $weight }점을 준 분야 하나만큼 반영됩니다. 그 말을 같은 낱말 무게로 읽어 분야마다 몫을 주고, 그 몫을 매기신 중요도에 더합니다. 몫의 합은 { $most }을 넘지 않습니다. 나머지는 낱말 그대로의 몫이며, 빼신 분야의 몫도 낱말에 돌아갑니다. 철자가 틀린 영어 낱말은 설명에 나오는 가장 가까운 낱말로 읽고, 어느 설명에도 없는 말은 점수에 들어가지 않습니다.
method-step-like = **이런 단체 더, 덜.** “이런 단체 더 보기”는 고르신 단체를 { $like }점을 준 분야 하나처럼 더합니다. 언어마다 그 단체의 가장 무거운 낱말 { $strongest }개를 봅니다. “이런 단체 덜 보기”는 { $unlike }점을 준 분야 하나만큼 점수를 깎습니다.
method-step-points = **점수.** 읽기 쉽도록 점수로 나타냅니다. 무게를 모두 받은 일치도 1이 { $point }점입니다. 한 목록 안에서 단체를 견주는 값이며, 백분율이 아니고 다른 목록과 견줄 수도 없습니다.
method-formula = 점수(단체) = Σ 무게(부분) × 일치도(부분, 단체)
method-match = 일치도 = 언어별 평균 [ Σ 낱말: 부분의 낱말 무게 × tfidf(단체, 낱말) ÷ 기준값(부분) ]
method-tfidf = 부분의 낱말 무게 = 무게 × idf(낱말); tfidf = (1 + ln(설명에 나온 횟수)) × idf(낱말); 부분과 설명마다 길이를 1로 맞춤
method-idf = idf = −ln(글의 비율), 비율 = (n + { $background } × b) ÷ (N + { $background }), 적어도 1 ÷ { $rarest }; 설명 N편 가운데 n편과 비영리단체 가운데 b의 비율이 그 낱말을 씀
method-profile = 배운 무게 = 다음을 가장 작게 하는 w ≥ 0: Σ 단체 (표시 − a − Σ 낱말 w × tfidf)² + S × Σ 낱말 ((w − B × 목록) ÷ 확실함)²
method-example-heading = 지금 계산한 예
method-example-rated = { $priority } { $weight }점
method-example = { $rated }을 주면 1위인 { $name }의 점수는 다음과 같이 나옵니다.
method-example-none = 여기에는 물어보는 분야에 맞는 단체가 없어 보여 드릴 점수가 없습니다.
method-example-column-part = 분야
method-example-column-weight = 중요도
method-example-column-match = 일치도
method-example-column-product = 중요도 × 일치도
method-example-column-points = 점수
method-bands-heading = “잘 맞음”의 뜻
method-bands = “잘 맞음”은 목록의 최고 점수의 절반 이상이면서, 찾으시는 일 가운데 하나와 일치도가 { $match } 이상이라는 뜻입니다. “일부 맞음”은 최고 점수의 8분의 1 이상입니다.
method-bands-measured = 같은 목록에서 한 분야씩 재어 보면, 잘 맞는다고 나온 { $goodall }곳 가운데 { $good }곳이 그 일을 많이 하고, 찾지 못했다고 나온 { $noneall }곳 가운데서는 { $none }곳이 그렇습니다.
method-private-heading = 누가 답을 볼 수 있나요
method-private = 본인만 볼 수 있습니다. 답은 이 페이지를 보여 주는 프로그램의 메모리에만 있습니다. 페이지를 닫은 뒤에도 끊긴 연결을 다시 이을 수 있도록 2분 동안 두고, 그다음에는 누구도 볼 수 없으며 다음 방문이 끝날 때 지워집니다. 저장하거나 기록하거나 넘기지 않습니다. 계정도 추적도 없으며 다른 사이트에 요청을 보내지 않습니다. 다른 사람이 운영하는 프로그램이라면 그 사람을 믿고 맡기는 것입니다.
method-limits-heading = 순위가 말해 주지 못하는 것
method-limit-quality = 단체가 무슨 일을 하는지만 알 뿐, 얼마나 잘하는지는 모릅니다.
method-limit-size = 규모와 비용, 필요의 크기는 모릅니다. 기부하기 전에 단체에 물어보세요.
method-limit-length = 한 가지만 말하는 짧은 글은 여러 가지를 말하는 글보다 점수가 높게 나옵니다. 그래서 이 목록의 설명은 길이가 비슷합니다. 직접 만든 목록에서는 차이가 날 수 있습니다.
method-limit-lengths = 한 가지만 말하는 짧은 글은 여러 가지를 말하는 글보다 점수가 높게 나옵니다. 여기 설명의 길이는 쓴 이에 따라 다릅니다.
method-limit-register = 단체에 관한 내용은 명부나 표를 읽었을 때 거기 적혀 있던 것입니다. 오래되었을 수 있으며, 아무도 말하지 않은 것은 “밝혀지지 않음”이라고 적습니다.
method-limit-evidence = 오래되거나 부족한 근거로 쓴 항목도 있습니다. 항목마다 가장 최근 근거의 날짜를 밝히고, 자료가 말하지 않는 것은 “밝혀지지 않음”이라고 적습니다.
method-limit-paused = 북한 안의 활동은 대부분 2020~21년부터 멈췄습니다. 자료가 그렇게 말하는 단체는 숨기지 않고 표시합니다.
method-neutral-heading = 중립 원칙
method-neutral-order = 목록에 실린 차례는 순위에 영향을 주지 않습니다. 점수가 같으면 순위도 같고, 그 사이의 차례는 추첨으로 정합니다. “{ "where-to-give 2026" }:” 뒤에 단체의 식별 번호를 붙여 SHA-256을 구한 값이 작은 쪽이 먼저 나옵니다. 누구나 다시 계산해 볼 수 있습니다.
method-neutral-names = 단체의 이름은 점수에 들어가지 않습니다. 이름이 분야와 비슷하다고 유리하지 않습니다.
method-neutral-size = 규모와 수입, 최상급 표현은 점수에 들어가지 않습니다. 돈을 내고 자리를 얻을 수 없습니다.
method-neutral-all = 빼고 보기로 하신 곳이 아니면 모든 단체를 보여 드립니다. 찾지 못한 것은 찾지 못했다고 밝힙니다.
method-neutral-many = 빼고 보기로 하신 곳이 아니면 모든 단체에 순위를 매기고, 앞의 단체를 보여 드립니다. 찾지 못한 것은 찾지 못했다고 밝힙니다.
audit-heading = 1위가 될 수 있는 단체
audit-too-many = 단체가 너무 많아 기다리시는 동안 계산할 수 없습니다. 페이지를 운영하는 사람은 “audit” 명령으로 계산할 수 있습니다.
audit-nobody = 여기에서 묻는 분야에 맞는 단체가 없어 어느 단체도 1위가 될 수 없습니다.
audit-never-heading = 1위가 될 수 없는 단체 { $count }곳과 그 까닭
methods-heading = 다른 방법으로 본 내 답
methods-explained = 어느 방법도 정답은 아닙니다. 목록의 앞쪽 단체와, 다른 방법에서 1위가 되는 단체를 보여 드립니다.
methods-nothing-asked = 분야에 점수를 주시면 여기에 순위가 나옵니다.
methods-first = 명부가 길어 모든 방법으로 전체 순위를 매길 수 없습니다. { $all }곳 가운데 목록의 앞 { $count }곳만 견줍니다. 더 뒤에 있는 단체가 다른 방법에서는 1위일 수도 있습니다.
method-quality-heading = 얼마나 잘 매기나요
method-quality = 두 심사자가 사실만 읽고 따로따로 이 목록의 모든 단체를 분야마다 평가했습니다. 순위를 만든 바로 그 글로 잰 작은 시험입니다. 열두 분야에서 이 순위의 nDCG@10은 { $product }(95% 신뢰구간 { $low }~{ $high })이고, 분야 이름의 낱말만 맞춰 보면 { $baseline }입니다.

# Command line
cli-charity = 단체
cli-excluded = { $facet } = { $value } 이라서 뺀 곳: { $count }
cli-band = 적합도

# Why, why not, and side by side
compare-above = { $above }의 점수가 { $below }보다 { $points }점 높습니다({ $parts }).
compare-just-above = { $above }의 점수가 { $below }보다 높지만, 차이는 1점이 되지 않습니다.
compare-part = { $part } { $points }점
compare-level = 점수가 같아 공동 순위인 단체: { $charities }
compare-silent = 찾지 못해 순위가 없는 단체: { $charities }
compare-close = 우열을 가리기 어렵습니다. { $priority }에 준 점수를 한 단계만 바꾸어도 점수가 같아지거나 순위가 뒤바뀝니다.
compare-flip = { $priority }에 { $rating }점 대신 { $at }점을 주면 점수가 같아집니다.
compare-flip-new = { $priority }에도 { $at }점을 주면 점수가 같아집니다.
compare-flip-slightest = { $priority }에 준 점수를 아주 조금만 바꾸어도 점수가 같아집니다.
compare-no-flip = 한 분야의 점수만 바꾸어서는 점수가 같아지지 않습니다.
compare-about = 약 { $number }
compare-unlisted = 이 목록에 없음
compare-rank = 순위
compare-difference = 차이
compare-rest = 그 밖의 모든 낱말
fact-last_evidence = 최근 근거
# Kept and shared
ignored-version = 이 프로그램의 다른 버전에서 만든 링크라서 쓰지 않았습니다: { $names }
ignored-long = 이 프로그램이 만드는 어떤 링크보다도 길어서 쓰지 않았습니다.
ignored-priority = 여기서는 물을 수 없어 쓰지 않은 것: { $names }
ignored-weight = 점수가 0~5가 아니어서 쓰지 않은 것: { $names }
ignored-charity = 여기에 없는 단체라서 쓰지 않은 것: { $names }
ignored-both = 더 보기와 덜 보기에 함께 들어 있어 쓰지 않은 것: { $names }
ignored-facet = 여기서는 기준으로 고를 수 없어 쓰지 않은 것: { $names }
ignored-value = 고른 값을 가진 단체가 여기에 없어 쓰지 않은 것: { $names }
ignored-twice = 남기기와 빼기에 함께 들어 있어 쓰지 않은 기준: { $names }
ignored-rounded = 1~5점 가운데 가장 가까운 점수로 읽은 것: { $names }
ignored-unnamed = 이름을 그대로 보여 드릴 수 없는 것
ignored-more = { $count ->
   *[other] 그 밖의 { $count }개
}
markdown-asked = 물어본 내용
markdown-ranking = 순위와 점수
markdown-evidence = 앞선 단체가 그 자리에 있는 까닭
markdown-made-by = 이 순위를 만든 바탕
markdown-date = 만든 날: { $date }
markdown-catalogue = 목록의 지문: { $fingerprint }
markdown-priorities = 분야의 지문: { $fingerprint }
markdown-version = 프로그램 버전: { $version }
markdown-settings = 바탕 글의 몫(설명 수로 쳐서): { $weight }
replay-same = { $count ->
    [0] 순위가 똑같습니다. 들어 있는 단체는 없습니다.
   *[other] 순위가 똑같습니다. 단체 { $count }곳의 순위와 점수가 마지막 자리까지 모두 같습니다.
}
replay-differs = 순위가 똑같지 않습니다.
replay-catalogue = 목록이 바뀌었습니다. 목록의 지문: 그때 { $before }, 지금 { $after }
replay-priorities = 분야가 바뀌었습니다. 분야의 지문: 그때 { $before }, 지금 { $after }
replay-version = 프로그램이 바뀌었습니다. 버전: 그때 { $before }, 지금 { $after }
replay-settings = 설정이 바뀌었습니다. 바탕 글을 설명 { $before }개로 쳤는데 지금은 { $after }개로 칩니다.
replay-lots = 동점 순서를 정하는 추첨이 바뀌었습니다. 추첨 기준값: 그때 { $before }, 지금 { $after }
replay-no-cause = 순위를 만드는 바탕은 아무것도 바뀌지 않았습니다. 파일이 나중에 고쳐졌거나, 이 컴퓨터의 반올림이 파일을 만든 컴퓨터와 다릅니다.
replay-before = 그때 순위
replay-after = 지금 순위
replay-difference = 점수 차이
replay-came = 새로 나옴
replay-went = 이제 나오지 않음
replay-gone = 목록에서 없어짐
# The giving plan
plan-given = { $count ->
    [0] { $budget } 가운데 나눈 금액이 없습니다.
   *[other] { $budget } 가운데 { $count }개 단체에 나눌 금액은 { $given }입니다. 여기에서 실제로 돈이 나가지는 않습니다.
}
plan-nothing-asked = 0보다 높게 매긴 분야도, 직접 쓴 말도 없어 나누지 않았습니다.
plan-rule = 요청하신 것마다 전체 무게에서 차지하는 만큼 예산의 몫이 있습니다. 그 몫은 잘 맞는 단체들에 설명이 맞는 정도에 비례해 나눕니다.
plan-gift = { $name }의 금액은 { $amount }입니다: { $parts }.
plan-gift-part = { $count ->
    [1] “{ $priority }” 몫 { $share } 전부
   *[other] “{ $priority }” 몫 { $share } 가운데 { $amount }({ $count }곳이 나눔)
}
plan-amount = 금액
plan-nobody = “{ $priority }” 몫 { $amount }: 설명으로 보아 여기에 잘 맞는 단체가 없어 나누지 않고 남겨 둡니다.
plan-only-aside = “{ $priority }” 몫 { $amount }: 여기에 잘 맞는 단체는 금액을 받지 않는 곳뿐이어서 나누지 않고 남겨 둡니다.
plan-too-small = “{ $priority }” 몫 { $amount }: 한 곳에 드리는 최소 금액({ $least })보다 적고, 다른 금액을 받는 단체 가운데 여기에 잘 맞는 곳이 없어 나누지 않고 남겨 둡니다.
plan-no-room = { $most ->
   *[other] “{ $priority }” 몫 { $amount }: 금액을 받을 수 있는 단체가 { $most }곳까지인데 그 가운데 여기에 잘 맞는 곳이 없어 나누지 않고 남겨 둡니다.
}
plan-no-unit = “{ $priority }” 몫은 { $least }에 못 미쳐 나눌 금액이 없습니다.
plan-aside-closed = { $name }: 잘 맞지만 활동을 마친 곳이어서 금액을 나누지 않았습니다.
plan-aside-unlike = { $name }: 잘 맞지만 이런 단체를 덜 보겠다고 하셔서 금액을 나누지 않았습니다.
plan-aside-against = { $name }: 요청하신 것과 잘 맞는 점이 있지만 깎이는 점수가 더 커서 금액을 나누지 않았습니다.
plan-uneven = { $names }: 맞는 정도가 같지만 똑같이 나눌 수 없어 추첨에서 앞선 곳에 더 나눕니다.
plan-status = { $name }: { $status }.
plan-rows = { $every }개 단체 가운데 목록에 있는 { $rows }곳만 보고 나누었습니다. 다른 단체도 그런 일을 할 수 있습니다.
# A table of one’s own that can’t be used
refused-heading = { $count ->
   *[other] 아직 쓸 수 없는 표입니다. 고칠 곳이 { $count }군데 있습니다.
}
refused-line = { $where }: { $what }
refused-cell = { $where }, “{ $column }” 열
refused-column = “{ $column }” 열
where-file = 파일
where-header = 열 이름이 있는 첫 줄
where-line = { NUMBER($number, useGrouping: 0) }번째 줄
where-row = { NUMBER($number, useGrouping: 0) }번째 행
problem-empty = 비어 있습니다. 첫 줄에는 열 이름을 적고, 그다음 줄부터 한 줄에 단체 하나씩 적어 주세요.
problem-size = 크기가 { $size }MB입니다. { $most }MB까지만 읽습니다.
problem-unpacked = 압축을 풀면 글이 { $most }MB를 넘습니다. 그만큼까지만 읽습니다.
problem-rows = 행이 { $most }개를 넘습니다. 그만큼까지만 읽습니다.
problem-columns = 열이 { $count }개입니다. { $most }개까지만 읽습니다.
problem-workbook = 스프레드시트 프로그램의 통합 문서입니다. 그 프로그램에서 열어 “CSV UTF-8” 형식으로 저장해 주세요.
problem-archive = 압축 파일입니다. 압축을 풀고 그 안의 표를 CSV나 Parquet 형식으로 골라 주세요.
problem-picture = 그림 파일입니다. CSV나 Parquet 형식의 표를 골라 주세요.
problem-document = PDF 문서입니다. CSV나 Parquet 형식의 표를 골라 주세요.
problem-markup = 웹 페이지이거나 XML 문서입니다. 만든 프로그램에서 열어 “CSV UTF-8” 형식으로 저장해 주세요.
problem-encoding = UTF-8이 아닌 바이트가 있습니다: { $bytes }. Latin-1이나 Windows-1252로 저장된 파일이라면 스프레드시트 프로그램에서 열어 “CSV UTF-8” 형식으로 저장해 주세요.
problem-damaged = { $encoding } 글로 시작하지만 손상되었거나 중간에 잘렸습니다. “CSV UTF-8” 형식으로 다시 저장해 주세요.
problem-quotes = 따옴표가 CSV 형식에 맞지 않습니다. 따옴표나 쉼표, 줄바꿈이 든 칸은 따옴표로 감싸고, 그 안의 따옴표는 두 번 적어 주세요.
problem-unclosed = 여기서 시작하는 칸이 { $most }자를 넘습니다. { $field }자까지만 읽습니다. 닫지 않은 따옴표가 있는지 살펴봐 주세요.
problem-repeated = { $count ->
   *[other] “{ $name }” 열이 { $count }개 있습니다. 같은 이름은 한 번만 쓸 수 있습니다.
}
problem-unknown = “{ $name }” 열은 여기서 쓰지 않습니다. 이름을 바꾸거나 빼 주세요.
problem-missing = 꼭 있어야 하는 “{ $name }” 열이 없습니다.
problem-ragged = { $count ->
   *[other] 칸이 { $count }개인데, 첫 줄에는 { $width }개가 있습니다.
}
problem-without = 단체가 하나도 없습니다. 첫 줄 다음에 아무것도 없습니다.
problem-parquet = Parquet 파일로 읽을 수 없습니다. 손상되었거나 중간에 잘렸거나 다른 종류의 파일입니다.
problem-nested = 칸의 자료형이 { $type }입니다. 모든 칸은 글이어야 합니다.
problem-length = { $count }자입니다. { $most }자까지만 읽습니다.
problem-more = { $count ->
   *[other] 이 밖에 { $count }군데가 더 있습니다.
}
problem-blank = 꼭 있어야 하는데 비어 있습니다.
problem-twice = “{ $cell }”: 여러 행에 나옵니다. 식별 번호는 한 번씩만 쓸 수 있습니다.
problem-id = “{ $cell }”: 식별 번호로 쓸 수 없습니다. 로마자와 숫자를 쓰고, - _ . 로만 나눌 수 있습니다.
problem-words = “{ $cell }”: 낱말이 없습니다.
problem-year = “{ $cell }”: 1000년부터 2099년까지의 연도가 아닙니다.
problem-choice = “{ $cell }”: 여기에 쓸 수 없습니다. 다음 가운데 하나를 그대로 적어 주세요: { $values }.
problem-places = “{ $cell }”: 여기에 쓸 수 없습니다. 다음 가운데 하나 이상을 “|”로 나누어 그대로 적어 주세요: { $values }.
problem-items = “{ $cell }”: 항목이 없습니다. 항목을 “|”로 나누어 적어 주세요.
problem-date = “{ $cell }”: 날짜가 아닙니다. 2025, 2025-05, 2025-05-19처럼 적어 주세요.
problem-address = “{ $cell }”: 웹 주소가 아닙니다. https:// 또는 http:// 로 시작해야 합니다.
problem-countries = “{ $cell }”: 여기에 쓸 수 없습니다. US=yes | GB=no처럼 나라 코드에 yes나 no를 붙이고 “|”로 나누어 적어 주세요.
problem-figures = “{ $cell }”: 여기에 쓸 수 없습니다. “cumulative, 2025: 배운 사람 = 600명 이상”처럼 적고 “|”로 나누어 주세요. 맨 앞에는 다음 가운데 하나가 옵니다: { $values }.
problem-country = “{ $cell }”: 나라 코드가 아닙니다. US나 GB처럼 로마자 대문자 두 자로 적어 주세요.
# Finding a charity by its name
search-nothing = 이름이 비슷한 단체가 없습니다. 이름의 일부만 적거나 다르게 적어 보세요.
search-column-id = 식별 번호
search-column-matched = 알려진 이름
search-column-way = 얼마나 비슷한가
search-way-exact = 같은 이름입니다
search-way-beginning = 이렇게 시작합니다
search-way-words = 이 말이 들어 있습니다
search-way-close =
    { $apart ->
       *[other] 낱자 { $apart }개가 다릅니다
    }
# 중립성: 1위가 될 수 있는 단체와 다른 방법
audit-percent = { $share }%
audit-percent-below = { $share }% 미만
audit-share = 1위인 비율
audit-interval = 95% 구간
audit-answers = 0~5점 답 가운데
audit-two = 두 분야만 볼 때
audit-best = 가장 앞서는 무게
audit-never = 1위가 될 수 없는 단체: { $name }. { $reason }
audit-can = { $count ->
    [0] { $all }개 단체 가운데 여기서 묻는 { $priorities }개 분야에 무게를 어떻게 주어도 단독 1위가 될 수 있는 곳이 없습니다.
   *[other] { $all }개 단체 가운데 { $count }곳은 여기서 묻는 { $priorities }개 분야에 무게를 알맞게 주면 단독 1위가 될 수 있습니다.
}
audit-level = { $count ->
   *[other] { $count }곳은 잘해야 공동 1위입니다.
}
audit-cannot = { $count ->
   *[other] { $count }곳은 1위가 될 수 없습니다. 무게를 어떻게 주어도 다른 단체가 앞섭니다.
}
audit-open = { $count ->
   *[other] { $count }곳은 알 수 없습니다. 뽑은 무게에서 1위가 된 적은 없지만, 될 수 없다고 할 근거도 없습니다.
}
audit-most = 가장 자주 1위가 되는 단체는 { $name }입니다. 모든 무게 가운데 { $share }에서 1위입니다.
audit-sharing = { $count ->
   *[other] 1위 자리의 { $share } 이상을 { $count }곳이 나누어 가집니다.
}
audit-length = 1위가 되는 비율은 설명의 길이와 관련이 있습니다. 비율과 낱말 수의 순위 상관은 { $rho }입니다(95% 구간 { $low }~{ $high }).
audit-length-none = 1위가 되는 비율은 설명의 길이와 관련이 보이지 않습니다. 비율과 낱말 수의 순위 상관은 { $rho }이고, 95% 구간 { $low }~{ $high }에 0이 들어 있습니다.
audit-drawn = “1위인 비율”은 모두 똑같이 나올 수 있는 무게 { $draws }개를 무작위로 뽑아 어림했고, “0~5점 답 가운데”는 같은 수의 답을 뽑아 어림했습니다(시드 { $seed }). 1위가 될 수 있는지와 두 분야만 볼 때의 비율은 정확한 값입니다. 공동 1위는 똑같이 나누어 셉니다. 실제 기부자의 답이 모두 똑같이 나오는 것은 아니므로, 이 값은 이 방법으로 나올 수 있는 결과를 말할 뿐 기부자가 보게 될 결과를 말하지 않습니다.
audit-why-one = 모든 분야에서 다음 단체가 이에 못지않습니다: { $name }
audit-why-several = { $more ->
    [0] 무게를 어떻게 주어도 다음 가운데 한 곳이 앞섭니다: { $names }
   *[other] 무게를 어떻게 주어도 다음 가운데 한 곳이 앞섭니다: { $names } 외 { $more }곳
}
audit-why-level = { $more ->
    [0] 잘해야 다음 가운데 한 곳과 공동 1위입니다: { $names }
   *[other] 잘해야 다음 가운데 한 곳과 공동 1위입니다: { $names } 외 { $more }곳
}
audit-why-nothing = 설명에 여기서 묻는 분야에 관한 내용이 없습니다.
methods-sum = 가중합
methods-cosine = 코사인
methods-focus = 집중도
methods-bm25 = 낱말 검색
methods-note = { $count ->
   *[other] { $count }개 단체 안에서의 순위입니다. “=”는 공동 순위이고 “–”는 찾지 못했다는 뜻입니다. 가중합은 요청하신 일을 얼마나 많이 하는지를 보며, 목록의 순위는 이것으로 매깁니다. 코사인은 단체가 하는 일의 구성이 답과 얼마나 닮았는지를 봅니다. 집중도는 단체가 하는 일 가운데 요청하신 일이 얼마나 되는지를 봅니다. 낱말 검색은 설명에 분야 이름이나 직접 쓰신 말이 얼마나 자주 나오는지를 봅니다.
}
