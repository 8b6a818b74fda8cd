package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.contract.MailboxFixture;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.Seeds;

/// Named values whose log was compacted, read back without any image: none is lost, and none comes back.
class LoftValuesCompactionTest {
    private static final MailboxName BOX = MailboxName.of("a");

    @TempDir
    private Path folder;

    private LoftStorage open() throws IOException {
        LoftSettings settings = LoftSettings.of(folder).withShards(1);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    /// Something done in a segment of its own.
    private interface Part {
        void run(LoftStorage loft, UserMail mail);
    }

    private void part(Part part) throws IOException {
        try (LoftStorage loft = open();
                UserMail mail = loft.open("anna")) {
            part.run(loft, mail);
        }
    }

    private static Map<String, Optional<byte[]>> change(String name, String value) {
        return Map.of(name, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void compact(int number) throws IOException {
        try (LoftStorage loft = open()) {
            Shard shard = loft.shards().getFirst();
            SegmentStore.Segment segment = shard.journal().segments().get(number);
            assertThat(shard.compactor().run(segment)).isTrue();
        }
        Files.delete(folder.resolve("SHARD-00/blob/catalog"));
    }

    @Test
    void removedValuesDoNotComeBackFromOlderSegments() throws IOException {
        part((_, mail) -> {
            var box = mail.create(BOX, Set.of());
            mail.attributes().change(change("x", "1"));
            mail.attributes(box.id()).change(change("y", "1"));
            mail.attributes(box.id()).change(change("z", "1"));
        });
        part((_, mail) -> {
            mail.attributes().change(Map.of("x", Optional.empty()));
            mail.attributes(mail.find(BOX).orElseThrow().id()).change(Map.of("y", Optional.empty()));
        });
        compact(1);
        part((_, mail) -> {
            assertThat(mail.attributes().under("")).isEmpty();
            assertThat(mail.attributes(mail.find(BOX).orElseThrow().id()).under(""))
                    .containsOnlyKeys("z");
        });
    }

    @Test
    void removedAnnotationsDoNotComeBackFromOlderSegmentsAndOthersStay() throws IOException {
        part((loft, mail) -> inBox(mail, box -> {
            for (int i = 0; i < 3; i++) {
                append(loft, box);
            }
            box.annotate(UidSet.of(1, 3), change("annotate/shared/comment", "1"), -1);
        }));
        part((_, mail) -> inBox(mail, box -> {
            box.annotate(UidSet.of(1), Map.of("annotate/shared/comment", Optional.empty()), -1);
            box.annotate(UidSet.of(2), change("annotate/shared/comment", "2"), -1);
        }));
        compact(1);
        compact(0);
        part((loft, mail) -> inBox(mail, box -> {
            assertThat(box.annotated()).isEqualTo(UidSet.of(2, 3));
            assertThat(box.annotations(2).get("annotate/shared/comment"))
                    .hasValueSatisfying(value ->
                            assertThat(value).asString(StandardCharsets.UTF_8).isEqualTo("2"));
            assertThat(mail.quota().usage().annotations()).isEqualTo(2);
            assertThat(new LoftTools(loft).verify(problem -> {})).isZero();
        }));
    }

    @Test
    void annotationsOfExpungedMessagesDoNotComeBack() throws IOException {
        part((loft, mail) -> inBox(mail, box -> {
            append(loft, box);
            append(loft, box);
        }));
        part((_, mail) -> inBox(mail, box -> box.annotate(UidSet.of(1), change("annotate/private/comment", "1"), -1)));
        part((_, mail) -> inBox(mail, box -> {
            box.store(UidSet.of(1), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            box.expunge(UidSet.ALL);
        }));
        compact(2);
        part((_, mail) ->
                inBox(mail, box -> assertThat(box.annotated().isEmpty()).isTrue()));
        compact(0);
        part((_, mail) -> inBox(mail, box -> {
            assertThat(box.annotated().isEmpty()).isTrue();
            assertThat(mail.quota().usage().annotations()).isZero();
        }));
    }

    private interface InBox {
        void run(Mailbox box) throws IOException;
    }

    private static void inBox(UserMail mail, InBox action) {
        try (Mailbox box = mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            action.run(box);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void append(LoftStorage loft, Mailbox box) throws IOException {
        MailboxFixture.append(loft, box, "Subject: x\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void valuesOfADeletedUserDoNotComeBackToANewOneOfThatName() throws IOException {
        for (int number : List.of(1, 2)) {
            part((_, mail) -> mail.attributes().change(change("x", "old")));
            part((loft, _) -> loft.deleteUser("anna"));
            part((_, _) -> {});
            compact(number);
            part((_, mail) -> assertThat(mail.attributes().under("")).isEmpty());
        }
    }

    @Test
    void valuesAreKeptWhenTheOnlySegmentThatNamesThemGoes() throws IOException {
        part((_, mail) -> {
            mail.attributes().change(change("x", "1"));
            mail.attributes(mail.find(MailboxName.INBOX).orElseThrow().id()).change(change("y", "2"));
        });
        part((_, mail) -> mail.subscribe(BOX));
        compact(0);
        part((_, mail) -> {
            assertThat(mail.attributes().under("")).containsOnlyKeys("x");
            assertThat(mail.attributes(
                                    mail.find(MailboxName.INBOX).orElseThrow().id())
                            .under(""))
                    .containsOnlyKeys("y");
        });
    }
}
