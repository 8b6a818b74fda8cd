package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.auth.fixed.StaticUserDb;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.net.Cidr;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;
import palomar.testkit.ManualClock;

class ChainAuthenticatorTest {
    private static final SocketAddress HOME = inet("198.51.100.1");
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock();
    private final List<String> said = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(
            new PasswordSettings(
                    false, 2, 2_048, Duration.ofMinutes(1), new HashSettings("ARGON2ID", 64, 1, 1, 4, 1_000, 1_000)),
            random);
    private final FakePassDb people = new FakePassDb("people")
            .stored("joe", "secret", Map.of("userdb_home", "/mail/joe"))
            .stored("ann", passwords.hash(bytes("tea")), Map.of())
            .stored("quick", "secret", Map.of("nodelay", "yes"))
            .stored("shut", "secret", Map.of("nologin", "yes", "reason", "Moved away"))
            .stored("broken", "{NOSUCH}x", Map.of())
            .with("away", new PassAnswer.Unavailable("db.example.org refused the connection", null));
    private final ChainAuthenticator door =
            door(AuthSettings.DEFAULT, new StaticUserDb(Map.of("home", "/m/%u"), false));

    @AfterEach
    void end() {
        passwords.close();
    }

    @Test
    void theRightPasswordOpensWithoutDelay() {
        assertThat(login("joe", "secret")).isEqualTo(success("joe", Map.of("home", "/m/joe")));
        assertThat(clock.takeSleeps()).isEmpty();
    }

    @Test
    void namesAreFolded() {
        assertThat(login("JOE", "secret")).isEqualTo(success("joe", Map.of("home", "/m/joe")));
    }

    @Test
    void anUnknownUserAndAWrongPasswordLookAndLastTheSame() {
        List<Duration> times = new ArrayList<>();
        int peer = 1;
        for (String user : List.of("joe", "ann", "nobody", "no/body", "", "..", "n\u00f6body", "x".repeat(300))) {
            assertThat(login(user, "wrong", inet("203.0.113." + peer++))).isInstanceOf(AuthResult.Denied.class);
            List<Duration> sleeps = clock.takeSleeps();
            assertThat(sleeps).as(user).hasSize(1);
            times.addAll(sleeps);
        }
        assertThat(times).allSatisfy(time -> assertThat(time).isBetween(DELAY, DELAY.plusMillis(200)));
    }

    @Test
    void theTimeOfTheWorkIsPartOfTheDelay() {
        FakePassDb slow = new FakePassDb("slow");
        PassDb counted = new PassDb() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public PassAnswer find(UserQuery query) {
                clock.advance(Duration.ofMillis(1_500));
                return slow.find(query);
            }
        };
        ChainAuthenticator slowDoor = new ChainAuthenticator(
                new Chains(List.of(new PassStep(counted)), List.of()), AuthSettings.DEFAULT, passwords, around());

        slowDoor.authenticate(request("joe", "joe", "x", HOME));

