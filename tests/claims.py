"""What is said of privacy, in .github/PRIVACY.md; see `proofs`."""

from proofs import Claim

CLAIMS = [
    Claim(
        "Through a whole visit, with answers, own words, details, downloads, both languages and "
        "both pages, the browser asks no other site for anything.",
        ("tests/ui/test_privacy.py::test_a_whole_visit_asks_no_other_site_for_anything",),
    ),
    Claim(
        "The server sends with each answer a policy by which the browser loads nothing from "
        "elsewhere, and what got into the page all the same neither runs nor calls out.",
        (
            "tests/ui/test_headers.py::test_every_answer_has_the_headers",
            "tests/ui/test_headers.py::test_nothing_that_got_into_the_page_runs_or_calls_out",
        ),
    ),
    Claim(
        "As it is started, the server writes neither answers nor own words into its log.",
        ("tests/ui/test_privacy.py::test_the_log_holds_neither_answers_nor_words",),
    ),
    Claim(
        "Nor does it when it is told to log as much as Streamlit and uvicorn can, and a visit "
        "with own words leaves no file behind on it: every byte that it tried to write would fail.",
        (
            "tests/ui/test_traces.py::test_a_visit_leaves_no_answer_in_a_talkative_log_and_no_file",
            "tests/ui/test_traces.py::test_messages_of_the_connection_are_kept_out_of_the_log",
            "tests/ui/test_traces.py::test_a_byte_written_would_be_noticed",
        ),
    ),
    Claim(
        "Of a file that you upload neither the name nor the content is logged as it arrives, and "
        "none of it is written to the server's disk.",
        ("tests/ui/test_traces.py::test_an_upload_is_neither_told_nor_written",),
    ),
    Claim(
        "Neither answers nor own words are kept in the browser's storage or its cookies.",
        ("tests/ui/test_privacy.py::test_nothing_is_kept_in_the_browser",),
    ),
    Claim(
        "The link to your answers holds no words of your own.",
        ("tests/test_links.py::test_own_words_are_in_no_link",),
    ),
    Claim(
        "After a page is closed, the server's memory keeps the visit for two minutes, so that a "
        "connection that broke can come back; then nobody is given it any more, and it is let go "
        "when the next visit ends.",
        (
            "tests/ui/test_kept.py::test_a_closed_visit_may_come_back_within_two_minutes",
            "tests/ui/test_kept.py::"
            "test_what_has_run_out_is_given_to_nobody_and_let_go_when_another_is_closed",
        ),
    ),
    Claim(
        "Unless it is told otherwise, the server listens to its own machine alone, and refuses "
        "pages of other sites a connection.",
        (
            "tests/ui/test_origin.py::test_it_listens_to_this_machine_alone",
            "tests/ui/test_origin.py::test_a_page_of_another_site_is_refused_a_connection",
        ),
    ),
    Claim(
        "When something breaks, a visitor is told neither the message nor the place of the error.",
        (
            "tests/ui/test_failing.py::test_the_connection_carries_neither_message_nor_place",
            "tests/ui/test_failing.py::test_a_visitor_sees_neither_message_nor_place_of_an_error",
        ),
    ),
    Claim(
        "No module reaches the network when it is imported, nor do the commands that the tests "
        "name when they work.",
        (
            "tests/test_offline.py::test_importing_every_module_reaches_no_network",
            "tests/test_offline.py::test_no_command_reaches_the_network",
            "tests/test_offline.py::test_further_commands_reach_no_network",
            "tests/test_offline.py::test_an_index_is_made_and_asked_without_the_network",
            "tests/test_offline.py::test_a_wish_for_the_network_would_be_noticed",
        ),
    ),
    Claim(
        "Every package that is installed has its version and its hashes in the requirements; one "
        "of another hash, or without one, is refused.",
        (
            "tests/test_packaging.py::test_every_pin_is_exact_and_hashed",
            "tests/test_run.py::test_a_changed_file_is_not_taken_for_the_tested_one",
            "tests/test_run.py::test_a_pin_without_a_hash_is_refused",
        ),
    ),
]
