package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// imapfilter over STARTTLS, which believes only in the demo's certificate.
@ExtendWith(SharedServer.class)
class ImapfilterIT {
    private static final long LONGEST = 60;

    @TempDir
    private Path folder;

    @Test
    void imapfilterIdlesUntilMailComesAndFilesItByContent(Palomar palomar) throws Exception {
        Result.wants("imapfilter");
        List<String> mails = TestMails.threeIn(folder);
        Result.client("mkfifo", folder.resolve("idles").toString());
        CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> deliverOnceItIdles(palomar));
        Result result = Result.client(
                Map.of(
                        "HOME", folder.toString(),
                        "PORT", String.valueOf(palomar.imap()),
                        "ACCOUNT", "imapfilter",
                        "FOLDER", folder.toString()),
                "imapfilter",
                "-t",
                palomar.certificate().toString(),
                "-c",
                Palomar.HOME.resolve("it/src/test/clients/filter.lua").toString());
        delivered.get(LONGEST, TimeUnit.SECONDS);
        assertThat(result.out().lines())
                .containsExactly(
                        "status\t3\t3",
                        "told\ttrue\tEXISTS",
                        "status\t4",
                        "second\t2",
                        "in both\t3",
                        "fetched\t1\tSubject: first =?utf-8?q?gr=C3=BC=C3=9Fe?=",
                        "fetched\t4\tSubject: late",
                        "mailboxes\tArchive Archive/second INBOX");
        assertThat(Stored.latin1(Files.readAllBytes(folder.resolve("1.out")))).isEqualTo(mails.getFirst());
        assertThat(Stored.in(palomar, "imapfilter", "INBOX")).containsExactly(Stored.of(mails.getFirst()));
        assertThat(Stored.in(palomar, "imapfilter", "Archive/second"))
                .containsExactly(
                        Stored.of(mails.get(1), "\\Flagged", "\\Seen", "todo"),
                        Stored.of(mails.get(2), "\\Seen", "todo"));
    }

    /// Waits for the script's word that it goes idle, by a named pipe.
    private void deliverOnceItIdles(Palomar palomar) {
        try (LmtpWire lmtp = LmtpWire.connect(palomar.lmtp())) {
            Files.newByteChannel(folder.resolve("idles"), StandardOpenOption.READ)
                    .close();
            lmtp.deliver(DemoIT.mail("late"), "imapfilter@localhost");
        } catch (Exception e) {
            throw new IllegalStateException("could not deliver", e);
        }
    }
}
