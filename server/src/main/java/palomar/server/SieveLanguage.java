package palomar.server;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.config.PalomarSettings;
import palomar.managesieve.LanguageCheck;
import palomar.managesieve.ScriptCheck;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.Settings;
import palomar.sieve.ext.Extensions;
import palomar.sieve.ext.enotify.WebhookHosts;

/// The language of users' scripts, as the configuration has it.
final class SieveLanguage {
    /// URI schemes of `notify`. RFC 5436
    private static final List<String> NOTIFICATIONS = List.of("mailto");

    private static final List<String> NOTIFICATIONS_WITH_WEB = List.of("mailto", "https");

    /// URI schemes of external lists. RFC 6134 2.8
    private static final List<String> LISTS = List.of("urn");

    /// What changes messages, runs programs or needs settings: an operator allows it.
    private static final Set<String> NOT_USUAL = Set.of(
            "editheader",
            "spamtest",
            "spamtestplus",
            "virustest",
            "vnd.dovecot.pipe",
            "vnd.dovecot.filter",
            "vnd.dovecot.execute");

    /// They answer a delivery.
    private static final Set<String> FOR_DELIVERIES = Set.of("reject", "ereject", "vacation", "vacation-seconds");

    /// Deliveries can't carry these out.
    private static final Set<String> NOT_IN_DELIVERIES = Set.of("imapsieve", "vnd.dovecot.imapsieve");

    private SieveLanguage() {}

    static Settings settings(PalomarSettings settings) {
        return name -> Optional.ofNullable(settings.sieve().settings().get(name));
    }

    /// What users' scripts may require.
    static Language users(PalomarSettings settings) {
        Set<String> names = new LinkedHashSet<>(operators().capabilities());
        names.removeAll(NOT_USUAL);
        Set<String> all = Set.copyOf(operators().capabilities());
        for (String word : settings.sieve().extensions()) {
            String name = word.substring(1);
            if (word.startsWith("-")) {
                names.remove(name);
            } else if (all.contains(name)) {
                names.add(name);
            }
        }
        return Extensions.language().only(names);
    }

    /// What the operator's scripts may require: all that a delivery can carry out.
    static Language operators() {
        Set<String> names = new LinkedHashSet<>(Extensions.language().capabilities());
        names.removeAll(NOT_IN_DELIVERIES);
        return Extensions.language().only(names);
    }

    /// What users' scripts for IMAP clients' doings may require. RFC 6785 3.11
    static Language userEvents(PalomarSettings settings) {
        return events(users(settings));
    }

    static Language operatorEvents() {
        return events(operators());
    }

    private static Language events(Language usual) {
        Set<String> names = new LinkedHashSet<>(usual.capabilities());
        names.removeAll(FOR_DELIVERIES);
        names.add("imapsieve");
        names.add("vnd.dovecot.imapsieve");
        return Extensions.language().only(names);
    }

    static Limits limits(PalomarSettings settings) {
        Limits usual = Limits.USUAL;
        Settings set = settings(settings);
        long processor = set.seconds("sieve_max_cpu_time", usual.processorTime().toSeconds());
        return new Limits(
                settings.sieve().scripts().maxScript().asInt(),
                clip(set.number("sieve_max_actions", usual.mostActions())),
                clip(set.number("sieve_max_redirects", usual.mostRedirects())),
                clip(set.number("sieve_notify_max_notifications", usual.mostNotifications())),
                usual.mostNesting(),
                clip(set.number("sieve_include_max_includes", usual.mostIncludes())),
                clip(set.number("sieve_include_max_nesting_depth", usual.mostIncludeDepth())),
                clip(set.bytes("sieve_variables_max_value_size", usual.mostVariableBytes())),
                clip(set.number("sieve_variables_max_scope_count", usual.mostVariables())),
                processor == 0 ? Duration.ofDays(1) : Duration.ofSeconds(processor),
                usual.mostSteps(),
                usual.mostMemory());
    }

    private static int clip(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /// What may be put and activated: what can be compiled.
    static ScriptCheck check(PalomarSettings settings) {
        return new LanguageCheck(users(settings), limits(settings), notifications(settings), LISTS);
    }

    private static List<String> notifications(PalomarSettings settings) {
        return WebhookHosts.of(settings(settings)).isEmpty() ? NOTIFICATIONS : NOTIFICATIONS_WITH_WEB;
    }
}