        assertThat(clock.takeSleeps())
                .singleElement()
                .satisfies(time -> assertThat(time).isBetween(Duration.ofMillis(500), Duration.ofMillis(700)));
    }

    @Test
    void anEmptyPasswordNeverOpens() {
        FakePassDb open = new FakePassDb("open").stored("joe", "", Map.of("nopassword", "yes"));
        ChainAuthenticator openDoor = new ChainAuthenticator(
                new Chains(List.of(new PassStep(open)), List.of()), AuthSettings.DEFAULT, passwords, around());

        assertThat(openDoor.authenticate(request("joe", "joe", "", HOME))).isInstanceOf(AuthResult.Denied.class);
        assertThat(openDoor.authenticate(request("joe", "joe", "x", HOME))).isInstanceOf(AuthResult.Success.class);
    }

    @Test
    void aDatabaseThatIsAwayIsNeverAWrongPassword() {
        assertThat(login("away", "secret")).isInstanceOf(AuthResult.Unavailable.class);
        assertThat(login("broken", "secret")).isInstanceOf(AuthResult.Unavailable.class);
        assertThat(clock.takeSleeps()).isEmpty();
        assertThat(said).anySatisfy(line -> assertThat(line).contains("db.example.org"));
    }

    @Test
    void aUserWhoMayNotLogInHearsWhyAfterTheRightPasswordOnly() {
        assertThat(login("shut", "secret")).isEqualTo(new AuthResult.Refused("Moved away"));
        assertThat(login("shut", "wrong")).isInstanceOf(AuthResult.Denied.class);
    }

    @Test
    void nodelayAnswersAtOnce() {
        assertThat(login("quick", "wrong")).isInstanceOf(AuthResult.Denied.class);
        assertThat(clock.takeSleeps()).isEmpty();
    }

    @Test
    void nobodyActsForSomebodyElse() {
        assertThat(door.authenticate(request("joe", "ann", "secret", HOME))).isInstanceOf(AuthResult.Denied.class);
        assertThat(clock.takeSleeps()).hasSize(1);
        assertThat(door.authenticate(request("joe", "Joe", "secret", inet("203.0.113.9"))))
                .isInstanceOf(AuthResult.Success.class);
    }

    @Test
    void eachFailureMakesTheAddressWaitLonger() {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            login("joe", "wrong" + i);
            List<Duration> sleeps = clock.takeSleeps();
            waits.add(sleeps.size() == 1 ? Duration.ZERO : sleeps.getFirst());
        }
        assertThat(waits.stream().map(Duration::toSeconds)).containsExactly(0L, 2L, 4L, 8L, 15L, 15L, 15L);

        login("joe", "wrong", inet("198.51.100.2"));
        assertThat(clock.takeSleeps()).hasSize(1);
    }

    @Test
    void theSameWrongPasswordAgainIsAForgottenTelephone() {
        for (int i = 0; i < 5; i++) {
            login("joe", "old password");
        }
        clock.takeSleeps();
        login("joe", "old password");

        assertThat(clock.takeSleeps().getFirst()).isEqualTo(DELAY);
    }

    @Test
    void aUserWhoEnteredLatelyDoesNotWaitForTheFailuresOfHisNeighbours() {
        login("ann", "tea");
        for (int i = 0; i < 5; i++) {
            login("joe", "wrong" + i);
        }
        clock.takeSleeps();

        assertThat(login("ann", "tea")).isInstanceOf(AuthResult.Success.class);
        assertThat(clock.takeSleeps()).isEmpty();

        assertThat(login("joe", "secret")).isInstanceOf(AuthResult.Success.class);
        assertThat(clock.takeSleeps()).isNotEmpty();
    }

    @Test
    void trustedNetworksDoNotWait() {
        ChainAuthenticator trusting =
                door(AuthSettings.DEFAULT.withTrusted(List.of(Cidr.parse("198.51.100.0/24"))), null);
        for (int i = 0; i < 5; i++) {
            trusting.authenticate(request("joe", "joe", "wrong" + i, HOME));
        }
        assertThat(clock.takeSleeps()).hasSize(5);
    }

    @Test
    void withoutDelaysNothingWaits() {
        ChainAuthenticator quick = door(AuthSettings.DEFAULT.withDelays(Duration.ZERO, Duration.ZERO), null);
        for (int i = 0; i < 5; i++) {
            quick.authenticate(request("joe", "joe", "wrong" + i, HOME));
        }
        assertThat(clock.takeSleeps()).isEmpty();
    }

    @Test
    void peersWithoutAddressHaveNoPenalty() {
        SocketAddress unix = UnixDomainSocketAddress.of("/run/x");
        for (int i = 0; i < 3; i++) {
            login("joe", "wrong" + i, unix);
        }
        assertThat(clock.takeSleeps()).hasSize(3);
    }

    @Test
    void aReloadKeepsThePenalties() {
        login("joe", "wrong1");
        login("joe", "wrong2");
        clock.takeSleeps();
        ChainAuthenticator reloaded =
                door.reloaded(new Chains(List.of(new PassStep(people)), List.of()), AuthSettings.DEFAULT, passwords);

        reloaded.authenticate(request("joe", "joe", "secret", HOME));

        assertThat(clock.takeSleeps()).containsExactly(Duration.ofSeconds(4));
    }

    /// The workers are closed after the first login: what still opens was not computed again.
    @Test
    void aRightPasswordIsComputedOnceInAWhileAndAWrongOneEachTime() {
        assertThat(login("ann", "tea")).isInstanceOf(AuthResult.Success.class);
        passwords.close();

        assertThat(login("ann", "tea")).isInstanceOf(AuthResult.Success.class);
        assertThatThrownBy(() -> login("ann", "coffee")).isInstanceOf(RejectedExecutionException.class);

        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> login("ann", "tea")).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aChangedPasswordIsNotOpenedByTheMemoryOfTheOldOne() {
        assertThat(login("ann", "tea")).isInstanceOf(AuthResult.Success.class);
        people.stored("ann", passwords.hash(bytes("coffee")), Map.of());

        assertThat(login("ann", "tea")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login("ann", "coffee")).isInstanceOf(AuthResult.Success.class);
    }

    @Test
    void withoutUserdbTheFieldsAreThoseOfThePassdb() {
        assertThat(door(AuthSettings.DEFAULT, null).authenticate(request("joe", "joe", "secret", HOME)))
                .isEqualTo(success("joe", Map.of("home", "/mail/joe")));
    }

    @Test
    void prefetchTakesTheFieldsOfThePassdb() {
        ChainAuthenticator prefetching = door(AuthSettings.DEFAULT, new PrefetchUserDb());

        assertThat(prefetching.authenticate(request("joe", "joe", "secret", HOME)))
                .isEqualTo(success("joe", Map.of("home", "/mail/joe")));
        assertThat(prefetching.lookup("lmtp", "joe")).isEmpty();
    }

    @Test
    void aUserInNoUserdbIsTheOperatorsFault() {
        ChainAuthenticator torn = door(AuthSettings.DEFAULT, new PrefetchUserDb());

        assertThat(torn.authenticate(request("ann", "ann", "tea", HOME))).isInstanceOf(AuthResult.Unavailable.class);
        assertThat(said).anySatisfy(line -> assertThat(line).contains("in no userdb"));
    }

    @Test
    void namesAreSpeltAsAtLoginWithoutAskingADatabase() {
        assertThat(door.spelling("Joe")).contains("joe");
        assertThat(door.spelling("Nobody")).contains("nobody");
        assertThat(door.spelling("Away")).contains("away");
        assertThat(door.spelling("../joe")).isEmpty();
    }

    @Test
    void deliveriesFindWhomAPassdbKnows() {
        assertThat(door.lookup("lmtp", "Joe")).contains(new UserRecord("joe", Map.of("home", "/m/joe")));
        assertThat(door.lookup("lmtp", "shut")).isPresent();
        assertThat(door.lookup("lmtp", "nobody")).isEmpty();
        assertThat(door.lookup("lmtp", "../joe")).isEmpty();
        assertThatThrownBy(() -> door.lookup("lmtp", "away")).isInstanceOfSatisfying(MailException.class, e -> {
            assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE);
            assertThat(e.getMessage()).doesNotContain("db.example.org");
        });
    }

    @Test
    void anInterruptedWaitIsNeitherYesNorNo() {
        login("joe", "wrong");
        Thread.currentThread().interrupt();
        AuthSurroundings sleeping = new AuthSurroundings(clock, Sleeper.THREAD, random, Event.SILENT);
        ChainAuthenticator realSleep = new ChainAuthenticator(
                new Chains(List.of(new PassStep(people)), List.of()), AuthSettings.DEFAULT, passwords, sleeping);

        assertThat(realSleep.authenticate(request("joe", "joe", "wrong", HOME)))
                .isInstanceOf(AuthResult.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tea", "Wr0ng-pass", "secret"})
    void noPasswordIsEverSaid(String password) {
        for (String user : List.of("joe", "ann", "nobody", "away", "broken", "shut")) {
            login(user, password);
        }
        assertThat(said).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(password));
    }

    private ChainAuthenticator door(AuthSettings settings, @Nullable UserDb users) {
        List<UserStep> userSteps = users == null ? List.of() : List.of(new UserStep(users));
        return new ChainAuthenticator(
                new Chains(List.of(new PassStep(people)), userSteps), settings, passwords, around());
    }

    private AuthSurroundings around() {
        return new AuthSurroundings(clock, clock::sleep, random, Event.root(new Said()));
    }

    private AuthResult login(String user, String password) {
        return login(user, password, HOME);
    }

    private AuthResult login(String user, String password, SocketAddress peer) {
        return door.authenticate(request(user, user, password, peer));
    }

    private static AuthRequest request(String authcid, String authzid, String password, SocketAddress peer) {
        return new AuthRequest("imap", authcid, authzid, bytes(password), peer, true, "s1");
    }

    private static AuthResult success(String user, Map<String, String> fields) {
        return new AuthResult.Success(new UserRecord(user, fields));
    }

    private static SocketAddress inet(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 4_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Said implements Event.Sink {
        @Override
        public boolean wants(Event.Level level, String name) {
            return true;
        }

        @Override
        public void accept(
                Event.Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
            said.add(level + " " + name + " " + fields + " " + text);
        }
    }
}
