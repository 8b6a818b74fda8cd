package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.event.Event;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;
import palomar.password.ScramHash;
import palomar.sasl.Channel;
import palomar.sasl.ChannelBinding;
import palomar.sasl.Mechanism;
import palomar.sasl.Mechanisms;
import palomar.testkit.ManualClock;
import palomar.testkit.ScramClient;

/// SCRAM and CRAM-MD5 through the door of a real server.
class ScramLoginTest {
    private static final byte[] SALT_KEY = new byte[32];

    private final ManualClock clock = new ManualClock();
    private final Passwords passwords = new Passwords(
            new PasswordSettings(
                    false,
                    2,
                    2_048,
                    Duration.ofMinutes(1),
                    new HashSettings("ARGON2ID", 64, 1, 1, 4, 1_000, 1_000, 4_096)),
            new SecureRandom());
    private final FakePassDb people = new FakePassDb("people")
            .stored("clear", "secret", Map.of())
            .stored("only256", hashed("SCRAM-SHA-256", "secret"), Map.of())
            .stored("hashed", hashed("ARGON2ID", "secret"), Map.of())
            .stored("shut", "secret", Map.of("nologin", "yes", "reason", "Moved away"))
            .stored("near", "secret", Map.of("allow_nets", "192.0.2.0/24"))
            .stored("open", "", Map.of("nopassword", "yes"))
            .with("away", new PassAnswer.Unavailable("gone", null));

