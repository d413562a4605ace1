"""What was tried and what came of it, in .github/WITHSTANDS.md; see `proofs`."""

from proofs import Tried

PAGE = "The page"
MACHINE = "On a user's own machine"
CHANGING = "Files that change under a page that runs"
STORED = "Stored files"
AT_ONCE = "Many at once"
GIVEN = "Tables and answers of strangers"

TRIED = [
    Tried(
        PAGE,
        "methods other than reading, on pages, files and health",
        "404 or 405, and nothing is said back",
        ("tests/ui/test_origin.py::test_what_is_read_can_only_be_read",),
    ),
    Tried(
        PAGE,
        "connections of other sites' pages",
        "refused",
        ("tests/ui/test_origin.py::test_a_page_of_another_site_is_refused_a_connection",),
    ),
    Tried(
        PAGE,
        "answers of all kinds, also of a missing file and of a failing server",
        "each has the policy and all other headers",
        (
            "tests/ui/test_headers.py::test_every_answer_has_the_headers",
            "tests/ui/test_failing.py::test_a_failing_server_says_so_with_all_headers",
        ),
    ),
    Tried(
        PAGE,
        "visitors from one command for a while (`benchmarks/soak.py`; what 50 at a time for five "
        "minutes did is told in [benchmarks](../benchmarks/README.md#fifty-visitors-for-long))",
        "no error; memory is told",
        ("tests/test_benchmark_soak.py::test_one_command_visits_for_a_while_and_says_how_it_went",),
    ),
    Tried(
        MACHINE,
        "Ctrl-C in the middle of a long command",
        "one sentence, status 130, nothing half written; the same command works afterwards",
        (
            "tests/test_stopping.py::"
            "test_ctrl_c_gets_one_sentence_and_the_command_works_afterwards",
            "tests/test_stopping.py::test_matching_tells_how_far_it_is_and_goes_on",
        ),
    ),
    Tried(
        MACHINE,
        "Ctrl-C again while it tidies up, and while the program loads",
        "the same",
        (
            "tests/test_stopping.py::test_further_ctrl_c_does_not_disturb_what_tidies_up",
            "tests/test_stopping.py::test_ctrl_c_while_the_program_loads_gets_the_sentence_too",
        ),
    ),
    Tried(
        MACHINE,
        "Ctrl-C at the page, while somebody reads it",
        "a word, status 0",
        (
            "tests/ui/test_changing.py::"
            "test_ctrl_c_stops_the_page_with_a_word_even_while_somebody_reads",
        ),
    ),
    Tried(
        MACHINE,
        "a set-up that is interrupted or killed, while packages come or before",
        "the next start does it again",
        (
            "tests/test_run.py::test_an_interrupted_installation_is_done_again",
            "tests/test_run.py::test_a_set_up_that_was_killed_while_it_was_made_is_made_again",
            "tests/test_run.py::test_a_damaged_set_up_is_made_again",
        ),
    ),
    Tried(
        MACHINE,
        "a set-up without ensurepip, with an old Python, in a folder that can't be written, with "
        "something in its way, without its list of packages",
        "one sentence with what to do, status 1",
        (
            "tests/test_run.py::test_a_missing_ensurepip_is_named_with_its_cure",
            "tests/test_run.py::test_an_old_python_is_told_before_anything_else",
            "tests/test_run.py::test_a_folder_that_may_not_be_written_to_is_named",
            "tests/test_run.py::test_what_is_in_the_way_of_the_set_up_is_named",
            "tests/test_run.py::test_a_missing_file_of_requirements_is_named",
        ),
    ),
    Tried(
        MACHINE,
        "a port that another program uses",
        "one sentence with another port, status 1",
        ("tests/test_run.py::test_a_port_that_is_taken_is_told_with_a_way_out",),
    ),
    Tried(
        MACHINE,
        "an output whose disk is full",
        "one sentence, status 1",
        ("tests/test_standing.py::test_a_full_disk_under_the_output_is_told",),
    ),
    Tried(
        MACHINE,
        "an output that nobody reads, is closed, or lacks letters",
        "no complaint",
        (
            "tests/test_standing.py::test_a_reader_that_goes_early_hears_no_complaint",
            "tests/test_standing.py::test_an_output_that_is_closed_from_the_start_is_no_mistake",
            "tests/test_standing.py::test_letters_that_a_terminal_lacks_are_shown_by_their_numbers",
        ),
    ),
    Tried(
        MACHINE,
        "a place that takes no file, for each command that writes one",
        "told before any work, status 1",
        ("tests/test_standing.py::test_a_place_that_takes_no_file_is_told_before_any_work",),
    ),
    Tried(
        CHANGING,
        "the catalogue invalid at the start, then mended, edited and removed",
        "page and log name file and fault; mended, it is shown at the next visit; what is shown "
        "stays as it was checked",
        (
            "tests/ui/test_changing.py::"
            "test_a_catalogue_may_be_spoilt_mended_edited_and_removed_under_the_page",
        ),
    ),
    Tried(
        CHANGING,
        "an index missing at the start, then made, rebuilt and removed",
        "page and log name it; made, it is shown at the next visit; then the page keeps what it "
        "has opened until it is started again",
        (
            "tests/ui/test_changing.py::"
            "test_an_index_may_come_later_be_rebuilt_and_removed_under_the_page",
        ),
    ),
    Tried(
        CHANGING,
        "an index damaged before the start",
        "one message on the page and in the log",
        (
            "tests/ui/test_register.py::"
            "test_a_damaged_index_gets_one_message_on_the_page_and_in_the_log",
        ),
    ),
    Tried(
        STORED,
        "bits flipped in an index, over 150 in its files (looked for by `check`) and 400 in what "
        "names them",
        "refused by the name of the file",
        (
            "tests/test_faults.py::test_a_flipped_bit_in_any_file_is_refused_by_name",
            "tests/test_faults.py::test_a_flipped_bit_in_what_names_the_files_is_refused",
        ),
    ),
    Tried(
        STORED,
        "files of an index cut short, grown, gone, strange or from another index",
        "each named, all at once",
        (
            "tests/test_faults.py::test_a_file_that_is_cut_short_grown_or_gone_is_refused_by_name",
            "tests/test_faults.py::test_every_damaged_file_and_every_stranger_is_told_at_once",
            "tests/test_faults.py::test_the_content_of_another_index_is_refused",
            "tests/test_faults.py::test_what_is_said_of_an_index_cannot_be_changed_by_hand",
        ),
    ),
    Tried(
        STORED,
        "an index made with other words, and matches of another catalogue",
        "refused",
        (
            "tests/test_faults.py::test_an_index_of_other_words_is_refused",
            "tests/test_faults.py::test_matches_of_another_catalogue_are_refused_by_name",
        ),
    ),
    Tried(
        STORED,
        "learned profiles with a bit flipped, cut at every byte, or of another format",
        "refused by name",
        (
            "tests/test_profiles.py::test_a_bit_flipped_anywhere_in_a_profile_is_refused_by_name",
            "tests/test_profiles.py::test_a_profile_cut_anywhere_is_refused_by_name",
            "tests/test_profiles.py::test_a_profile_of_another_format_is_refused",
        ),
    ),
    Tried(
        STORED,
        "400 bits flipped in a part of matches",
        "found, or no row is changed; a damaged part is made again",
        (
            "tests/test_faults.py::test_a_bit_flipped_in_a_part_of_matches_is_found_or_changes_no_row",
            "tests/test_faults.py::test_a_damaged_part_is_made_again_and_no_other",
        ),
    ),
    Tried(
        STORED,
        "20 writers of an index killed at random moments, and up to 5 first ones (200 and 50 by "
        "FAULTS_WRITERS=200)",
        "the old index or the new one; what they left is swept up",
        (
            "tests/test_writers.py::test_writers_killed_at_random_leave_the_old_index_or_the_new",
            "tests/test_writers.py::test_first_writers_killed_at_random_leave_nothing_or_an_index",
            "tests/test_leftovers.py::test_what_a_killed_process_left_is_gone_when_the_next_one_comes",
        ),
    ),
    Tried(
        STORED,
        "a disk that is full, by a small disk grown step by step and by limits on files",
        "one sentence; the old content stays",
        (
            "tests/test_writers.py::test_wherever_a_disk_is_full_the_old_index_stays",
            "tests/test_writers.py::test_where_a_file_finds_no_room_the_old_index_stays",
            "tests/test_writers.py::test_an_array_whose_last_bytes_find_no_room_is_told",
            "tests/test_writers.py::test_a_command_that_finds_no_room_says_so_and_leaves_nothing",
            "tests/test_writers.py::test_profiles_that_find_no_room_leave_the_old_ones",
        ),
    ),
    Tried(
        STORED,
        "folders that may not be written to",
        "said before the work; what is there opens",
        (
            "tests/test_writers.py::test_a_command_that_may_not_write_says_so_before_its_work",
            "tests/test_writers.py::test_an_index_that_may_not_be_written_opens_and_is_not_made_again",
        ),
    ),
    Tried(
        STORED,
        "pickles, listened for while an index is built, opened, asked, exported and matched by one "
        "process, and looked for in what is stored",
        "none",
        (
            "tests/test_shared.py::test_no_pickle_is_read_by_anything_that_one_process_does",
            "tests/test_shared.py::test_no_stored_file_holds_a_pickle",
        ),
    ),
    Tried(
        AT_ONCE,
        "32 threads with one model",
        "told what one is",
        ("tests/test_shared.py::test_32_threads_at_once_are_told_what_one_is",),
    ),
    Tried(
        AT_ONCE,
        "20 pages wanted at once, one that takes long, and one that fails",
        "one is drawn after the other; nobody waits for a page that has taken more than a second",
        (
            "tests/ui/test_turns.py::test_one_is_let_in_after_the_other",
            "tests/ui/test_turns.py::test_many_short_turns_are_waited_for_however_many",
            "tests/ui/test_turns.py::test_a_turn_that_takes_long_is_waited_for_no_longer",
            "tests/ui/test_turns.py::test_who_comes_when_it_has_taken_long_does_not_wait_at_all",
            "tests/ui/test_turns.py::test_a_turn_ends_with_what_goes_wrong_in_it",
        ),
    ),
    Tried(
        AT_ONCE,
        "two writers of one index",
        "both finish, and one counts",
        ("tests/test_writers.py::test_two_writers_at_once_both_finish_and_one_of_them_counts",),
    ),
    Tried(
        AT_ONCE,
        "a job of many donors killed or interrupted, with one process and with two",
        "what is finished is kept, and the next run goes on",
        (
            "tests/test_bulk.py::test_a_job_that_was_killed_goes_on_where_it_stopped",
            "tests/test_bulk.py::"
            "test_an_interrupted_job_keeps_what_is_finished_and_leaves_nothing_else",
        ),
    ),
    Tried(
        AT_ONCE,
        "a worker of a cluster killed",
        "the same matches and the same index",
        (
            "tests/test_cluster.py::test_a_cluster_matches_the_same_though_a_worker_is_killed",
            "tests/test_cluster.py::test_a_cluster_builds_the_same_index_though_a_worker_is_killed",
        ),
    ),
    Tried(
        GIVEN,
        "own words that look like HTML, Markdown or scripts",
        "shown as text",
        ("tests/ui/test_hostile.py::test_own_words_never_become_part_of_the_page",),
    ),
    Tried(
        GIVEN,
        "a catalogue full of attacks",
        "shown as text; asks nobody",
        (
            "tests/ui/test_hostile.py::test_a_hostile_charity_is_shown_as_text_and_as_nothing_else",
            "tests/ui/test_headers.py::test_a_catalogue_full_of_attacks_is_shown_and_asks_nobody",
        ),
    ),
    Tried(
        GIVEN,
        "hostile tables, from memory and from disk, each in [HOSTILE](HOSTILE.md)",
        "read safely, or refused with everything that is wrong, in both languages",
        (
            "tests/test_uploads.py::test_a_table_has_its_outcome_in_memory_and_on_disk",
            "tests/test_uploads.py::test_every_refusal_can_be_said_in_every_language",
            "tests/test_uploads.py::test_what_is_too_large_is_refused_before_it_is_read",
            "tests/test_uploads.py::test_whatever_is_read_can_be_ranked_and_explained",
        ),
    ),
    Tried(
        GIVEN,
        "bytes at random, and damage at random in Parquet",
        "loaded or refused",
        (
            "tests/test_uploads.py::test_no_bytes_do_anything_but_load_or_be_refused",
            "tests/test_uploads.py::test_parquet_with_a_damaged_footer_loads_or_is_refused",
            "tests/test_uploads.py::test_parquet_with_damaged_cells_loads_or_is_refused",
        ),
    ),
    Tried(
        GIVEN,
        "hostile links, receipts, donors and words, each in [HOSTILE](HOSTILE.md)",
        "what isn't understood is told; what is wrong is refused with its place",
        (
            "tests/test_hostile_input.py::test_the_rest_of_a_hostile_link_is_asked",
            "tests/test_hostile_input.py::test_a_hostile_receipt_is_refused_with_the_place",
            "tests/test_hostile_input.py::test_a_hostile_donor_is_refused_with_the_place",
            "tests/test_hostile_input.py::test_hostile_words_are_read_and_kept_as_text",
        ),
    ),
    Tried(
        GIVEN,
        "further receipts that are none, or were changed",
        "refused with the place",
        (
            "tests/test_receipts.py::test_what_is_wrong_is_told_with_its_place",
            "tests/test_receipts.py::test_what_is_no_receipt_says_so",
        ),
    ),
    Tried(
        GIVEN,
        "further links that aren't ours",
        "what isn't understood is left out and told",
        ("tests/test_links.py::test_what_is_not_understood_is_ignored_and_told",),
    ),
]
