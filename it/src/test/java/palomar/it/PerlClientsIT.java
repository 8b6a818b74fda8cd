package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two IMAP libraries that many migration and filing scripts stand on, both compressed.
@ExtendWith(SharedServer.class)
class PerlClientsIT {
    @TempDir
    private Path folder;

    @Test
    void mailImapClientSearchesSortsIdlesMovesAndExpunges(Palomar palomar) throws Exception {
        Result.wantsSuccess("Perl's Mail::IMAPClient", "perl", "-MMail::IMAPClient", "-e1");
        List<String> mails = TestMails.threeIn(folder);
        Result result = perl("imapclient.pl", palomar, "imapclient");
        assertThat(result.out().lines())
                .containsExactly(
                        "compressed 1",
                        "folders Archive INBOX",
                        "appended 1",
                        "appended 2",
                        "appended 3",
                        "uidnext 4",
                        "found 2 3",
                        "sorted 2 3 1",
                        "threads (1) (2 3)",
                        "size 1 " + mails.get(0).length(),
                        "size 2 " + mails.get(1).length(),
                        "size 3 " + mails.get(2).length(),
                        "structure MULTIPART/mixed 1 2",
                        "envelope second",
                        "told seen",
                        "left 2 3",
                        "left 3",
                        "flags $Forwarded todo");
        assertThat(fetched()).isEqualTo(mails);
        assertThat(Stored.in(palomar, "imapclient", "INBOX"))
                .containsExactly(Stored.of(mails.get(2), "$Forwarded", "todo"));
        assertThat(Stored.in(palomar, "imapclient", "Archive")).containsExactly(Stored.of(mails.get(1), "\\Flagged"));
    }

    @Test
    void mailImapTalkSearchesSortsIdlesMovesAndAnnotates(Palomar palomar) throws Exception {
        Result.wantsSuccess("Perl's Mail::IMAPTalk", "perl", "-MMail::IMAPTalk", "-e1");
        List<String> mails = TestMails.threeIn(folder);
        Result result = perl("imaptalk.pl", palomar, "imaptalk");
        assertThat(result.out().lines())
                .containsExactly(
                        "compressed 1",
                        "appended 1",
                        "appended 2",
                        "appended 3",
                        "found 2 3",
                        "sorted 2 3 1",
                        "size 1 " + mails.get(0).length(),
                        "size 2 " + mails.get(1).length(),
                        "size 3 " + mails.get(2).length(),
                        "structure multipart/mixed 1 2",
                        "envelope second \"Carol\" <carol@example.org>",
                        "told seen",
                        "archive messages=0 uidnext=1",
                        "left 3",
                        "comment kept for the auditors");
        assertThat(fetched()).isEqualTo(mails);
        assertThat(Stored.in(palomar, "imaptalk", "INBOX"))
                .containsExactly(Stored.of(mails.get(2), "$Forwarded", "todo"));
        assertThat(Stored.in(palomar, "imaptalk", "Archive")).containsExactly(Stored.of(mails.get(1), "\\Flagged"));
    }

    private Result perl(String script, Palomar palomar, String user) throws Exception {
        return Result.client(
                "perl",
                Palomar.HOME.resolve("it/src/test/clients/" + script).toString(),
                String.valueOf(palomar.imap()),
                user,
                folder.toString());
    }

    private List<String> fetched() throws IOException {
        return List.of(
                Stored.latin1(Files.readAllBytes(folder.resolve("1.out"))),
                Stored.latin1(Files.readAllBytes(folder.resolve("2.out"))),
                Stored.latin1(Files.readAllBytes(folder.resolve("3.out"))));
    }
}