    @AfterEach
    void end() {
        passwords.close();
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void aPasswordInClearServes(ScramHash hash) throws Exception {
        assertThat(login(hash, "clear", "secret")).isInstanceOf(AuthResult.Success.class);
        assertThat(login(hash, "clear", "wrong")).isInstanceOf(AuthResult.Denied.class);
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void keysBesideAHashServe(ScramHash hash) throws Exception {
        people.stored("both", hashed("ARGON2ID", "secret"), Map.of());
        besideHash("both", "secret", hashed("ARGON2ID", "secret"));

        assertThat(login(hash, "both", "secret"))
                .isEqualTo(new AuthResult.Success(new UserRecord("both", Map.of("home", "/both"))));
        assertThat(login(hash, "both", "wrong")).isInstanceOf(AuthResult.Denied.class);
    }

    @Test
    void keysOfAnOlderPasswordAreWorthNothing() throws Exception {
        String old = hashed("ARGON2ID", "old");
        String fresh = hashed("ARGON2ID", "new");
        Map<String, String> keys = keys("old", old);
        people.stored("changed", fresh, keys);

        assertThat(login(ScramHash.SHA_256, "changed", "old")).isInstanceOf(AuthResult.Denied.class);
        assertThat(StoredSecrets.hashes(bytes(fresh), "PLAIN", keys)).isEmpty();
        assertThat(StoredSecrets.hashes(bytes(old), "PLAIN", keys)).isEqualTo(EnumSet.allOf(ScramHash.class));
    }

    @Test
    void theSchemeOfOneHashServesThatHash() throws Exception {
        assertThat(login(ScramHash.SHA_256, "only256", "secret")).isInstanceOf(AuthResult.Success.class);
        assertThat(login(ScramHash.SHA_1, "only256", "secret")).isInstanceOf(AuthResult.Denied.class);
    }

    @Test
    void whoCanNotEnterByPasswordCanNotBySecretsEither() throws Exception {
        assertThat(login(ScramHash.SHA_256, "hashed", "secret")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login(ScramHash.SHA_256, "nobody", "secret")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login(ScramHash.SHA_256, "no/body", "secret")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login(ScramHash.SHA_256, "open", "secret")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login(ScramHash.SHA_256, "near", "secret")).isInstanceOf(AuthResult.Denied.class);
        assertThat(login(ScramHash.SHA_256, "shut", "secret")).isEqualTo(new AuthResult.Refused("Moved away"));
        assertThat(login(ScramHash.SHA_256, "away", "secret")).isInstanceOf(AuthResult.Unavailable.class);
    }

    @Test
    void aDenyDatabaseCountsForProofsToo() throws Exception {
        FakePassDb banned = new FakePassDb("banned").stored("clear", "x", Map.of());
        PassStep deny = new PassStep(banned, ResultRules.DEFAULT, PassStep.Skip.NEVER, true, Map.of());

        assertThat(login(door(deny, new PassStep(people)), ScramHash.SHA_1, "clear", "secret"))
                .isInstanceOf(AuthResult.Denied.class);
    }

    @Test
    void wrongProofsAreHeldBackAndPunishedLikeWrongPasswords() throws Exception {
        ChainAuthenticator door = door(new PassStep(people));
        for (String user : List.of("clear", "only256", "hashed", "nobody")) {
            login(door, ScramHash.SHA_256, user, "wrong");
        }
        List<Duration> sleeps = clock.takeSleeps();
        // held back 2 s each; before the second and later ones the address waits
        assertThat(sleeps.stream().filter(sleep -> sleep.compareTo(Duration.ofMillis(2_200)) <= 0))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(sleeps).contains(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void saltsOfUsersWithoutKeysAreStable() {
        ClientAddress client = client();
        ChainAuthenticator door = door(new PassStep(people));
        ScramSalt before = door.salt(ScramHash.SHA_256, client, "nobody");

        ScramSalt after = door(new PassStep(people)).salt(ScramHash.SHA_256, client, "NOBODY");

        assertThat(after.salt()).isEqualTo(before.salt()).hasSize(16);
        assertThat(after.iterations()).isEqualTo(4_096);
        assertThat(door.salt(ScramHash.SHA_1, client, "nobody").salt()).isNotEqualTo(before.salt());
        assertThat(door.salt(ScramHash.SHA_256, client, "nobody2").salt()).isNotEqualTo(before.salt());
        assertThat(door.salt(ScramHash.SHA_256, client, "away").salt()).hasSize(16);
    }

    @Test
    void onlyWhatEveryUserCanDoIsAnnounced() {
        FakePassDb able = new FakePassDb("able").canScram(EnumSet.allOf(ScramHash.class));
        FakePassDb half = new FakePassDb("half").canScram(EnumSet.of(ScramHash.SHA_256));
        PassStep deny = new PassStep(people, ResultRules.DEFAULT, PassStep.Skip.NEVER, true, Map.of());

        assertThat(door().scram()).isEmpty();
        assertThat(door(new PassStep(people)).scram()).isEmpty();
        assertThat(door(new PassStep(able), deny).scram()).containsExactlyInAnyOrder(ScramHash.values());
        assertThat(door(new PassStep(able), new PassStep(half)).scram()).containsExactly(ScramHash.SHA_256);
        assertThat(door(new PassStep(able), new PassStep(people)).scram()).isEmpty();
    }

    @Test
    void cramMd5NeedsThePasswordInClear() {
        Mechanisms cram = Mechanisms.of(List.of("CRAM-MD5")).withNonces(() -> "1896.697170952");
        // HMAC-MD5 of <1896.697170952@palomar> under "secret", by openssl
        String digest = "5569f904c36dfbe4394bd78967ee3ab4";
        for (String user : List.of("clear", "hashed")) {
            SaslLogin login = new SaslLogin(cram.begin("CRAM-MD5").orElseThrow(), door(new PassStep(people)), client());
            login.start();
            SaslLogin.Finished end = (SaslLogin.Finished) login.answer(bytes(user + " " + digest));
            assertThat(end.result())
                    .isInstanceOf(user.equals("clear") ? AuthResult.Success.class : AuthResult.Denied.class);
        }
    }

    private void besideHash(String user, String password, String stored) {
        people.stored(user, stored, keys(password, stored));
    }

    private Map<String, String> keys(String password, String stored) {
        Map<String, String> fields = new HashMap<>(Map.of("userdb_home", "/both"));
        for (ScramHash hash : ScramHash.values()) {
            fields.put(
                    StoredSecrets.field(hash),
                    StoredSecrets.value(passwords.newKeys(hash, bytes(password)), bytes(stored)));
        }
        return fields;
    }

    private String hashed(String scheme, String password) {
        return passwords.hash(bytes(password), new HashSettings(scheme, 64, 1, 1, 4, 1_000, 1_000, 4_096));
    }

    private ChainAuthenticator door(PassStep... steps) {
        AuthSurroundings around = new AuthSurroundings(clock, clock::sleep, new SecureRandom(), Event.SILENT, SALT_KEY);
        return new ChainAuthenticator(new Chains(List.of(steps), List.of()), AuthSettings.DEFAULT, passwords, around);
    }

    private AuthResult login(ScramHash hash, String user, String password) throws GeneralSecurityException {
        return login(door(new PassStep(people)), hash, user, password);
    }

    private static AuthResult login(Authenticator door, ScramHash hash, String user, String password)
            throws GeneralSecurityException {
        Channel channel = new Channel(false, EnumSet.of(hash), ChannelBinding.NONE);
        Mechanism mechanism =
                Mechanisms.STANDARD.begin(hash.mechanism(), channel).orElseThrow();
        SaslLogin login = new SaslLogin(mechanism, door, client(), true);
        ScramClient scram = new ScramClient(hash, user, password);
        SaslLogin.Ask ask = (SaslLogin.Ask) login.line(scram.first());
        SaslLogin.Finished end = (SaslLogin.Finished) login.line(scram.last(ask.base64()));
        assertThat(end.authcid()).isEqualTo(user);
        Optional<String> lastWord = end.successData();
        if (end.result() instanceof AuthResult.Success) {
            assertThat(lastWord)
                    .hasValueSatisfying(word -> assertThat(scram.trusts(word)).isTrue());
        } else {
            assertThat(lastWord).isEmpty();
        }
        return end.result();
    }

    private static ClientAddress client() {
        return new ClientAddress("imap", new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), true, "s1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
