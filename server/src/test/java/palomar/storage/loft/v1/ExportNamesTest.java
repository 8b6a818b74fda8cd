package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.mail.MailboxName;

class ExportNamesTest {
    private static final List<String> NASTY = List.of(
            "INBOX",
            "..",
            ".",
            "_..",
            "_.",
            "&AC4-",
            "a/../b",
            "x",
            "x/y",
            "x.sbd",
            "x.sbd/y",
            "x.y",
            "Entwürfe",
            "Entw&APw-rfe",
            "N".repeat(300),
            "N".repeat(301),
            "日".repeat(150),
            ("p".repeat(100) + "/").repeat(6) + "q");

    @Test
    void everyMailboxHasItsOwnNameThatFileSystemsTake() {
        assertThat(NASTY.stream().map(name -> ExportNames.maildirFolder(MailboxName.of(name))))
                .doesNotHaveDuplicates()
                .allSatisfy(folder -> assertThat(folder)
                        .startsWith(".")
                        .matches("[ -~&&[^/]]{2,255}")
                        .isNotEqualTo(".."));
        assertThat(NASTY.stream().map(name -> ExportNames.mboxFile(Path.of("t"), MailboxName.of(name))))
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file.normalize()).isEqualTo(file))
                .allSatisfy(file -> {
                    for (Path level : file) {
                        assertThat(level.toString()).matches("[ -~]{1,255}").doesNotStartWith(".");
                    }
                });
    }

    @Test
    void noMailboxTakesTheFolderOfOthers() {
        assertThat(ExportNames.mboxFile(Path.of("t"), MailboxName.of("x/y"))).isEqualTo(Path.of("t/x.sbd/y"));
        assertThat(ExportNames.mboxFile(Path.of("t"), MailboxName.of("x.sbd"))).isEqualTo(Path.of("t/x&AC4-sbd"));
    }

    @Test
    void usualNamesStayReadable() {
        assertThat(ExportNames.maildirFolder(MailboxName.of("Work/v1.0"))).isEqualTo(".Work.v1&AC4-0");
        assertThat(ExportNames.mboxFile(Path.of("t"), MailboxName.of("Work/v1.0")))
                .isEqualTo(Path.of("t/Work.sbd/v1.0"));
    }
}
