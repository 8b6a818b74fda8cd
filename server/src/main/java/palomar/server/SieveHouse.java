package palomar.server;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.config.ImapSieveSettings;
import palomar.config.PalomarSettings;
import palomar.config.ScriptsSection;
import palomar.config.SieveSection;
import palomar.delivery.MessageEvents.Cause;
import palomar.delivery.sieve.EventRule;
import palomar.delivery.sieve.SievePolicy;
import palomar.mail.MailboxName;

/// Scripts in deliveries, as the configuration has them.
final class SieveHouse {
    private static final String USUAL_LOG = "~/.dovecot.sieve.log";

    private SieveHouse() {}

    static SievePolicy policy(PalomarSettings settings) {
        SieveSection sieve = settings.sieve();
        String host = HostName.of(settings);
        boolean files = sieve.scripts().keep() == ScriptsSection.Keep.FILES;
        Map<String, String> named = new HashMap<>(sieve.settings());
        named.putIfAbsent("recipient_delimiter", settings.lmtp().detailSeparator());
        return new SievePolicy(
                sieve.enabled(),
                SieveLanguage.users(settings),
                SieveLanguage.operators(),
                SieveLanguage.userEvents(settings),
                SieveLanguage.operatorEvents(),
                SieveLanguage.limits(settings),
                sieve.before(),
                sieve.after(),
                sieve.defaultScript(),
                sieve.discardScript(),
                sieve.globalScripts(),
                settings.imapsieve().stream().map(SieveHouse::rule).toList(),
                sieve.imapUrl(),
                Map.copyOf(named),
                MailboxName.INBOX,
                sieve.createMailboxes(),
                sieve.subscribeMailboxes(),
                sieve.processorPeriod(),
                sieve.processorTime(),
                sieve.log().or(() -> files ? Optional.of(USUAL_LOG) : Optional.empty()),
                sieve.redirectsPerHour(),
                sieve.repliesPerHour(),
                host,
                settings.relay().postmaster().orElse("postmaster@" + host));
    }

    private static EventRule rule(ImapSieveSettings rule) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (ImapSieveSettings.Cause cause : rule.causes()) {
            causes.add(
                    switch (cause) {
                        case APPEND -> Cause.APPEND;
                        case COPY -> Cause.COPY;
                        case FLAG -> Cause.FLAG;
                    });
        }
        return new EventRule(rule.mailbox(), rule.from(), causes, rule.before(), rule.after());
    }
}
