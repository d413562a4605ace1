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
questions-why = 답할 때마다 목록이 바로 바뀝니다. 꼭 답해야 하는 질문은 없습니다.
scale-hint = 0: 중요하지 않음 · 5: 가장 중요함 · 건너뜀: 답하지 않음
answer-skip = 건너뜀
more-priorities = 다른 분야 더 보기
own-words-label = 직접 쓰기(선택)
own-words-hint = 예: 수감자였던 사람을 돕는 일
own-words-help = 쓰신 말은 모두 합해 { $weight }점을 준 분야 하나만큼 반영됩니다. 단체 설명에 나오는 낱말로도 찾고, 그 말이 뜻하는 분야로도 찾습니다. “아닌” 것은 가려내지 못합니다. 최대 { $limit }자.
own-words-corrected = 고쳐 읽은 말: “{ $written }” → “{ $read }”
own-words-unknown = 어느 설명에도 없는 말: { $words }
reading-label = 이런 분야로 읽었습니다.
reading-explained = 쓰신 말은 낱말 그대로도, 읽어 낸 분야로도 반영됩니다. 뜻하지 않은 분야는 눌러서 빼세요.
own-words-apply = 이 말로 찾기
start-again = 처음부터 다시
privacy-line = 답은 이 페이지가 열려 있는 동안만 간직합니다. 저장하지 않고 누구에게도 넘기지 않습니다.

# Results
results-summary = { $good ->
    [0] { $all }개 단체 가운데 잘 맞는 곳이 없습니다.
   *[other] { $all }개 단체 가운데 { $good }곳이 잘 맞습니다.
}
results-untouched = 아직 답하지 않으셨습니다. 지금은 처음 네 분야를 똑같이 반영한 순위입니다.
results-standing = 처음 그대로 { $weight }점으로 반영되는 분야: { $names }. 답하지 않을 분야는 건너뛰세요.
results-jump = 결과 보기
results-nothing-asked = 1점 이상 준 분야도 직접 쓴 말도 없어 순위를 매기지 않고 이름순으로 보여 드립니다.
results-nothing-asked-heading = 모든 단체(이름순)
results-nothing-asked-ids = 1점 이상 준 분야도 직접 쓴 말도 없어 순위를 매기지 않고 식별 번호순으로 보여 드립니다.
results-nothing-asked-ids-heading = 단체(식별 번호순)
results-first = { $all }개 단체 가운데 앞의 { $shown }곳
results-found = { $found ->
    [0] { $all }개 단체 어디에서도 찾지 못했습니다
   *[other] { $all }개 단체 가운데 { $found }곳에서 찾았습니다
}
results-none-left-heading = 남은 단체가 없습니다
results-none-left = 골라 보기에서 고르신 대로 하면 모든 단체가 빠집니다. 아래에서 되돌릴 수 있습니다.
results-none = 찾으시는 내용이 어느 단체의 설명에도 없습니다. 단체에 대한 평가는 아닙니다. 다른 말을 쓰거나 다른 분야를 골라 보세요.
results-ties = “=” 표시가 있는 단체는 점수가 같으며 식별 번호순으로 나옵니다.
rest-heading = 그다음 순위
rest-show = { $count }곳 모두 자세히 보기
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
view-keep = 보관과 공유

