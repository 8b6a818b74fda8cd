package palomar.imap;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import palomar.password.ScramHash;
import palomar.sasl.Channel;
import palomar.sasl.ChannelBinding;
import palomar.sasl.Mechanisms;
import palomar.user.QuotaSettings;

/// The manual's page of capabilities: what `Capabilities` shows in each state, which settings change that, and
/// where docs/rfc-index.tsv says that it is tested. Written by `./dev capabilities`.
final class CapabilityPage {
    private static final String USER = "alice";
    private static final String HEAD = """
            # Capabilities

            Written by `./dev capabilities` from the code and `docs/rfc-index.tsv`; do not edit. What a session is shown, when, which
            [settings](settings.md) change it, and the dialogues that test it, on every store. *Without TLS* means: from another
            machine, STARTTLS being possible; on loopback a session begins as with TLS. N stands for a number of the configuration.

            | capability | of | shown | changed by | transcripts |
            |---|---|---|---|---|
            """;

    /// When a session is told what there is.
    private enum State {
        WITHOUT_TLS("without TLS"),
        BEFORE_LOGIN("before login"),
        AFTER_LOGIN("after login");

        private final String words;

        State(String words) {
            this.words = words;
        }

        List<String> shown(ImapSettings settings) {
            return switch (this) {
                case WITHOUT_TLS ->
                    Capabilities.forStrangers(
                            settings.policy(),
                            true,
                            settings.mechanisms().names(channel(settings.plaintext(), ChannelBinding.NONE)),
                            settings.plaintext());
                case BEFORE_LOGIN ->
                    Capabilities.forStrangers(
                            settings.policy(), false, settings.mechanisms().names(channel(true, TLS)), true);
                case AFTER_LOGIN ->
                    Capabilities.forUsers(
                            settings, USER, List.of("FILTER=SIEVE", "IMAPSIEVE=sieve://mail.example.org"));
            };
        }
    }

    private final List<RfcRow> rows = RfcRow.all();
    private final Map<String, UnaryOperator<ImapSettings>> settings = new LinkedHashMap<>();

    /// For each state, what is shown as the server is delivered, and then with each setting changed.
    private final Map<State, List<Set<String>>> shown = new EnumMap<>(State.class);

    CapabilityPage() throws IOException {
        ClientPolicy policy = ImapSettings.DEFAULTS.policy();
        settings.put("auth.allow_plaintext", usual -> usual.withPlaintext(true));
        settings.put("auth.mechanisms", usual -> usual.withMechanisms(Mechanisms.of(List.of("PLAIN"))));
        settings.put("imap.literal_minus", usual -> usual.withPolicy(policy.withLiteralMinus()));
        settings.put("imap.max_message", usual -> usual.withLargestMessage(1 << 20));
        settings.put("imap.unauthenticate", usual -> usual.withPolicy(policy.withoutUnauthenticate()));
        settings.put("quota.admins", usual -> usual.withAccount(administered(usual.account())));
        settings.put("imap.message_limit", usual -> usual.withMessageLimits(new MessageLimits(1000, 0, 500, 1000)));
        settings.put("imap.save_limit", usual -> usual.withMessageLimits(new MessageLimits(0, 1000, 500, 1000)));
        for (State state : State.values()) {
            List<Set<String>> each = new ArrayList<>();
            each.add(new LinkedHashSet<>(state.shown(ImapSettings.DEFAULTS)));
            for (UnaryOperator<ImapSettings> change : settings.values()) {
                each.add(new LinkedHashSet<>(state.shown(change.apply(ImapSettings.DEFAULTS))));
            }
            shown.put(state, each);
        }
    }

    private static final ChannelBinding TLS = new ChannelBinding() {
        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Optional<byte[]> data(String type) {
            return Optional.empty();
        }
    };

    /// Of a server whose users all have keys for SCRAM.
    private static Channel channel(boolean plaintext, ChannelBinding binding) {
        return new Channel(plaintext, EnumSet.allOf(ScramHash.class), binding);
    }

    private static AccountSettings administered(AccountSettings account) {
        QuotaSettings quota = new QuotaSettings(account.quota().usual(), 0, Set.of(USER));
        return new AccountSettings(
                account.largestAnnotation(),
                account.mostAnnotations(),
                account.comment(),
                account.admin(),
                account.mailboxes(),
                account.annotator(),
                quota);
    }

    public static void main(String[] args) throws IOException {
        new PrintStream(System.out, false, StandardCharsets.UTF_8)
                .append(new CapabilityPage().page())
                .flush();
    }

    /// Every capability that may be shown, whatever the settings; `APPENDLIMIT=` where a number follows.
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        shown.values().forEach(each -> each.forEach(words -> words.forEach(word -> names.add(name(word)))));
        return names;
    }

    /// Those settings that add or remove a word, or change its number.
    Set<String> settings() {
        return settings.keySet();
    }

    Optional<RfcRow> row(String name) {
        return RfcRow.of(name, rows);
    }

    private String name(String word) {
        int value = word.indexOf('=') + 1;
        boolean number = value > 0 && word.substring(value).chars().allMatch(c -> c >= '0' && c <= '9');
        boolean itself = row(word).map(row -> row.words().contains(word)).orElse(false);
        return number && !itself ? word.substring(0, value) : word;
    }

    String page() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (String name : names()) {
            RfcRow row = row(name).orElseThrow(() -> new IOException("docs/rfc-index.tsv does not name " + name));
            page.append("| `")
                    .append(name)
                    .append(name.endsWith("=") ? "N" : "")
                    .append("` | ");
            page.append(row.name()).append(" | ");
            page.append(String.join(", ", states(name))).append(" | ");
            page.append(String.join(", ", changes(name))).append(" | ");
            page.append(String.join(", ", links(row))).append(" |\n");
        }
        return page.toString();
    }

    private Set<String> words(State state, int change, String name) {
        Set<String> words = new LinkedHashSet<>(shown.get(state).get(change));
        words.removeIf(word -> !name(word).equals(name));
        return words;
    }

    private List<String> states(String name) {
        List<String> states = new ArrayList<>();
        for (State state : State.values()) {
            if (!words(state, 0, name).isEmpty()) {
                states.add(state.words);
            }
        }
        if (states.size() == State.values().length) {
            return List.of("always");
        }
        return states.isEmpty() ? List.of("by setting") : states;
    }

    private List<String> changes(String name) {
        List<String> changes = new ArrayList<>();
        int change = 0;
        for (String setting : settings.keySet()) {
            change++;
            for (State state : State.values()) {
                if (!words(state, change, name).equals(words(state, 0, name))
                        && !changes.contains("`" + setting + "`")) {
                    changes.add("`" + setting + "`");
                }
            }
        }
        return changes;
    }

    private static List<String> links(RfcRow row) {
        return row.transcripts().stream()
                .map(folder -> "[" + folder.substring(folder.indexOf('/') + 1) + "](../../server/src/test/transcripts/"
                        + folder + ")")
                .toList();
    }
}
