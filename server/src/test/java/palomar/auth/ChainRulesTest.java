package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.event.Event;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;
import palomar.testkit.ManualClock;

/// Dovecot's rules between databases. A step of a chain is written
/// `ANSWER [success=RULE] [failure=RULE] [internal=RULE] [skip=WHEN] [deny]`, steps are separated by `;`.
class ChainRulesTest {
    private static final byte[] PASSWORD = "secret".getBytes(StandardCharsets.UTF_8);
    private static final UserQuery JOE =
            new UserQuery("joe", "imap", Optional.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 4_000)));

    private final Passwords passwords = new Passwords(
            new PasswordSettings(
                    false, 1, 2_048, Duration.ofMinutes(1), new HashSettings("ARGON2ID", 64, 1, 1, 4, 1_000, 1_000)),
            new SecureRandom());

    @AfterEach
    void end() {
        passwords.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "right | Entered",
                "wrong | Denied",
                "unknown | Denied",
                "away | Unavailable",
                "locked | Locked",
                "accepted | Entered",
                "mismatch | Denied",
                "needs | Denied",
                "badhash | Unavailable",
                // a failure goes on to the next, a success ends the chain
                "unknown; right | Entered",
                "wrong; right | Entered",
                "right; wrong | Entered",
                "wrong; unknown | Denied",
                // who is away may have had the right password
                "away; unknown | Unavailable",
                "away; wrong | Unavailable",
                "away; right | Entered",
                "unknown; away | Unavailable",
                // a user who may not enter is never let in by another database
                "locked; right | Locked",
                "wrong; locked; right | Locked",
                // rules of a failure
                "wrong failure=return-fail; right | Denied",
                "wrong failure=return; right | Denied",
                "unknown failure=return-ok | Entered",
                "unknown failure=continue-ok; wrong failure=return | Entered",
                // rules of a success
                "right success=return | Denied",
                "right success=continue-ok; unknown | Entered",
                "right success=continue-ok; unknown failure=return-fail | Denied",
                "right success=continue-fail; unknown | Denied",
                "right success=continue; unknown | Denied",
                "right success=return-fail; right | Denied",
                // once the password was right, the next database is only asked for its fields
                "right success=continue; wrong | Entered",
                "right success=continue-ok; wrong success=return | Entered",
                // rules of an internal failure
                "away internal=return-fail; right | Unavailable",
                "away internal=return; right | Unavailable",
                "away internal=return-ok | Entered",
                "badhash internal=return; right | Unavailable",
                // skip
                "right success=continue-ok; unknown failure=return-fail skip=authenticated | Entered",
                "unknown; right skip=unauthenticated | Denied",
                "right success=continue-ok; unknown failure=return-fail skip=unauthenticated | Denied",
                // deny
                "right deny; right | Denied",
                "wrong deny; right | Denied",
                "unknown deny; right | Entered",
                "away deny; right | Unavailable",
                "locked deny; right | Denied",
                "unknown deny | Denied",
            })
    void passdbChains(String chain, String outcome) {
        PassOutcome result = chain(steps(chain)).enter(JOE, PASSWORD);

        assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void anEmptyChainLetsNobodyIn() {
        assertThat(chain(List.of()).enter(JOE, PASSWORD)).isInstanceOf(PassOutcome.Denied.class);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void rulesReadAsTheyPrint(Rule rule) {
        assertThat(Rule.of(rule.toString())).isEqualTo(rule);
        assertThat(rule.toString())
                .isEqualTo(rule.name().toLowerCase(Locale.ROOT).replace("_", "-"));
    }

    @Test
    void anUnknownRuleIsRefusedByName() {
        assertThatThrownBy(() -> Rule.of("return_ok"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("return_ok")
                .hasMessageContaining("continue-fail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow_nets=192.0.2.0/24 | Entered",
                "allow_nets=10.0.0.0/8,192.0.2.7 | Entered",
                "allow_nets=10.0.0.0/8 | Denied",
                "allow_nets=local | Denied",
                "allow_nets=2001:db8::/32 | Denied",
                "allow_nets= | Denied",
                "allow_nets=192.0.2.0/33 | Unavailable",
                "allow_nets=example.org | Unavailable",
                "nologin=yes | Locked",
                "nologin=no | Entered",
                "fail=yes | Denied",
                "user=ann | Entered",
                "user=../ann | Unavailable",
                "proxy=yes | Unavailable",
                "allow_real_nets=192.0.2.0/24 | Unavailable",
                "check_client_fp=00 | Unavailable",
                "something_else=1 | Entered",
            })
    void fieldsBesideARightPassword(String field, String outcome) {
        int equals = field.indexOf('=');
        Map<String, String> fields = Map.of(field.substring(0, equals), field.substring(equals + 1));
        PassOutcome result = enter(new FakePassDb("db").stored("joe", "secret", fields));

        assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void fieldsBesideAWrongPasswordTellNothing() {
        FakePassDb database = new FakePassDb("db").stored("joe", "other", Map.of("nologin", "yes", "proxy", "yes"));

        assertThat(enter(database)).isInstanceOf(PassOutcome.Denied.class);
    }

    @Test
    void noPasswordLetsAnyPasswordInButOnlyThere() {
        FakePassDb open = new FakePassDb("db").stored("joe", "", Map.of("nopassword", "yes"));
        PassStep failing = step(open, new ResultRules(Rule.CONTINUE_FAIL, Rule.CONTINUE, Rule.CONTINUE));

        assertThat(enter(open)).isInstanceOf(PassOutcome.Entered.class);
        assertThat(chain(List.of(failing)).enter(JOE, PASSWORD)).isInstanceOf(PassOutcome.Denied.class);
        assertThat(enter(new FakePassDb("db").stored("joe", "", Map.of()))).isInstanceOf(PassOutcome.Denied.class);
    }

    @Test
    void aRenamedUserIsLookedUpUnderHisNewNameFromThenOn() {
        FakePassDb first = new FakePassDb("first").stored("joe", "secret", Map.of("user", "ann"));
        FakePassDb second = new FakePassDb("second").stored("ann", "x", Map.of("userdb_home", "/mail/ann"));
        List<PassStep> steps = List.of(
                step(first, new ResultRules(Rule.CONTINUE_OK, Rule.CONTINUE, Rule.CONTINUE)), new PassStep(second));

        assertThat(chain(steps).enter(JOE, PASSWORD)).isInstanceOfSatisfying(PassOutcome.Entered.class, entered -> {
            assertThat(entered.user()).isEqualTo("ann");
            assertThat(entered.fields().prefetched()).containsOnly(Map.entry("home", "/mail/ann"));
        });
    }

    @Test
    void theStepsOwnFieldsOverrideOrGiveWay() {
        FakePassDb database = new FakePassDb("db").stored("joe", "secret", Map.of("userdb_a", "1", "userdb_b", "1"));
        PassStep step = new PassStep(
                database,
                ResultRules.DEFAULT,
                PassStep.Skip.NEVER,
                false,
                Map.of("userdb_a", "%u", "userdb_b:default", "2", "userdb_c:default", "%s"));

        assertThat(chain(List.of(step)).enter(JOE, PASSWORD))
                .isInstanceOfSatisfying(
                        PassOutcome.Entered.class,
                        entered -> assertThat(entered.fields().prefetched())
                                .isEqualTo(Map.of("a", "joe", "b", "1", "c", "imap")));
    }

    @Test
    void aReasonForTheClientIsOneLineOfAscii() {
        FakePassDb database = new FakePassDb("db")
                .stored("joe", "secret", Map.of("nologin", "yes", "reason", "Zu\r\n* BYE grün" + "x".repeat(300)));

        assertThat(enter(database))
                .isInstanceOfSatisfying(
                        PassOutcome.Locked.class,
                        locked -> assertThat(locked.textForClient())
                                .startsWith("Zu??* BYE gr?n")
                                .hasSize(200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "found | /a",
                "unknown; found | /b",
                "found; found | /a",
                "found success=continue-ok; found | /b",
                "found success=continue-ok; unknown | /a",
                "found success=continue-ok; found skip=found | /a",
                "unknown; found skip=notfound | unknown",
                "found success=continue; unknown | unknown",
                "unknown failure=return-fail; found | unknown",
                "away; found | /b",
                "away; unknown | away",
                "unknown; away | away",
                "away internal=return-fail; found | away",
            })
    void userdbChains(String chain, String outcome) {
        List<UserStep> steps = new ArrayList<>();
        char letter = 'a';
        for (String text : chain.split(";")) {
            steps.add(userStep(text.strip(), "/" + letter++));
        }
        String result = switch (new UserChain(steps, Event.SILENT).find(JOE, Map.of())) {
            case UserOutcome.Found found -> found.user().field("home").orElseThrow();
            case UserOutcome.Unknown unknown -> "unknown";
            case UserOutcome.Unavailable unavailable -> "away";
        };
        assertThat(result).isEqualTo(outcome);
    }

    private PassOutcome enter(FakePassDb database) {
        return chain(List.of(new PassStep(database))).enter(JOE, PASSWORD);
    }

    private PassChain chain(List<PassStep> steps) {
        SecretMarks marks = new SecretMarks(new SecureRandom(), new ManualClock(), Duration.ofHours(1), 100);
        return new PassChain(steps, new StoredCheck(passwords, marks, passwords.decoy()), Event.SILENT);
    }

    private static PassStep step(PassDb database, ResultRules rules) {
        return new PassStep(database, rules, PassStep.Skip.NEVER, false, Map.of());
    }

    private static List<PassStep> steps(String chain) {
        List<PassStep> steps = new ArrayList<>();
        for (String text : chain.split(";")) {
            String[] words = text.strip().split(" +");
            PassStep.Skip skip =
                    PassStep.Skip.valueOf(option(words, "skip", "never").toUpperCase(Locale.ROOT));
            boolean deny = List.of(words).contains("deny");
            steps.add(new PassStep(database(words[0]), rules(words), skip, deny, Map.of()));
        }
        return steps;
    }

    private static UserStep userStep(String text, String home) {
        String[] words = text.split(" +");
        UserAnswer answer = switch (words[0]) {
            case "found" -> new UserAnswer.Found(Map.of("home", home));
            case "unknown" -> new UserAnswer.Unknown();
            default -> new UserAnswer.Unavailable("away", null);
        };
        UserStep.Skip skip =
                UserStep.Skip.valueOf(option(words, "skip", "never").toUpperCase(Locale.ROOT));
        return new UserStep(new FakeUserDb(answer), rules(words), skip, Map.of());
    }

    private static ResultRules rules(String[] words) {
        return new ResultRules(
                Rule.of(option(words, "success", "return-ok")),
                Rule.of(option(words, "failure", "continue")),
                Rule.of(option(words, "internal", "continue")));
    }

    private static String option(String[] words, String name, String otherwise) {
        for (String word : words) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private static PassDb database(String kind) {
        FakePassDb database = new FakePassDb(kind);
        return switch (kind) {
            case "right" -> database.stored("joe", "secret", Map.of());
            case "wrong" -> database.stored("joe", "other", Map.of());
            case "badhash" -> database.stored("joe", "{NOSUCH}x", Map.of());
            case "away" -> database.with("joe", new PassAnswer.Unavailable("away", null));
            case "locked" -> database.with("joe", new PassAnswer.Locked("expired"));
            case "accepted" -> database.with("joe", new PassAnswer.Accepted(Map.of()));
            case "mismatch" -> database.with("joe", new PassAnswer.Mismatch());
            case "needs" -> database.with("joe", new PassAnswer.NeedsPassword());
            case "unknown" -> database;
            default -> throw new AssertionError(kind);
        };
    }

    private record FakeUserDb(UserAnswer answer) implements UserDb {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public UserAnswer find(UserQuery query) {
            return answer;
        }
    }
}
