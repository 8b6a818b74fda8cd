package palomar.sievetest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import palomar.sieve.Limits;
import palomar.sieve.Settings;

/// The settings of one file: those that were set, and those that are in force since the last reload. One thread.
final class TestSettings implements Settings {
    private static final Set<String> BOOLEANS = Set.of(
            "sieve_vacation_use_original_recipient",
            "sieve_vacation_check_recipient",
            "sieve_vacation_dont_check_recipient",
            "sieve_vacation_send_from_recipient",
            "sieve_vacation_to_header_ignore_envelope");

    private final Map<String, String> set = new TreeMap<>();
    private Map<String, String> inForce = Map.of();
    private Limits limits = Limits.USUAL;

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(inForce.get(name));
    }

    void set(String name, String value) {
        set.put(name, value);
    }

    void unset(String name) {
        set.remove(name);
    }

    /// Throws BadSetting, and nothing changes then.
    void reload() {
        Map<String, String> before = inForce;
        inForce = Map.copyOf(set);
        try {
            limits = read();
            inForce.keySet().forEach(this::check);
        } catch (BadSetting bad) {
            inForce = before;
            throw bad;
        }
    }

    /// Values that extensions would stumble over.
    private void check(String name) {
        if (name.endsWith("_period") || name.endsWith("_timeout")) {
            seconds(name, 0);
        } else if (name.endsWith("_size")) {
            bytes(name, 0);
        } else if (BOOLEANS.contains(name)) {
            flag(name, false);
        }
    }

    Limits limits() {
        return limits;
    }

    private Limits read() {
        Limits usual = Limits.USUAL;
        long script = bytes("sieve_max_script_size", usual.mostScriptBytes());
        long processor = seconds("sieve_max_cpu_time", usual.processorTime().toSeconds());
        String variable = get("sieve_variables_max_value_size").isPresent()
                ? "sieve_variables_max_value_size"
                : "sieve_variables_max_variable_size";
        String count = get("sieve_variables_max_scope_count").isPresent()
                ? "sieve_variables_max_scope_count"
                : "sieve_variables_max_scope_size";
        return new Limits(
                script == 0 ? Integer.MAX_VALUE : clip(script),
                clip(number("sieve_max_actions", usual.mostActions())),
                clip(number("sieve_max_redirects", usual.mostRedirects())),
                clip(number("sieve_notify_max_notifications", usual.mostNotifications())),
                usual.mostNesting(),
                clip(number("sieve_include_max_includes", usual.mostIncludes())),
                clip(number("sieve_include_max_nesting_depth", usual.mostIncludeDepth())),
                clip(bytes(variable, usual.mostVariableBytes())),
                clip(number(count, usual.mostVariables())),
                processor == 0 ? Duration.ofDays(1) : Duration.ofSeconds(processor),
                usual.mostSteps(),
                usual.mostMemory());
    }

    private static int clip(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
