package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// imapflow, what webmails and bots on Node stand on: TLS, compression, IMAP4rev2, QRESYNC and UTF8=ACCEPT.
@ExtendWith(SharedServer.class)
class ImapflowIT {
    private static final Path INSTALLED = Palomar.HOME.resolve("build/clients/imapflow");

    @TempDir
    private Path folder;

    @Test
    void imapflowAppendsDownloadsIdlesMovesAndDeletes(Palomar palomar) throws Exception {
        Result.wantsSuccess("Node 20 or newer", "node", "-e", "process.exit(+(parseInt(process.versions.node) < 20))");
        Assumptions.assumeTrue(
                Files.isDirectory(INSTALLED.resolve("node_modules/imapflow")),
                "imapflow is not installed (scripts/clients.sh)");
        List<String> mails = TestMails.threeIn(folder);
        Path script = INSTALLED.resolve("session.mjs");
        Files.write(script, Files.readAllBytes(Palomar.HOME.resolve("it/src/test/clients/imapflow/session.mjs")));
        Result result = Result.client(
                "node", script.toString(), String.valueOf(palomar.imaps()), "imapflow", folder.toString());
        assertThat(result.out().lines())
                .containsExactly(
                        "capable COMPRESS=DEFLATE,QRESYNC,OBJECTID,UIDPLUS,MOVE",
                        "enabled CONDSTORE,IMAP4REV2,QRESYNC,UTF8=ACCEPT",
                        "folders Archive/J\u00e4nner=0,Archive=0,INBOX=0",
                        "appended 1",
                        "appended 2",
                        "appended 3",
                        "exists 3 next 4",
                        "found 2,3",
                        "gr\u00fc\u00dfe 1",
                        "message 1 " + mails.get(0).length()
                                + " multipart/mixed \"first gr\u00fc\u00dfe\" bob@example.org ",
                        "message 2 " + mails.get(1).length() + " text/plain \"second\" carol@example.org \\Flagged",
                        "message 3 " + mails.get(2).length() + " text/plain \"Re: second\" bob@example.org ",
                        "threads 2",
                        "part 150000 " + digest(TestMails.attached()),
                        "told 1 \\Seen,todo",
                        "moved 2=1",
                        "left 1",
                        "status {\"path\":\"Archive/J\u00e4nner\",\"messages\":1,\"unseen\":1}",
                        "quota true");
        for (int i = 0; i < mails.size(); i++) {
            assertThat(Stored.latin1(Files.readAllBytes(folder.resolve(i + 1 + ".out"))))
                    .isEqualTo(mails.get(i));
        }
        assertThat(Stored.in(palomar, "imapflow", "INBOX")).containsExactly(Stored.of(mails.get(0), "\\Seen"));
        assertThat(Stored.in(palomar, "imapflow", "Archive/J&AOQ-nner"))
                .containsExactly(Stored.of(mails.get(1), "\\Flagged"));
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
