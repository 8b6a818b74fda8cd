package palomar.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hashes made by other programs. Column one is the password, column two what they stored.
class SchemeVectorsTest {
    private static final Passwords PASSWORDS = new Passwords(
            new PasswordSettings(true, 2, 128 * 1024, Duration.ofMinutes(1), HashSettings.DEFAULT), new SecureRandom());

    @AfterAll
    static void end() {
        PASSWORDS.close();
    }

    /// Made by Dovecot 2.3.19: `doveadm pw -s SCHEME -p PASSWORD`.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pässword 1|{CRYPT}$2y$05$luMz7Yc/ajbLzoZ6.Ps9z.ZOODOVVDRpOvy1gCsZ1g3.Yr3o2A3R6",
                "pässword 1|{SHA1}wBFJYYjnh5eS5Eft5JORpd7Gkko=",
                "pässword 1|{SSHA}gHe1FcMZUQg4wT/xkBXcwX49T5qfXWox",
                "pässword 1|{SHA256}f7RERuWhObO3oHciFhtpNCnGhD0FNBL7CyE3AkK4vbA=",
                "pässword 1|{SSHA256}o1qtBHcEqoBAjIiPuQeDmtZX1V9Hwu9QWvsqpA9ifLjTpx2Q",
                "pässword 1|{SHA512}CKWQ1bFe+6HuV0fkV78KrhRH5bOjFVbkHBnd8vTWw2lc3YVFx8X2I6wtGQoVpZVuVsftC++RLO5GPIvd7H4Lyg==",
                "pässword 1|{SSHA512}RSd6bo30Dg+b+HhtAoWDl99QaE3TmwwA8VjZUv+4ESTnC4rfeU/SzyU19KwLIBy+XBz3GnyqYRd3dW3RWWa8aHKDIIo=",
                "pässword 1|{SMD5}gqrxa1T6mABd9QFes7kR2rimz2E=",
                "pässword 1|{PLAIN-MD5}ee0a0fa09df7c1e10c13c2792a1c5fba",
                "pässword 1|{LDAP-MD5}7goPoJ33weEME8J5Khxfug==",
                "pässword 1|{MD5-CRYPT}$1$khE1P.oE$oWNpOjlVia86Hh9Edvc9/1",
                "pässword 1|{BLF-CRYPT}$2y$05$EWrPU6BSfYmZQ0fERRum.eTGPbXl.lBPzS4XI4RvkLYFsLzd6s4uy",
                "pässword 1|{SHA256-CRYPT}$5$EniOB19q0IvLpwYY$SHlPADkAU0FvA3wlEJXvDNlfvy.uyluBf01gYMUBBhC",
                "pässword 1|{SHA512-CRYPT}$6$mgqNyD3zhC32q3YB$ZKhiJt8Wj0OVbxYgwB51GV7RUIlhD76mRk4b2CXGH9a6sQlD2JmWg6ix1HK9S/bWVjPAPWCHhd/VKjzNDCzx5.",
                "pässword 1|{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$Yr+gdar1tl1e+g/m58Tv1g$NFWCbJMBxnrP6U48nXziQPottDdFPIKhZhArBpcYL3s",
                "pässword 1|{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$iQPzzLE75eDYmqPzSckt/g$noHDhPQc4z4MwKaViMpXoH7359geyWVKmTH1zfIL41g",
                "pässword 1|{PBKDF2}$1$9ojbmprrKlgawRVO$5000$4caa09e7e485e898f3c71748fc977296fb00b1c4",
                "pässword 1|{PLAIN}pässword 1",
                "pässword 1|{CLEARTEXT}pässword 1",
                "pässword 1|{CLEAR}pässword 1",
                "pässword 1|{SHA256.HEX}7fb44446e5a139b3b7a07722161b693429c6843d053412fb0b21370242b8bdb0",
                "pässword 1|{SSHA.B64}FoPgv0xe9tgHOz3JCVmVqy6TZ3T5yEov",
                "pässword 1|{DES-CRYPT}TRjPIRCyLJ15E",
                "secret|{SHA1}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "secret|{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "secret|{SSHA256}XJx9/oYpdSd4fhgvJwV3tgXBlhPDmuopmAGIzSl5nKG29Wrh",
                "secret|{MD5}$1$YqE3d.hR$Zqfb8Gj8D.Nrf1lOhdnru.",
                "secret|{MD5}Xr4ilOzQ4PCOq3aQ0qbuaQ==",
                "secret|{MD5}5ebe2294ecd0e0f08eab7690d2a6ee69",
                "secret|{LDAP-MD5}Xr4ilOzQ4PCOq3aQ0qbuaQ==",
                "secret|{ARGON2ID.B64}JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTMscD0xJGNUZEZscy9NQjhrSnQyTGZtQkFsK0EkaS9SNE9zM0diOTI2UlBUUjNqRUJuSXB0M1cyNG9BZVpnZXJLNlMrcm9Raw==",
                "secret|{SHA512-CRYPT.HEX}24362478392f7337686b42506d416f66794c6a24374173322e474e727544686b74694967762e734e596b7a725a564d4b386173664445492f7077596f6f7453503241447844315a646b756745656c794e557537577a7032545255676d5930424a474d542e58377a484631",
            })
    void hashesMadeByDovecotMatch(String password, String stored) {
        matchesOnlyThis(password, stored, "CRYPT");
    }

    /// From the libcrypt of Debian 12 (by Python's crypt) and `openssl passwd`; bare, as in a file of scheme
    /// CRYPT.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello world!|$1$abcdefgh$fzmjzFdo5nMtBG8gtud5e0",
                "Hello world!|abMbH7WsHr7wQ",
                "pw|_J9..CCCCaxLHlwiamg2",
                "Hello world!|$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "Hello world!|$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
                "Hello world!|$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "Hello world!|$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
                "a very much longer text to encrypt.  This one even stretches over more|$6$rounds=1400$anotherlongsalt$JFeMhcoa6uEwYsyttEYFJ37xQr14NGbrgP2OUe9eZ3IoPwtQge1/gYwT8WIufbe7slZt..83FCmewb3jx8s6C.",
                "Hello world!|$2y$05$abcdefghijklmnopqrstuu7nFISH/8YdwlXD3lw69A4iBUf6fvWAW",
                "U*U|$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "Hello world!|$y$j9T$abcdefgh$WtA2I5exIyQv5b7uDMgPs3N8zOQY6ZtcplRdKJSUiBC",
            })
    void hashesMadeByLibcryptMatch(String password, String stored) {
        matchesOnlyThis(password, stored, "CRYPT");
    }

    /// From the test suite of the reference implementation of Argon2, version 19 and, without `v=`, version 16.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password|$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password|$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "password|$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
            })
    void hashesOfTheArgon2ReferenceMatch(String password, String stored) {
        matchesOnlyThis(password, stored, "ARGON2ID");
    }

    /// The third vector of RFC 6070 in Dovecot's form.
    @Test
    void thePublishedPbkdf2VectorMatches() {
        matchesOnlyThis("password", "{PBKDF2}$1$salt$4096$4b007901b765489abead49d926f721d065a429c1", "PLAIN");
    }

    @Test
    void bcryptStopsAtSeventyTwoOctetsLikeEveryBcrypt() {
        String stored = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.D7RDOYXakZhsFmh/LdqQNx0kQ424AFS";

        for (boolean library : new boolean[] {true, false}) {
            assertThat(CryptScheme.verify(bytes("x".repeat(72)), stored, library))
                    .isEqualTo(Verdict.MATCH);
            assertThat(CryptScheme.verify(bytes("x".repeat(100)), stored, library))
                    .isEqualTo(Verdict.MATCH);
            assertThat(CryptScheme.verify(bytes("x".repeat(71)), stored, library))
                    .isEqualTo(Verdict.MISMATCH);
        }
    }

    private static void matchesOnlyThis(String password, String stored, String defaultScheme) {
        assertThat(PASSWORDS.verify(bytes(password), bytes(stored), defaultScheme))
                .isEqualTo(Verdict.MATCH);
        assertThat(PASSWORDS.verify(bytes("Q" + password), bytes(stored), defaultScheme))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(PASSWORDS.verify(bytes(""), bytes(stored), defaultScheme)).isEqualTo(Verdict.MISMATCH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
