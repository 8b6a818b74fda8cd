package palomar.sievetest;

import java.util.Set;

/// Names of settings that a test file may set.
final class KnownSettings {
    private static final Set<String> PLAIN = Set.of(
            "recipient_delimiter",
            "postmaster_address",
            "mail_home",
            "sieve_max_script_size",
            "sieve_max_actions",
            "sieve_max_redirects",
            "sieve_max_cpu_time",
            "sieve_user_email",
            "sieve_user_log_path",
            "sieve_extensions",
            "sieve_global_extensions",
            "sieve_implicit_extensions",
            "sieve_plugins",
            "sieve_redirect_envelope_from",
            "sieve_redirect_duplicate_period",
            "sieve_editheader_max_header_size",
            "sieve_editheader_header",
            "sieve_editheader_protected",
            "sieve_editheader_forbid_add",
            "sieve_editheader_forbid_delete",
            "sieve_include_max_includes",
            "sieve_include_max_nesting_depth",
            "sieve_variables_max_scope_count",
            "sieve_variables_max_scope_size",
            "sieve_variables_max_value_size",
            "sieve_variables_max_variable_size",
            "sieve_vacation_min_period",
            "sieve_vacation_max_period",
            "sieve_vacation_default_period",
            "sieve_vacation_default_subject",
            "sieve_vacation_default_subject_template",
            "sieve_vacation_use_original_recipient",
            "sieve_vacation_check_recipient",
            "sieve_vacation_dont_check_recipient",
            "sieve_vacation_send_from_recipient",
            "sieve_vacation_to_header_ignore_envelope",
            "sieve_notify_mailto_envelope_from",
            "sieve_notify_https_hosts",
            "sieve_notify_max_notifications",
            "sieve_report_from",
            "sieve_duplicate_default_period",
            "sieve_duplicate_max_period",
            "sieve_subaddress_sep",
            "sieve_script",
            "sieve_environment",
            "sieve_extlists_list",
            "sieve_extlists_list_max_lookup_size");

    private static final Set<String> PROGRAMS = Set.of("pipe", "filter", "execute");
    private static final Set<String> PROGRAM_KEYS = Set.of("bin_dir", "socket_dir", "exec_timeout", "input_eol");
    private static final Set<String> SCORES = Set.of("spamtest", "virustest");
    private static final Set<String> SCORE_KEYS = Set.of(
            "status_header",
            "status_type",
            "score_max_value",
            "score_max_header",
            "max_value",
            "max_header",
            "text_value");

    private static final Set<String> GROUPS = Set.of(
            "sieve_editheader_header",
            "sieve_script",
            "sieve_environment",
            "sieve_extlists_list",
            "sieve_spamtest_text_value",
            "sieve_virustest_text_value",
            "plugin");

    private KnownSettings() {}

    static boolean has(String name) {
        if (PLAIN.contains(name)) {
            return true;
        }
        int slash = name.indexOf('/');
        if (slash >= 0) {
            return slash + 1 < name.length() && GROUPS.contains(name.substring(0, slash));
        }
        return isOf(name, PROGRAMS, PROGRAM_KEYS)
                || isOf(name, SCORES, SCORE_KEYS)
                || SCORES.stream().anyMatch(score -> name.startsWith("sieve_" + score + "_text_value"));
    }

    private static boolean isOf(String name, Set<String> families, Set<String> keys) {
        for (String family : families) {
            String start = "sieve_" + family + "_";
            if (name.startsWith(start) && keys.contains(name.substring(start.length()))) {
                return true;
            }
        }
        return false;
    }
}
