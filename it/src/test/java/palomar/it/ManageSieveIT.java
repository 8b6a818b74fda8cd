package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Clients that look after Sieve scripts, and `palomar sieve` beside them.
@ExtendWith(SharedServer.class)
class ManageSieveIT {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path folder;

    @Test
    void sieveConnectUploadsChecksActivatesAndDeletesUnderTls(Palomar palomar) throws Exception {
        Result.wants("sieve-connect");
        Path good = Files.writeString(folder.resolve("good.sieve"), "require [\"fileinto\"];\nfileinto \"a b\";\n");
        Path bad = Files.writeString(folder.resolve("bad.sieve"), "keep;\nfoo;\n");
        assertThat(sieveConnect(palomar, "--checkscript", "--localsieve", good.toString())
                        .code())
                .isZero();
        Result refused = sieveConnect(palomar, "--checkscript", "--localsieve", bad.toString());
        assertThat(refused.code()).isNotZero();
        assertThat(refused.out() + refused.err()).contains("line 2");
        sieveConnect(palomar, "--upload", "--localsieve", good.toString(), "--remotesieve", "work");
        sieveConnect(palomar, "--activate", "--remotesieve", "work");
        assertThat(sieveConnect(palomar, "--list").out()).contains("\"work\" ACTIVE");
        Path fetched = folder.resolve("fetched.sieve");
        sieveConnect(palomar, "--download", "--remotesieve", "work", "--localsieve", fetched.toString());
        assertThat(fetched).hasSameBinaryContentAs(good);
        Result ours = Palomar.run("sieve", "get", "--data", palomar.data().toString(), "--user", "connect", "work");
        assertThat(ours.bytes()).isEqualTo(Files.readAllBytes(good));
        sieveConnect(palomar, "--deactivate");
        sieveConnect(palomar, "--delete", "--remotesieve", "work");
        assertThat(sieveConnect(palomar, "--list").out()).doesNotContain("work");
    }

    /// A client of Perl's too, with SASL and TLS of its own; its password comes over a descriptor.
    private Result sieveConnect(Palomar palomar, String... action) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "demo\n");
        String words = "exec sieve-connect --server 127.0.0.1 --port " + palomar.managesieve()
                + " --user connect --notlsverify --passwordfd 3 \"$@\" 3<" + password;
        String[] command = new String[action.length + 4];
        command[0] = "sh";
        command[1] = "-c";
        command[2] = words;
        command[3] = "sieve-connect";
        System.arraycopy(action, 0, command, 4, action.length);
        return Result.of(new byte[0], List.of(command));
    }

    @Test
    void netManageSieve(Palomar palomar) throws Exception {
        Result.wantsSuccess("Perl's Net::ManageSieve", "perl", "-MNet::ManageSieve", "-MIO::Socket::SSL", "-e1");
        Result result = Result.client(
                "perl",
                Palomar.HOME.resolve("it/src/test/clients/managesieve.pl").toString(),
                String.valueOf(palomar.managesieve()),
                "netmanagesieve");
        assertThat(result.out().lines())
                .containsExactly(
                        "encrypted 1",
                        "room 1",
                        "no room 0",
                        "refused 1 1",
                        "active not deleted 1",
                        "same 1",
                        "scripts <grün> <work> <work>", // the last one is the active one
                        "left <grün> <>");
    }

    @Test
    void sievelibWithPlainAndLogin(Palomar palomar) throws Exception {
        Result.wantsSuccess("Python's sievelib", "env", PYTHON, "-c", "import sievelib.managesieve");
        for (String mechanism : new String[] {"PLAIN", "LOGIN"}) {
            Result result = Result.client(
                    PYTHON,
                    Palomar.HOME
                            .resolve("it/src/test/clients/sievelib_client.py")
                            .toString(),
                    String.valueOf(palomar.managesieve()),
                    "sievelib-" + mechanism.toLowerCase(Locale.ROOT),
                    mechanism);
            assertThat(result.out().lines())
                    .containsExactly(
                            "implementation Palomar",
                            "extensions True",
                            "bad False",
                            "room True False b'QUOTA/MAXSIZE'",
                            "listed ('renamed', ['other'])",
                            "same True",
                            "missing None b'NONEXISTENT'",
                            "listed (None, ['renamed'])");
        }
    }
}