# Leave out or keep
facets-heading = 골라 보기
facets-explained = 등록 기관이나 자료가 말하지 않는 것은 “밝혀지지 않음”입니다. “아니요”와 다르므로 따로 고를 수 있습니다.
facets-value = { $value }({ $count })
facets-search = 찾아서 고르기
facets-what = 고른 것을 어떻게 할까요: { $facet }
facets-only = 이것만 보기
facets-hide = 이것은 빼기
left-out-label = 빼고 보는 것
left-out = { $facet }: { $count }곳 뺌
left-out-value = { $value }: { $count }
left-out-restore = 되돌리기
left-out-restore-all = 모두 되돌리기
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
method-example = { $rated }을 주면 목록의 첫째인 { $name }의 점수는 다음과 같이 나옵니다.
method-example-column-part = 분야
method-example-column-weight = 중요도
method-example-column-match = 일치도
method-example-column-product = 중요도 × 일치도
method-example-column-points = 점수
method-bands-heading = “잘 맞음”의 뜻
method-bands = “잘 맞음”은 목록의 최고 점수의 절반 이상이면서, 찾으시는 일 가운데 하나와 일치도가 { $match } 이상이라는 뜻입니다. “일부 맞음”은 최고 점수의 8분의 1 이상입니다.
method-bands-measured = 같은 목록에서 한 분야씩 재어 보면, 잘 맞는다고 나온 { $goodall }곳 가운데 { $good }곳이 그 일을 많이 하고, 찾지 못했다고 나온 { $noneall }곳 가운데서는 { $none }곳이 그렇습니다.
method-private-heading = 누가 답을 볼 수 있나요
method-private = 본인만 볼 수 있습니다. 답은 페이지가 열려 있는 동안 이 페이지를 보여 주는 프로그램의 메모리에만 있고, 저장하거나 기록하거나 넘기지 않습니다. 계정도 추적도 없으며 다른 사이트에 요청을 보내지 않습니다. 다른 사람이 운영하는 프로그램이라면 그 사람을 믿고 맡기는 것입니다.
method-limits-heading = 순위가 말해 주지 못하는 것
method-limit-quality = 단체가 무슨 일을 하는지만 알 뿐, 얼마나 잘하는지는 모릅니다.
method-limit-size = 규모와 비용, 필요의 크기는 모릅니다. 기부하기 전에 단체에 물어보세요.
method-limit-length = 한 가지만 말하는 짧은 글은 여러 가지를 말하는 글보다 점수가 높게 나옵니다. 그래서 이 목록의 설명은 길이가 비슷합니다. 직접 만든 목록에서는 차이가 날 수 있습니다.
method-limit-lengths = 한 가지만 말하는 짧은 글은 여러 가지를 말하는 글보다 점수가 높게 나옵니다. 여기 설명의 길이는 쓴 이에 따라 다릅니다.
method-limit-register = 단체에 관한 내용은 명부나 표를 읽었을 때 거기 적혀 있던 것입니다. 오래되었을 수 있으며, 아무도 말하지 않은 것은 “밝혀지지 않음”이라고 적습니다.
method-limit-evidence = 오래되거나 부족한 근거로 쓴 항목도 있습니다. 항목마다 가장 최근 근거의 날짜를 밝히고, 자료가 말하지 않는 것은 “밝혀지지 않음”이라고 적습니다.
method-limit-paused = 북한 안의 활동은 대부분 2020~21년부터 멈췄습니다. 자료가 그렇게 말하는 단체는 숨기지 않고 표시합니다.
method-neutral-heading = 중립 원칙
method-neutral-order = 목록에 실린 차례는 순위에 영향을 주지 않습니다. 점수가 같으면 순위도 같고 식별 번호순으로 나옵니다.
method-neutral-names = 단체의 이름은 점수에 들어가지 않습니다. 이름이 분야와 비슷하다고 유리하지 않습니다.
method-neutral-size = 규모와 수입, 최상급 표현은 점수에 들어가지 않습니다. 돈을 내고 자리를 얻을 수 없습니다.
method-neutral-all = 빼고 보기로 하신 곳이 아니면 모든 단체를 보여 드립니다. 찾지 못한 것은 찾지 못했다고 밝힙니다.
method-neutral-many = 빼고 보기로 하신 곳이 아니면 모든 단체에 순위를 매기고, 앞의 단체를 보여 드립니다. 찾지 못한 것은 찾지 못했다고 밝힙니다.
method-quality-heading = 얼마나 잘 매기나요
method-quality = 두 심사자가 사실만 읽고 따로따로 이 목록의 모든 단체를 분야마다 평가했습니다. 순위를 만든 바로 그 글로 잰 작은 시험입니다. 열두 분야에서 이 순위의 nDCG@10은 { $product }(95% 신뢰구간 { $low }~{ $high })이고, 분야 이름의 낱말만 맞춰 보면 { $baseline }입니다.

# Command line
cli-charity = 단체
cli-excluded = { $facet } = { $value } 이라서 뺀 곳: { $count }
cli-band = 적합도
