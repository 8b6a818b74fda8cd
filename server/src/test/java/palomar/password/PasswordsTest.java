package palomar.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final HashSettings QUICK = new HashSettings("ARGON2ID", 64, 1, 1, 4, 1_000, 1_000);

    private final Passwords passwords = passwords(true);

    @AfterEach
    void end() {
        passwords.close();
    }

    static Stream<String> schemes() {
        return Schemes.names().stream();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void whatEachSchemeStoresItVerifies(String scheme) {
        String stored = passwords.hash(bytes("grünes Kraut"), QUICK.withScheme(scheme));
        boolean old = scheme.equals("DES-CRYPT"); // looks at eight octets

        assertThat(stored).startsWith("{" + scheme + "}");
        assertThat(verify("grünes Kraut", stored)).isEqualTo(Verdict.MATCH);
        assertThat(verify("grünes Krau", stored)).isEqualTo(old ? Verdict.MATCH : Verdict.MISMATCH);
        assertThat(verify("Grünes Kraut", stored)).isEqualTo(Verdict.MISMATCH);
        assertThat(verify("", stored)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void newHashesAreArgon2idWithNineteenMebibytes() {
        assertThat(passwords.hash(bytes("x"))).startsWith("{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void theSamePasswordIsNeverStoredTwiceAlike() {
        for (String scheme : List.of("ARGON2ID", "BLF-CRYPT", "SHA512-CRYPT", "PBKDF2", "SSHA", "SMD5")) {
            HashSettings settings = QUICK.withScheme(scheme);
            assertThat(passwords.hash(bytes("x"), settings)).isNotEqualTo(passwords.hash(bytes("x"), settings));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{NOSUCH}x|UNKNOWN_SCHEME",
                "{}x|UNKNOWN_SCHEME",
                "{SHA256.XOR}x|UNKNOWN_SCHEME",
                "{.HEX}x|UNKNOWN_SCHEME",
                "{SHA256}not base64!|MALFORMED",
                "{SHA256}c2hvcnQ=|MALFORMED",
                "{SHA256}|MALFORMED",
                "{SSHA}wBFJYYjnh5eS5Eft5JORpd7Gkko=|MALFORMED", // a digest without salt
                "{SHA256.HEX}7fb4444|MALFORMED",
                "{SHA256.HEX}zz|MALFORMED",
                "{ARGON2ID}|MALFORMED",
                "{ARGON2ID}$argon2d$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=64,t=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc|MALFORMED",
                "{ARGON2ID}$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=64,t=1000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=64,t=-1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=99999999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=4,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=64,t=1,p=1$$|MALFORMED",
                "{ARGON2ID}$argon2id$v=19$m=262144,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q|UNAVAILABLE",
                "{PBKDF2}$1$salt$4096$4b00|MALFORMED",
                "{PBKDF2}$1$salt$999999999$4b007901b765489abead49d926f721d065a429c1|MALFORMED",
                "{PBKDF2}$1$salt$0$4b007901b765489abead49d926f721d065a429c1|MALFORMED",
                "{PBKDF2}$2$salt$4096$4b007901b765489abead49d926f721d065a429c1|MALFORMED",
                "{PBKDF2}pbkdf2|MALFORMED",
                "{SHA512-CRYPT}$6$rounds=999999999$saltstring$x|MALFORMED",
                "{SHA512-CRYPT}$6$rounds=99999999999999999999$saltstring$x|MALFORMED",
                "{BLF-CRYPT}$2y$31$abcdefghijklmnopqrstuu7nFISH/8YdwlXD3lw69A4iBUf6fvWAW|MALFORMED",
            })
    void whatCannotBeComparedIsNoWrongPassword(String stored, Verdict verdict) {
        assertThat(verify("x", stored)).isEqualTo(verdict);
        assertThat(verdict.decided()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "!", "x", "!!", "$", "$9$nosuch$x", "!$6$saltstring$abc", "$2y$", "$2y$05$short"})
    void aLockedOrUnreadableCryptHashIsAMismatch(String stored) {
        assertThat(verify("x", "{CRYPT}" + stored)).isEqualTo(Verdict.MISMATCH);
        assertThat(verify("", "{CRYPT}" + stored)).isEqualTo(Verdict.MISMATCH);
        assertThat(CryptScheme.verify(bytes("x"), stored, false))
                .isIn(Verdict.MISMATCH, stored.startsWith("$2") ? Verdict.MISMATCH : Verdict.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{MD5-CRYPT}$1$khE1P.oE$oWNpOjlVia86Hh9Edvc9/1",
                "{CRYPT}$1$khE1P.oE$oWNpOjlVia86Hh9Edvc9/1",
                "{CRYPT}TRjPIRCyLJ15E",
                "{SHA512-CRYPT}TRjPIRCyLJ15E",
                "{CRYPT}_J9..CCCCaxLHlwiamg2",
                "{SMD5}gqrxa1T6mABd9QFes7kR2rimz2E=",
                "{PLAIN-MD5}ee0a0fa09df7c1e10c13c2792a1c5fba",
                "{LDAP-MD5}7goPoJ33weEME8J5Khxfug==",
                "{MD5}ee0a0fa09df7c1e10c13c2792a1c5fba",
            })
    void weakSchemesAreRefusedUnlessAllowed(String stored) {
        try (Passwords strict = passwords(false)) {
            assertThat(strict.verify(bytes("pässword 1"), bytes(stored), "CRYPT"))
                    .isEqualTo(Verdict.WEAK);
        }
        assertThat(verify("pässword 1", stored).decided()).isTrue();
    }

    @Test
    void hexIsRecognisedByItsLength() {
        assertThat(verify("pässword 1", "{SHA256}7fb44446e5a139b3b7a07722161b693429c6843d053412fb0b21370242b8bdb0"))
                .isEqualTo(Verdict.MATCH);
        assertThat(verify("pässword 1", "{sha1.hex}c011496188e7879792e447ede49391a5dec6924a"))
                .isEqualTo(Verdict.MATCH);
    }

    @Test
    void bareDataBelongsToTheDefaultScheme() {
        assertThat(passwords.verify(bytes("x"), bytes("x"), "plain")).isEqualTo(Verdict.MATCH);
        assertThat(passwords.verify(bytes("{x"), bytes("{x"), "PLAIN")).isEqualTo(Verdict.MATCH);
        assertThatThrownBy(() -> passwords.verify(bytes("x"), bytes("x"), "NOSUCH"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOSUCH")
                .hasMessageContaining("ARGON2ID");
    }

    @Test
    void aPasswordWithNulNeverReachesLibcrypt() {
        assertThat(verify("x\0y", passwords.hash(bytes("x"), QUICK.withScheme("SHA512-CRYPT"))))
                .isEqualTo(Verdict.MISMATCH);
        assertThatThrownBy(() -> passwords.hash(bytes("x\0y"), QUICK.withScheme("BLF-CRYPT")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bcryptOfLibcryptAndOfBouncyCastleAgree() {
        String ours = CryptScheme.bcrypt(bytes("grünes Kraut"), 4, new SecureRandom());
        String theirs = passwords
                .hash(bytes("grünes Kraut"), QUICK.withScheme("BLF-CRYPT"))
                .substring(11);

        for (String hash : List.of(ours, theirs)) {
            for (boolean library : new boolean[] {true, false}) {
                assertThat(CryptScheme.verify(bytes("grünes Kraut"), hash, library))
                        .isEqualTo(Verdict.MATCH);
                assertThat(CryptScheme.verify(bytes("grünes Kohl"), hash, library))
                        .isEqualTo(Verdict.MISMATCH);
            }
        }
        assertThat(CryptScheme.verify(bytes("x"), "$6$saltstring$x", false)).isEqualTo(Verdict.UNAVAILABLE);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aDecoyCostsWhatAHashCostsAndMatchesNothing(String scheme) {
        HashSettings hashes = QUICK.withScheme(scheme);
        try (Passwords decoys = new Passwords(
                new PasswordSettings(true, 1, 2_048, Duration.ofMinutes(1), hashes), new SecureRandom())) {
            byte[] decoy = bytes(decoys.decoy());

            assertThat(decoys.costly(decoy, "PLAIN")).isEqualTo(decoys.costly(bytes(decoys.hash(bytes("x"))), "PLAIN"));
            assertThat(decoys.verify(bytes("x"), decoy, "PLAIN")).isEqualTo(Verdict.MISMATCH);
        }
    }

    @Test
    void onlyCostlySchemesAreCalledCostly() {
        assertThat(passwords.costly(bytes("{SSHA}gHe1FcMZUQg4wT/xkBXcwX49T5qfXWox"), "PLAIN"))
                .isFalse();
        assertThat(passwords.costly(bytes("secret"), "PLAIN")).isFalse();
        assertThat(passwords.costly(bytes("$6$saltstring$x"), "CRYPT")).isTrue();
        assertThat(passwords.costly(bytes(passwords.hash(bytes("x"), QUICK)), "PLAIN"))
                .isTrue();
        assertThat(passwords.costly(bytes("{NOSUCH}"), "PLAIN")).isFalse();
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new HashSettings("ARGON2ID", 4, 1, 1, 4, 1_000, 1_000))
                .hasMessageContaining("argon2_memory");
        assertThatThrownBy(() -> new HashSettings("ARGON2ID", 64, 1, 1, 17, 1_000, 1_000))
                .hasMessageContaining("bcrypt_cost");
        assertThatThrownBy(() -> new HashSettings("ROT13", 64, 1, 1, 4, 1_000, 1_000))
                .hasMessageContaining("ROT13");
    }

    @Test
    void whoWaitsLongerThanAllowedIsBusy() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (HashWorkers workers = new HashWorkers(1, 1024, Duration.ZERO)) {
            Thread first = Thread.ofVirtual()
                    .start(() -> workers.run(10, () -> {
                        started.countDown();
                        return await(release);
                    }));
            started.await();

            assertThat(workers.run(10, () -> "second")).isEmpty();
            assertThat(workers.run(1020, () -> "too much memory")).isEmpty();
            assertThat(workers.fits(1024)).isTrue();
            assertThat(workers.fits(1025)).isFalse();

            release.countDown();
            first.join();
            assertThat(workers.run(1024, () -> "third")).contains("third");
        }
    }

    @Test
    void anInterruptedCallerGivesUpAndStaysInterrupted() {
        try (HashWorkers workers = new HashWorkers(1, 1024, Duration.ofMinutes(1))) {
            Thread.currentThread().interrupt();

            assertThat(workers.run(10, () -> "never")).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Verdict verify(String password, String stored) {
        return passwords.verify(bytes(password), bytes(stored), "PLAIN");
    }

    private static Passwords passwords(boolean weak) {
        return new Passwords(
                new PasswordSettings(weak, 2, 128 * 1024, Duration.ofMinutes(1), HashSettings.DEFAULT),
                new SecureRandom());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
